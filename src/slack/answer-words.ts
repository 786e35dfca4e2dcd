import type { SettledAs } from "../domain/alert.ts";
import type { CustomerAction } from "../domain/customer-actions.ts";
import type { Pressed } from "../domain/permissions.ts";
import type { ErrorCode } from "../errors.ts";
import { escaped } from "./plain-text.ts";
import { day, type Locale } from "./words.ts";

export type AnswerWords = {
  buttons: Record<Pressed, string>;
  /** What was done, as the end of "… by Rita on 2 Mar 2026". */
  done: Record<SettledAs | CustomerAction, string>;
  settled: (what: string, by: string | null, on: string) => string;
  /** Said to whoever comes second. */
  before: (what: string, by: string | null, on: string) => string;
  /** What a customer owes by now. */
  account: (sums: { amount: string; daysOverdue: number }[]) => string;
  forbidden: string;
  forFinance: string;
  /** The use case's own sentence is in English. */
  refused: (because: string, code: ErrorCode) => string;
  tooSlow: string;
  submit: string;
  cancel: string;
  /** Asked once more before what cannot be taken back. */
  sure: Partial<Record<Pressed, string>> & { title: string };
  /** Of a letter to come. */
  asIfNow: string;
  fields: {
    until: string;
    reason: string;
    paidOn: string;
    reference: string;
    amount: string;
    answer: string;
    outcome: string;
    person: string;
    said: string;
    promisedOn: string;
    promisedAmount: string;
    wrong: string;
    askAgainAfter: string;
    howKnown: string;
    instalments: string;
    email: string;
    name: string;
    invoice: string;
  };
  outcomes: Record<"accepted" | "rejected" | "settled" | "withdrawn", string>;
  pausedFromSlack: string;
  elsewhere: { api: string; cli: string; debtor: string; clock: string };
};

const en: AnswerWords = {
  buttons: {
    all_fine: "All fine there",
    received: "They have it",
    reported_paid: "They say paid…",
    in_approval: "In their approval",
    not_received: "Not received: resend",
    disputed: "Disputed…",
    our_error: "Our error…",
    send: "Send as planned",
    talk_first: "I talk first, 2 days",
    instalments: "Offer instalments",
    finance: "Finance takes over",
    correct_contact: "Name an address…",
    preview_letter: "Read the letter",
    postpone_letter: "Later…",
    object_to_letter: "I object…",
    it_left: "It left…",
    it_stayed: "It did not leave…",
    change_plan: "Other instalments…",
    allocate_money: "It is for…",
    credit_rest: "Credit the rest",
    ask_for_rest: "Ask for it",
    payments_complete: "Payments are complete",
    pause_week: "Pause 7 days",
    pause_until: "Pause until…",
    report_paid: "It is paid…",
    confirm_money: "Money is here…",
    approve_letter: "Not paid: send it",
    decline_letter: "Keep it back…",
    accept_promise: "Accept the date",
    decline_promise: "Decline…",
    agree_plan: "Agree",
    decline_plan: "Decline…",
    close_dispute: "Answer it…",
    confirm_contact: "Write there",
    decline_contact: "Leave it",
    accept_proposal: "Do as proposed",
    handle_reply: "I have answered",
    release_backlog: "Release them",
    log_call: "Log a call…",
    copy_text: "Text to copy",
    bring_evidence: "Evidence",
    take_over: "Take over…",
    hand_back: "Hand back",
  },
  done: {
    all_fine: "All fine, reminders go on",
    received: "They have it, reminders go on",
    reported_paid: "Reported as paid, finance looks for the money",
    in_approval: "In their approval, paused for 7 days",
    not_received: "The invoice is sent again",
    disputed: "Query recorded, that share waits",
    our_error: "Our error, paused; finance is told",
    send: "The letter goes as planned",
    talk_first: "Kept back for 2 days to talk",
    instalments: "Instalments offered by mail",
    finance: "Finance takes over",
    correct_contact: "Address put in, reminders go on",
    postpone_letter: "Postponed",
    object_to_letter: "Objection passed on to finance",
    it_left: "It left",
    it_stayed: "It did not leave",
    change_plan: "Other instalments agreed",
    allocate_money: "Matched to its invoice",
    credit_rest: "The rest is credited",
    ask_for_rest: "The rest is asked for",
    payments_complete: "Payments are complete, reminders go on",
    pause_week: "Paused for 7 days",
    pause_until: "Paused",
    report_paid: "Reported as paid, finance looks for the money",
    confirm_money: "Payment recorded",
    approve_letter: "Approved",
    decline_letter: "Kept back",
    accept_promise: "Date accepted",
    decline_promise: "Date declined",
    agree_plan: "Instalments agreed",
    decline_plan: "Instalments declined",
    close_dispute: "Query answered",
    confirm_contact: "Contact confirmed",
    decline_contact: "Contact left out",
    accept_proposal: "Done as proposed",
    handle_reply: "Answered",
    release_backlog: "Released",
    log_call: "Call logged",
    copy_text: "Text copied",
    take_over: "Taken over: nothing is sent by itself",
    hand_back: "Handed back: reminders go on",
    paid: "Nothing is left to pay",
    withdrawn: "Withdrawn",
    closed: "No answer is needed any more",
  },
  settled: (what, by, on) => `✓ ${what}${by ? ` by ${by}` : ""} on ${day(on, "en")}`,
  before: (what, by, on) => `That is settled: ${what}${by ? ` by ${by}` : ""} on ${day(on, "en")}.`,
  account: (sums) =>
    sums.length === 0
      ? "Now: nothing is open."
      : `Now open: ${sums.map(({ amount, daysOverdue }) => (daysOverdue > 0 ? `${amount}, up to ${daysOverdue} days overdue` : amount)).join(" · ")}`,
  forbidden: "That is for the account owner, the deputy or finance to answer.",
  forFinance: "That is for finance to answer.",
  refused: (because) => `That was not done: ${because}`,
  tooSlow: "Slack closed the form before it opened. Please press again.",
  submit: "Do it",
  cancel: "Cancel",
  sure: {
    title: "Are you sure?",
    approve_letter: "The formal notice goes to the customer and cannot be taken back. Is none of it paid?",
    release_backlog: "These reminders leave from now on, the oldest first.",
  },
  asIfNow: "As it would leave now. Sums and dates are those of the day on which it leaves.",
  fields: {
    until: "Last day of the pause",
    reason: "Why",
    paidOn: "Paid on",
    reference: "Reference of the payment",
    amount: "Amount",
    answer: "What the customer reads",
    outcome: "What came of it",
    person: "Who you spoke to",
    said: "What was said",
    promisedOn: "Promised for",
    promisedAmount: "Amount promised (empty: all that is due by then)",
    wrong: "What is wrong",
    askAgainAfter: "Keep it back through",
    howKnown: "How you know",
    instalments: "One a line: currency, amount, date",
    email: "E-mail address",
    name: "Name",
    invoice: "Number of the invoice",
  },
  outcomes: {
    accepted: "They are right: a credit note",
    rejected: "They are not right",
    settled: "Solved otherwise",
    withdrawn: "They take it back",
  },
  pausedFromSlack: "paused in Slack",
  elsewhere: {
    api: "through the API",
    cli: "on the command line",
    debtor: "the customer",
    clock: "the clock",
  },
};

