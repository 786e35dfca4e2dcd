import { day, type Locale } from "./words.ts";

/** What Home and `/dunwell` say. */
export type WorkplaceWords = {
  open: (open: string, overdue: string | null) => string;
  nothingOpen: string;
  owner: (email: string | null) => string;
  lastContact: (last: { kind: "reminder" | "call"; on: string; what: string; who: string | null }) => string;
  neverContacted: string;
  pausedUntil: (on: string | null, reason: string) => string;
  promised: (amount: string, on: string) => string;
  disputed: (number: string) => string;
  leavesNow: (stage: string) => string;
  leavesOn: (stage: string, on: string) => string;
  waits: (count: number) => string;
  show: string;
  close: string;
  halted: string;
  home: { title: string; waiting: string; customers: string; promises: string; nothing: string };
  oldest: (days: number) => string;
  notDue: string;
  invoices: (count: number) => string;
  stranger: string;
  unknown: (text: string) => string;
  several: (text: string) => string;
  forecast: (days: number) => string;
  forecastDay: (line: { on: string; customers: number; invoices: number }) => string;
  forecastNothing: string;
  notADay: (text: string) => string;
  noText: string;
  evidence: { brought: string; unsound: string; tooLarge: string; failed: (code: string) => string };
  copy: string;
  help: string;
};

const en: WorkplaceWords = {
  open: (open, overdue) => (overdue ? `*${open}* open, ${overdue} of it overdue` : `*${open}* open`),
  nothingOpen: "Nothing is open.",
  owner: (email) => (email ? `Account owner: ${email}` : "Nobody is its account owner."),
  lastContact: ({ kind, on, what, who }) =>
    kind === "call"
      ? `Last contact: call${who ? ` with ${who}` : ""} on ${day(on, "en")}: ${what}`
      : `Last contact: ${what} on ${day(on, "en")}`,
  neverContacted: "Nobody has written or called yet.",
  pausedUntil: (on, reason) =>
    `Paused ${on ? `through ${day(on, "en")}` : "until further notice"}: ${reason}`,
  promised: (amount, on) => `Promised: ${amount} for ${day(on, "en")}`,
  disputed: (number) => `Query about ${number}`,
  leavesNow: (stage) => `${stage} leaves next`,
  leavesOn: (stage, on) => `${stage} on ${day(on, "en")}`,
  waits: (count) =>
    count === 1 ? "1 question waits for an answer" : `${count} questions wait for an answer`,
  show: "Show",
  close: "Close",
  halted: "Nothing leaves now: everything is stopped.",
  home: {
    title: "Your work",
    waiting: "Waits for you",
    customers: "Your customers, the oldest debt first",
    promises: "Promised",
    nothing: "Nothing waits for you.",
  },
  oldest: (days) => `${days} day${days === 1 ? "" : "s"} overdue`,
  notDue: "not due yet",
  invoices: (count) => `${count} invoice${count === 1 ? "" : "s"}`,
  stranger:
    "This is for colleagues who look after customers, and for finance. If you are one, please ask finance to name you as an account owner.",
  unknown: (text) => `No customer or invoice is like “${text}”.`,
  several: (text) => `Which one is “${text}”?`,
  forecast: (days) => `Leaves in the next ${days} days, if nothing changes`,
  forecastDay: ({ on, customers, invoices }) =>
    `${day(on, "en")}: ${customers} customer${customers === 1 ? "" : "s"}, ${invoices} invoice${invoices === 1 ? "" : "s"}`,
  forecastNothing: "Nothing leaves in that time, if nothing changes.",
  notADay: (text) => `“${text}” is no time to pause: write \`7d\` or a date such as \`2026-03-12\`.`,
  noText: "There is no reminder to come that fits a chat.",
  evidence: {
    brought: "Everything on record for the invoice. README.txt says what is in it, and how to check it.",
    unsound: "Everything on record for the invoice. The record does not hold: README.txt says where and why.",
    tooLarge: "The evidence is too large to bring here: `dunwell evidence` and the API pack it.",
    failed: (code) =>
      code === "missing_scope"
        ? "The evidence was not brought: the app needs the scope `files:write`. Please take the new `slack-manifest.json` and install the app again."
        : `The evidence was not brought (${code}). Please press again, or take it from \`dunwell evidence\` or the API.`,
  },
  copy: "Text for a chat",
  help: [
    "`/dunwell acme` how a customer stands: by name, reference or invoice number, typing errors allowed",
    "`/dunwell why INV-7` what happens to an invoice next, and why",
    "`/dunwell forecast` what leaves in the next 30 days (`/dunwell forecast 7`: 7 days)",
    "`/dunwell pause acme 7d` no reminders for 7 days, or through a date",
    "`/dunwell help` this",
  ].join("\n"),
};

