import dayjs from "dayjs";
import type { AlertKind } from "../domain/alert.ts";
import { NOTICE_NAMES } from "./notice-names.ts";

export type Locale = "en" | "zh-CN";

/** An ISO day as the language writes it. */
export function day(iso: string, locale: Locale): string {
  return dayjs(iso).format(locale === "en" ? "D MMM YYYY" : "YYYY年M月D日");
}

export type AlertFacts = { customer: string; count: number; days: number };

type KindWords = { title: (facts: AlertFacts) => string; ask: string | null };

export type Words = {
  kinds: Record<AlertKind, KindWords>;
  stages: Record<string, string>;
  notes: Record<string, string>;
  aCustomer: string;
  overdue: (days: number) => string;
  due: (on: string) => string;
  more: (count: number) => string;
  next: (stage: string) => string;
  heldUntil: (on: string) => string;
  goesOn: string;
  documents: (ids: string[]) => string;
  promised: (money: { came: string; missing: string }) => string;
};

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

const en: Words = {
  kinds: {
    reminders_sent: { title: ({ count }) => `Reminded of ${counted(count, "invoice")}`, ask: null },
    account_check: {
      title: ({ customer }) => `${customer}: due, not paid yet`,
      ask: "Has the invoice arrived? Is it right? Is it approved there? When will it be paid?",
    },
    owner_warning: {
      title: ({ customer }) => `${customer}: a firm letter leaves next`,
      ask: "A call today may spare it. Unanswered, it goes as planned.",
    },
    call_task: {
      title: ({ customer, days }) => `Please call ${customer}: ${counted(days, "day")} overdue`,
      ask: "Ask for a payment date, and log what you hear: what they promise goes to them in writing.",
    },
    finance_takes_over: {
      title: ({ customer, days }) => `${customer}: ${counted(days, "day")} overdue, finance takes over`,
      ask: "From here on finance decides the next step.",
    },
    hand_off: {
      title: ({ customer, days }) => `${customer}: ${counted(days, "day")} overdue, ready to hand off`,
      ask: "Is it time for a lawyer or the credit insurer? Finance decides. The evidence comes as one file: here, with `dunwell evidence`, or from the API.",
    },
    approval_asked: {
      title: ({ customer }) => `${customer}: has this been paid?`,
      ask: "If it is, say so and nothing leaves. If not: the formal notice leaves only once you approve it.",
    },
    objection_asked: {
      title: ({ customer }) => `${customer}: a formal notice waits for finance`,
      ask: "Is there a reason why it had better not leave? Finance reads what you write, and decides.",
    },
    approval_overdue: {
      title: ({ customer }) => `${customer}: nobody has answered whether this was paid`,
      ask: "Finance was asked three working days ago. Nothing leaves without an answer.",
    },
    no_contact: {
      title: ({ customer }) => `${customer}: nobody left to write to`,
      ask: "Please name a contact. Reminders wait until then.",
    },
    stale_ledger: {
      title: () => "Reminders wait for payment data",
      ask: "Import the latest payments, or say that they are complete. Nothing is sent before.",
    },
    backlog: {
      title: () => "Reminders wait for release",
      ask: "They became due more than a week ago. Look through them before you let them go.",
    },
    outcome_unknown: {
      title: ({ customer }) => `${customer}: nobody knows whether a reminder left`,
      ask: "The mail service's answer was lost, and it is not sent again by itself. Did it arrive?",
    },
    notice_failed: {
      title: ({ customer }) => `${customer}: a mail could not be delivered`,
      ask: "Please let them know yourself.",
    },
    notice_unknown: {
      title: ({ customer }) => `${customer}: nobody knows whether a mail left`,
      ask: "The mail service's answer was lost, and it is not sent again by itself. Did it arrive?",
    },
    complaint: {
      title: ({ customer }) => `${customer}: somebody marked our mail as unwanted`,
      ask: "Nothing more goes to that address. Please call before the next letter.",
    },
    approval_objected: {
      title: ({ customer }) => `${customer}: the account owner objects to a formal notice`,
      ask: "Please weigh it before you approve or decline.",
    },
    our_error: {
      title: ({ customer }) => `${customer}: an invoice of ours is wrong`,
      ask: "Please correct it. Its reminders are paused for a few days.",
    },
    taken_over: {
      title: ({ customer }) => `${customer}: handled in person, nothing is sent`,
      ask: null,
    },
    promise_due: {
      title: ({ customer }) => `${customer}: promised money is due on the next working day`,
      ask: null,
    },
    digest: { title: () => "Your customers today", ask: null },
    promise_made: {
      title: ({ customer }) => `${customer} promises to pay`,
      ask: "Reminders of it wait until then. Is the date wrong? Then give them a call today.",
    },
    promise_asked: {
      title: ({ customer }) => `${customer} asks for a date beyond the policy`,
      ask: "Is it all right? Whatever you decide, they read it at once.",
    },
    promise_kept: { title: ({ customer }) => `${customer} has kept the promise to pay`, ask: null },
    promise_broken: {
      title: ({ customer }) => `${customer}: the promised money did not come`,
      ask: "Reminders go on. A call today may save the next one.",
    },
    promise_partly_kept: {
      title: ({ customer }) => `${customer}: the promised money came in part`,
      ask: "Reminders of the rest go on. A call today may save the next one.",
    },
    promise_withdrawn: {
      title: ({ customer }) => `${customer}: a promise to pay was withdrawn`,
      ask: "Reminders go on.",
    },
    dispute_opened: {
      title: ({ customer }) => `${customer} has a query about an invoice`,
      ask: "Please answer within 48 hours. That share is not reminded meanwhile.",
    },
    dispute_waiting: {
      title: ({ customer }) => `${customer} still waits for an answer to a query`,
      ask: "That share is not reminded until somebody answers.",
    },
    dispute_closed: { title: ({ customer }) => `${customer}: a query is settled`, ask: null },
    plan_asked: {
      title: ({ customer }) => `${customer} asks to pay in instalments`,
      ask: "Finance decides. Whatever it is, they read it at once.",
    },
    plan_agreed: {
      title: ({ customer }) => `${customer}: instalments are agreed`,
      ask: "Reminders of these invoices stop while they come.",
    },
    plan_withdrawn: {
      title: ({ customer }) => `${customer}: instalments were withdrawn`,
      ask: "Reminders go on.",
    },
    plan_kept: { title: ({ customer }) => `${customer} has paid all instalments`, ask: null },
    plan_broken: {
      title: ({ customer }) => `${customer}: an instalment did not come`,
      ask: "The plan has ended, and reminders go on. A call today may save it: agree on a new one.",
    },
    paid_reported: {
      title: ({ customer }) => `${customer} says it is paid`,
      ask: "Please find the money.",
    },
    payment_awaited: {
      title: ({ customer }) => `${customer}: reported as paid, no money seen`,
      ask: "Reminders go on from here. Record the payment, or hold the invoice.",
    },
    answer_awaited: {
      title: ({ customer }) => `${customer} has not had our answer`,
      ask: "Nobody answered in time, and reminders go on. Please answer now.",
    },
    reply_received: {
      title: ({ customer }) => `${customer} has answered by mail`,
      ask: "Please answer, and say so here. Reminders of these invoices wait a few days for it.",
    },
    reply_unverified: {
      title: ({ customer }) => `${customer}: a mail whose sender is not proved`,
      ask: "It may be forged, so nothing was changed by it. Please ask by phone, at a number that you know.",
    },
    reply_unmatched: {
      title: () => "A mail that fits no invoice",
      ask: "Whom is it from? Nothing was changed by it.",
    },
    reply_waiting: {
      title: ({ customer }) => `${customer} waits for an answer to a mail`,
      ask: "Nobody has handled it, and reminders go on soon.",
    },
    contact_away: {
      title: ({ customer }) => `${customer}: whom we write to is away`,
      ask: "Reminders go on. Is there somebody else to write to meanwhile?",
    },
    invoice_requested: {
      title: ({ customer }) => `${customer} asks for the invoice again`,
      ask: null,
    },
    contact_proposed: {
      title: ({ customer }) => `${customer} names somebody else to write to`,
      ask: "Nothing goes there before you confirm.",
    },
    sending_limit: {
      title: () => "The mail service takes no more mail today",
      ask: "The daily quota is used up. What is left leaves when there is room again, the oldest first. If it happens often, ask the provider for more.",
    },
    circuit_open: {
      title: () => "The mail service fails: nothing is sent for now",
      ask: "Several mails in a row failed. It is tried again by itself, and nothing is lost. `dunwell doctor` may say what is wrong.",
    },
    circuit_closed: {
      title: () => "The mail service takes mail again",
      ask: "What had to wait leaves from now on.",
    },
    payment_kept: {
      title: () => "A payment that fits nothing on record",
      ask: "Which invoice is it for? What it would settle exactly is listed, if anything. Otherwise it is tried again with the next payment data.",
    },
    payment_received: { title: ({ customer }) => `${customer} has paid`, ask: null },
    payment_reversed: {
      title: ({ customer }) => `${customer}: a payment was taken back`,
      ask: "The invoice is open again, and its reminders go on unless it is held.",
    },
    payment_contested: {
      title: ({ customer }) => `${customer}: a payment is contested at the payer's bank`,
      ask: "Please answer there in time. Nobody is reminded of what is open by it until that is decided.",
    },
    credit_received: {
      title: ({ customer }) => `${customer} paid without saying what for`,
      ask: "It counts against the oldest invoices meanwhile. What it would settle exactly is listed, if anything.",
    },
    overpaid: {
      title: ({ customer }) => `${customer} paid more than an invoice asked for`,
      ask: "What is over is below; it counts against the oldest other invoices meanwhile. Paid twice? Then pay it back, and record that as a refund.",
    },
    residue_left: {
      title: ({ customer }) => `${customer}: a small rest is left of a payment`,
      ask: "Bank charges, probably: the debtor is not asked for it unless you say so.",
    },
    many_alerts: {
      title: ({ count }) => `${count} more things to look at`,
      ask: "They came within an hour, so they are told as one.",
    },
    owner_missing: {
      title: () => "Slack does not know a colleague of ours, or not any more",
      ask: "What this person is to be told comes here meanwhile. Please say who looks after the customers now.",
    },
    service_problem: { title: () => "Dunwell needs attention", ask: null },
  },
  stages: {
    pre_due: "note before the due date",
    overdue_3: "first reminder",
    overdue_30: "firm letter",
    formal_notice: "formal notice",
    ...NOTICE_NAMES.en,
  },
  notes: {
    no_contact: "No usable address on record.",
    suppressed: "Mail to every address bounced or was complained about.",
    refused: "The mail service refused it.",
    bounced: "It bounced.",
    bounced_for_now:
      "The mailbox does not take mail for now. The reminder is tried again tomorrow, twice at most.",
    unwritable: "It could not be written.",
    too_large: "The copy on record is too large for a mail.",
    owner_handles: "The account owner speaks to them.",
    finance_handles: "Finance speaks to them.",
    goods: "Goods or service",
    price: "Price or amount",
    quantity: "Quantity",
    not_received: "Not received",
    not_ordered: "Not ordered",
    other: "Another reason",
    accepted: "They are right",
    rejected: "They are not right",
    settled: "Solved otherwise",
    withdrawn: "They take it back",
    invoice_not_on_record: "There is neither a link nor a document on record: please send it.",
  },
  aCustomer: "A customer",
  overdue: (days) => `${counted(days, "day")} overdue`,
  due: (on) => `due ${dayjs(on).format("D MMM YYYY")}`,
  more: (count) => `and ${count} more`,
  next: (stage) => `next: ${stage}`,
  heldUntil: (on) => `No reminder leaves up to and including ${dayjs(on).format("D MMM YYYY")}.`,
  goesOn: "It was held for this within the last 30 days: its reminders go on meanwhile.",
  documents: (ids) => `${counted(ids.length, "document")} came with it: ${ids.join(", ")}`,
  promised: ({ came, missing }) => `${came} came, ${missing} is missing.`,
};