const REFUSED_ZH: Record<ErrorCode, string> = {
  invalid: "所填内容不符合要求，请检查后重试",
  not_found: "未找到相应记录，可能已有变动",
  conflict: "与现有记录或公司规定不符",
  unauthorized: "没有相应权限",
  unavailable: "系统暂时无法处理，请稍后再试",
  internal: "系统内部错误",
};

const zhCN: AnswerWords = {
  buttons: {
    all_fine: "一切正常",
    received: "对方已收到",
    reported_paid: "对方称已付款…",
    in_approval: "对方审批中",
    not_received: "未收到，重发发票",
    disputed: "有异议…",
    our_error: "我司有误…",
    send: "按计划发函",
    talk_first: "我先沟通（2 天）",
    instalments: "提议分期",
    finance: "交财务跟进",
    correct_contact: "补充联系人…",
    preview_letter: "查看函件",
    postpone_letter: "延后…",
    object_to_letter: "有不同意见…",
    it_left: "已发出…",
    it_stayed: "未发出…",
    change_plan: "调整分期…",
    allocate_money: "对应发票…",
    credit_rest: "冲销尾差",
    ask_for_rest: "仍需催收",
    payments_complete: "收款数据已完整",
    pause_week: "暂停 7 天",
    pause_until: "暂停至…",
    report_paid: "已付款…",
    confirm_money: "款项已到账…",
    approve_letter: "未付款，批准发函",
    decline_letter: "暂不发函…",
    accept_promise: "同意该日期",
    decline_promise: "不同意…",
    agree_plan: "同意分期",
    decline_plan: "不同意…",
    close_dispute: "答复异议…",
    confirm_contact: "确认联系人",
    decline_contact: "不采用",
    accept_proposal: "按建议处理",
    handle_reply: "已答复对方",
    release_backlog: "全部放行",
    log_call: "登记通话…",
    copy_text: "复制文本",
    bring_evidence: "证据材料",
    take_over: "由我跟进…",
    hand_back: "恢复自动提醒",
  },
  done: {
    all_fine: "一切正常，提醒照常进行",
    received: "对方已收到发票，提醒照常进行",
    reported_paid: "已报告付款，财务核实中",
    in_approval: "对方审批中，已暂停 7 天",
    not_received: "已重发发票",
    disputed: "已登记异议，相关款项暂停提醒",
    our_error: "我司有误，已暂停提醒并告知财务",
    send: "按计划发函",
    talk_first: "暂缓 2 天，先行沟通",
    instalments: "已向对方提议分期",
    finance: "已转由财务跟进",
    correct_contact: "已补充联系人，提醒继续",
    postpone_letter: "已延后",
    object_to_letter: "意见已转达财务",
    it_left: "已确认发出",
    it_stayed: "已确认未发出",
    change_plan: "已同意调整后的分期",
    allocate_money: "已对应发票",
    credit_rest: "尾差已冲销",
    ask_for_rest: "尾差将继续催收",
    payments_complete: "收款数据已完整，提醒继续",
    pause_week: "已暂停 7 天",
    pause_until: "已暂停",
    report_paid: "已报告付款，财务核实中",
    confirm_money: "已登记收款",
    approve_letter: "已批准发函",
    decline_letter: "暂不发函",
    accept_promise: "已同意付款日期",
    decline_promise: "未同意付款日期",
    agree_plan: "已同意分期",
    decline_plan: "未同意分期",
    close_dispute: "已答复异议",
    confirm_contact: "已确认联系人",
    decline_contact: "未采用该联系人",
    accept_proposal: "已按建议处理",
    handle_reply: "已答复",
    release_backlog: "已放行",
    log_call: "已登记通话",
    copy_text: "已复制文本",
    take_over: "已转为专人跟进，系统不再自动发送",
    hand_back: "已恢复自动提醒",
    paid: "款项已结清",
    withdrawn: "已撤回",
    closed: "无需再答复",
  },
  settled: (what, by, on) => `✓ ${what}（${by ? `${by}，` : ""}${day(on, "zh-CN")}）`,
  before: (what, by, on) => `此事已处理：${what}（${by ? `${by}，` : ""}${day(on, "zh-CN")}）。`,
  account: (sums) =>
    sums.length === 0
      ? "目前无未付账款。"
      : `目前未付：${sums.map(({ amount, daysOverdue }) => (daysOverdue > 0 ? `${amount}，最长逾期 ${daysOverdue} 天` : amount)).join("；")}`,
  forbidden: "此事须由客户负责人、其代理人或财务处理。",
  forFinance: "此事须由财务处理。",
  refused: (because, code) => `未能完成：${REFUSED_ZH[code]}。（系统原文：${because}）`,
  tooSlow: "表单未能及时打开，请再点一次。",
  submit: "确定",
  cancel: "取消",
  sure: {
    title: "请再次确认",
    approve_letter: "付款催告函发出后无法撤回。是否确认款项尚未到账？",
    release_backlog: "这些提醒将按到期先后陆续发出。",
  },
  asIfNow: "如现在发出的内容；金额与日期以实际发出日为准。",
  fields: {
    until: "暂停至（含当日）",
    reason: "原因",
    paidOn: "付款日期",
    reference: "付款参考号",
    amount: "金额",
    answer: "给客户的答复",
    outcome: "处理结果",
    person: "通话对象",
    said: "沟通内容",
    promisedOn: "约定付款日期",
    promisedAmount: "约定付款金额（留空即届时到期的全部款项）",
    wrong: "具体问题",
    askAgainAfter: "暂缓至（含当日）",
    howKnown: "依据",
    instalments: "每行一期：币种 金额 日期",
    email: "邮箱",
    name: "姓名",
    invoice: "发票号",
  },
  outcomes: {
    accepted: "异议成立，开具贷项通知",
    rejected: "异议不成立",
    settled: "已另行解决",
    withdrawn: "客户撤回",
  },
  pausedFromSlack: "在 Slack 中暂停",
  elsewhere: { api: "通过 API", cli: "通过命令行", debtor: "客户", clock: "系统" },
};

export const ANSWER_WORDS: Record<Locale, AnswerWords> = { en, "zh-CN": zhCN };

/** An author of the ledger as Slack shows one: a person by a mention, else by name and where that was. */
export function authorName(author: string | null, { elsewhere }: AnswerWords): string | null {
  if (author === null) return null;
  const [where = "", ...rest] = author.split(":");
  const name = rest.join(":");
  if (where === "slack" && /^[UW][A-Z0-9]+$/.test(name)) return `<@${name}>`;
  const place = elsewhere[where as keyof AnswerWords["elsewhere"]];
  return [escaped(name, LONGEST_NAME), place].filter(Boolean).join(", ") || null;
}

const LONGEST_NAME = 80;