const zhCN: WorkplaceWords = {
  open: (open, overdue) => (overdue ? `未付 *${open}*，其中逾期 ${overdue}` : `未付 *${open}*`),
  nothingOpen: "无未付款项。",
  owner: (email) => (email ? `客户负责人：${email}` : "尚无客户负责人。"),
  lastContact: ({ kind, on, what, who }) =>
    kind === "call"
      ? `最近联系：${day(on, "zh-CN")}通话${who ? `（${who}）` : ""}：${what}`
      : `最近联系：${day(on, "zh-CN")}发出${what}`,
  neverContacted: "尚未发函或通话。",
  pausedUntil: (on, reason) => `提醒暂停${on ? `至${day(on, "zh-CN")}（含当日）` : "，未定期限"}：${reason}`,
  promised: (amount, on) => `约定付款：${amount}，${day(on, "zh-CN")}`,
  disputed: (number) => `${number} 有异议待核对`,
  leavesNow: (stage) => `即将发出${stage}`,
  leavesOn: (stage, on) => `${day(on, "zh-CN")}发出${stage}`,
  waits: (count) => `${count} 件事待答复`,
  show: "查看",
  close: "关闭",
  halted: "系统已全部停止，目前不会发出任何邮件。",
  home: {
    title: "我的工作",
    waiting: "待您处理",
    customers: "我的客户（按欠款时间由长到短）",
    promises: "约定付款",
    nothing: "目前没有待您处理的事项。",
  },
  oldest: (days) => `逾期 ${days} 天`,
  notDue: "未到期",
  invoices: (count) => `${count} 张发票`,
  stranger: "此功能仅供负责客户的同事和财务使用。如您负责客户，请联系财务将您登记为客户负责人。",
  unknown: (text) => `没有找到与“${text}”相近的客户或发票。`,
  several: (text) => `“${text}”是指哪一个？`,
  forecast: (days) => `如无变化，未来 ${days} 天将发出`,
  forecastDay: ({ on, customers, invoices }) =>
    `${day(on, "zh-CN")}：${customers} 位客户，${invoices} 张发票`,
  forecastNothing: "如无变化，此期间不会发出提醒。",
  notADay: (text) => `“${text}”不是有效的暂停期限：请填写 \`7d\` 或日期，例如 \`2026-03-12\`。`,
  noText: "没有适合以聊天方式发送的后续提醒。",
  evidence: {
    brought: "该发票的全部记录。内容及核验方法见 README.txt。",
    unsound: "该发票的全部记录。记录核验未通过，位置及原因见 README.txt。",
    tooLarge: "证据材料过大，无法在此提供，请通过 `dunwell evidence` 或 API 打包取得。",
    failed: (code) =>
      code === "missing_scope"
        ? "未能提供证据材料：应用缺少 `files:write` 权限，请按新的 `slack-manifest.json` 更新并重新安装应用。"
        : `未能提供证据材料（${code}）。请再点一次，或通过 \`dunwell evidence\` 或 API 取得。`,
  },
  copy: "聊天文本",
  help: [
    "`/dunwell acme` 查看客户情况：可输入名称、编号或发票号，允许输入误差",
    "`/dunwell why INV-7` 查看发票的下一步及原因",
    "`/dunwell forecast` 查看未来 30 天将发出的提醒（`/dunwell forecast 7`：7 天）",
    "`/dunwell pause acme 7d` 暂停提醒 7 天，或暂停至某日",
    "`/dunwell help` 显示本帮助",
  ].join("\n"),
};

export const WORKPLACE_WORDS: Record<Locale, WorkplaceWords> = { en, "zh-CN": zhCN };