const zhCN: Words = {
  kinds: {
    reminders_sent: { title: ({ count }) => `已就 ${count} 张发票发送提醒`, ask: null },
    account_check: {
      title: ({ customer }) => `${customer}：账款已到期，尚未到账`,
      ask: "请确认：发票是否收到？内容是否无误？对方是否已审批？预计何时付款？",
    },
    owner_warning: {
      title: ({ customer }) => `${customer}：即将发出催款函`,
      ask: "今天致电或可免于发函；如未答复，将按计划发出。",
    },
    call_task: {
      title: ({ customer, days }) => `请致电 ${customer}：已逾期 ${days} 天`,
      ask: "请确认付款日期并登记沟通结果；对方的付款承诺将书面确认。",
    },
    finance_takes_over: {
      title: ({ customer, days }) => `${customer}：已逾期 ${days} 天，转由财务跟进`,
      ask: "后续步骤由财务决定。",
    },
    hand_off: {
      title: ({ customer, days }) => `${customer}：已逾期 ${days} 天，可移交处理`,
      ask: "是否移交律师或报信用保险，请财务决定。全部证据可在此打包取得，也可通过 `dunwell evidence` 或 API 取得。",
    },
    approval_asked: {
      title: ({ customer }) => `${customer}：这笔款项是否已付？`,
      ask: "如已到账，请登记收款，不再发函；如未到账，付款催告函须经您批准后方可发出。",
    },
    objection_asked: {
      title: ({ customer }) => `${customer}：付款催告函待财务批准`,
      ask: "如有不宜发函的理由，请写明；财务阅后决定。",
    },
    approval_overdue: {
      title: ({ customer }) => `${customer}：付款情况仍待确认`,
      ask: "三个工作日前已请财务确认，至今未答复。未经答复不会发函。",
    },
    no_contact: {
      title: ({ customer }) => `${customer}：已无可用联系人`,
      ask: "请补充联系人，在此之前不再发送提醒。",
    },
    stale_ledger: {
      title: () => "部分发票的提醒等待收款数据",
      ask: "请导入最新收款记录，或确认收款数据已完整；在此之前不会发送提醒。",
    },
    backlog: {
      title: () => "部分提醒等待放行",
      ask: "这些提醒应于一周多以前发出，请核对后放行。",
    },
    outcome_unknown: {
      title: ({ customer }) => `${customer}：无法确认一封提醒是否已发出`,
      ask: "邮件服务未返回结果，系统不会自动重发。请核实对方是否收到。",
    },
    notice_failed: {
      title: ({ customer }) => `${customer}：一封邮件未能送达`,
      ask: "请直接告知对方。",
    },
    notice_unknown: {
      title: ({ customer }) => `${customer}：无法确认一封邮件是否已发出`,
      ask: "邮件服务未返回结果，系统不会自动重发。请核实对方是否收到。",
    },
    complaint: {
      title: ({ customer }) => `${customer}：收件人将我司邮件标记为垃圾邮件`,
      ask: "该邮箱不再接收任何邮件。请在下一封函件发出前致电沟通。",
    },
    approval_objected: {
      title: ({ customer }) => `${customer}：客户负责人对付款催告函有不同意见`,
      ask: "请在批准或拒绝前予以考虑。",
    },
    our_error: {
      title: ({ customer }) => `${customer}：我司发票有误`,
      ask: "请更正发票；该发票的提醒已暂停数日。",
    },
    taken_over: {
      title: ({ customer }) => `${customer}：已由专人跟进，暂停发送`,
      ask: null,
    },
    promise_due: {
      title: ({ customer }) => `${customer}：约定的款项将于下一工作日到期`,
      ask: null,
    },
    digest: { title: () => "今日客户概况", ask: null },
    promise_made: {
      title: ({ customer }) => `${customer} 已确认付款日期`,
      ask: "在此之前不再提醒。如日期有误，请今天致电对方。",
    },
    promise_asked: {
      title: ({ customer }) => `${customer} 申请的付款日期超出政策范围`,
      ask: "是否同意？决定后将立即书面告知对方。",
    },
    promise_kept: { title: ({ customer }) => `${customer} 已按约付款`, ask: null },
    promise_broken: {
      title: ({ customer }) => `${customer}：约定的款项未到账`,
      ask: "提醒将继续。今天致电或可免于下一封函件。",
    },
    promise_partly_kept: {
      title: ({ customer }) => `${customer}：约定的款项仅部分到账`,
      ask: "余款的提醒将继续。今天致电或可免于下一封函件。",
    },
    promise_withdrawn: { title: ({ customer }) => `${customer}：付款约定已撤回`, ask: "提醒将继续。" },
    dispute_opened: {
      title: ({ customer }) => `${customer} 对发票提出异议`,
      ask: "请在 48 小时内答复；该部分款项暂停提醒。",
    },
    dispute_waiting: {
      title: ({ customer }) => `${customer} 的异议仍待答复`,
      ask: "答复之前，该部分款项不再提醒。",
    },
    dispute_closed: { title: ({ customer }) => `${customer}：异议已处理`, ask: null },
    plan_asked: {
      title: ({ customer }) => `${customer} 申请分期付款`,
      ask: "由财务决定；决定后将立即书面告知对方。",
    },
    plan_agreed: {
      title: ({ customer }) => `${customer}：分期付款已约定`,
      ask: "分期款项按时到账期间，不再提醒这些发票。",
    },
    plan_withdrawn: { title: ({ customer }) => `${customer}：分期付款已撤回`, ask: "提醒将继续。" },
    plan_kept: { title: ({ customer }) => `${customer} 已付清全部分期款项`, ask: null },
    plan_broken: {
      title: ({ customer }) => `${customer}：有一期分期款未到账`,
      ask: "分期安排已终止，提醒将继续。今天致电，或可重新约定。",
    },
    paid_reported: {
      title: ({ customer }) => `${customer} 告知已付款`,
      ask: "请查找该笔款项。",
    },
    payment_awaited: {
      title: ({ customer }) => `${customer}：告知已付款，款项仍未到账`,
      ask: "提醒将继续。请登记收款，或暂停该发票的提醒。",
    },
    answer_awaited: {
      title: ({ customer }) => `${customer} 仍未收到我司答复`,
      ask: "未在期限内答复，提醒将继续。请尽快答复。",
    },
    reply_received: {
      title: ({ customer }) => `${customer} 已邮件回复`,
      ask: "请答复对方，并在此登记。相关发票的提醒将暂停数日。",
    },
    reply_unverified: {
      title: ({ customer }) => `${customer}：一封无法核实发件人的邮件`,
      ask: "该邮件可能系伪造，系统未据此作任何变更。请拨打已知的电话向对方核实。",
    },
    reply_unmatched: {
      title: () => "有一封邮件无法对应任何发票",
      ask: "请确认来自哪位客户；系统未据此作任何变更。",
    },
    reply_waiting: {
      title: ({ customer }) => `${customer} 的邮件仍待答复`,
      ask: "目前无人处理，提醒即将继续。",
    },
    contact_away: {
      title: ({ customer }) => `${customer}：联系人暂不在岗`,
      ask: "提醒将继续。此期间可否联系其他人员？",
    },
    invoice_requested: { title: ({ customer }) => `${customer} 请求重新发送发票`, ask: null },
    contact_proposed: {
      title: ({ customer }) => `${customer} 提供了新的联系人`,
      ask: "经您确认后才会向其发信。",
    },
    sending_limit: {
      title: () => "邮件服务今日不再接收邮件",
      ask: "当日发送额度已用完。其余提醒待额度恢复后按到期先后发出；如经常发生，请向服务商申请提高额度。",
    },
    circuit_open: {
      title: () => "邮件服务持续失败，已暂停发送",
      ask: "连续多封邮件发送失败。系统会自动重试，不会遗漏；原因可查看 `dunwell doctor`。",
    },
    circuit_closed: {
      title: () => "邮件服务已恢复",
      ask: "此前等待的提醒将陆续发出。",
    },
    payment_kept: {
      title: () => "有一笔款项无法对应任何记录",
      ask: "请确认对应哪张发票。如有余额恰好相等的发票，列示如上；否则下次收到收款数据时会自动重试。",
    },
    payment_received: { title: ({ customer }) => `${customer} 已付款`, ask: null },
    payment_reversed: {
      title: ({ customer }) => `${customer}：一笔款项已被退回`,
      ask: "该发票恢复为未付；除非已暂停，提醒将继续。",
    },
    payment_contested: {
      title: ({ customer }) => `${customer}：付款方银行对一笔款项提出拒付`,
      ask: "请在期限内向支付平台提交说明。在此事确定之前，不会就由此产生的欠款发送提醒。",
    },
    credit_received: {
      title: ({ customer }) => `${customer} 付款时未注明用途`,
      ask: "该款项暂先冲抵最早到期的发票。如有余额恰好相等的发票，列示如上。",
    },
    overpaid: {
      title: ({ customer }) => `${customer} 付款超出发票应付金额`,
      ask: "多付金额见下，暂先冲抵最早到期的其他发票。如系重复付款，请退款并登记退款记录。",
    },
    residue_left: {
      title: ({ customer }) => `${customer}：付款后尚余小额尾差`,
      ask: "可能为银行手续费；除非您另有决定，不会向对方催收。",
    },
    many_alerts: {
      title: ({ count }) => `另有 ${count} 件事待查看`,
      ask: "一小时内消息较多，合并为一条。",
    },
    owner_missing: {
      title: () => "Slack 中找不到一位同事，或其已离开",
      ask: "发给该同事的消息暂时发到这里，请确认客户现由谁负责。",
    },
    service_problem: { title: () => "Dunwell 需要处理", ask: null },
  },
  stages: {
    pre_due: "付款提醒",
    overdue_3: "逾期付款提醒",
    overdue_30: "催款函",
    formal_notice: "付款催告函",
    ...NOTICE_NAMES["zh-CN"],
  },
  notes: {
    no_contact: "没有可用的邮箱地址。",
    suppressed: "所有邮箱均退信或被投诉。",
    refused: "邮件服务拒绝发送。",
    bounced: "邮件被退回。",
    bounced_for_now: "对方邮箱暂时无法收信。提醒将于次日重发，最多两次。",
    unwritable: "邮件无法生成。",
    too_large: "发票副本文件过大，无法随邮件发送。",
    owner_handles: "由客户负责人跟进。",
    finance_handles: "由财务跟进。",
    goods: "货物或服务",
    price: "价格或金额",
    quantity: "数量",
    not_received: "未收到货物或发票",
    not_ordered: "未订购",
    other: "其他原因",
    accepted: "异议成立",
    rejected: "异议不成立",
    settled: "已另行解决",
    withdrawn: "客户撤回",
    invoice_not_on_record: "系统中没有发票链接或文件，请您发送。",
  },
  aCustomer: "某客户",
  overdue: (days) => `逾期 ${days} 天`,
  due: (on) => `到期日 ${dayjs(on).format("YYYY年M月D日")}`,
  more: (count) => `另有 ${count} 项`,
  next: (stage) => `下一步：${stage}`,
  heldUntil: (on) => `提醒暂停至${dayjs(on).format("YYYY年M月D日")}（含当日）。`,
  goesOn: "近 30 天内已因此暂停过提醒，此次提醒照常进行。",
  documents: (ids) => `随附 ${ids.length} 份文件：${ids.join("、")}`,
  promised: ({ came, missing }) => `已到账 ${came}，尚缺 ${missing}。`,
};

export const WORDS: Record<"en" | "zh-CN", Words> = { en, "zh-CN": zhCN };
