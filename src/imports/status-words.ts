/** What a product's word for an invoice's state means. `paid` and `partial` tell of money where no amount does. */
export type Meaning = "open" | "void" | "written_off" | "paid" | "partial" | "disputed";

// A draft is no claim yet: void until a later file says that it was sent.
const WORDS: Record<Meaning, string[]> = {
  void: [
    "draft",
    "unsent",
    "created",
    "scheduled",
    "submitted",
    "awaiting approval",
    "pending approval",
    "pendingapproval",
    "pending",
    "to approve",
    "void",
    "voided",
    "deleted",
    "cancel",
    "cancelled",
    "canceled",
    "reversed",
    "rejected",
    "declined",
    "archived",
    "entwurf",
    "storniert",
    "暂存",
    "创建",
    "草稿",
    "开立",
    "保存",
    "自由",
    "未提交",
    "已提交",
    "提交",
    "审核中",
    "审批中",
    "未审核",
    "待审核",
    "重新审核",
    "作废",
    "已作废",
    "红冲",
    "已红冲",
  ],
  written_off: [
    "written off",
    "writtenoff",
    "writeoff",
    "write off",
    "uncollectible",
    "bad debt",
    "forgiven",
    "坏账",
    "已核销坏账",
  ],
  disputed: ["disputed", "in dispute"],
  partial: [
    "partial",
    "partially paid",
    "partiallypaid",
    "partly paid",
    "part paid",
    "partpaid",
    "partial payment",
    "部分收款",
    "部分核销",
    "部分结算",
    "部分付款",
  ],
  paid: [
    "paid",
    "autopaid",
    "auto-paid",
    "closed",
    "settled",
    "deposited",
    "in payment",
    "completed",
    "bezahlt",
    "已收款",
    "全部收款",
    "已付款",
    "已结清",
    "结清",
    "完全核销",
    "已核销",
    "已结算",
    "全部核销",
  ],
  open: [
    "open",
    "sent",
    "unpaid",
    "not paid",
    "due",
    "not due",
    "overdue",
    "past due",
    "pastdue",
    "late",
    "outstanding",
    "viewed",
    "approved",
    "authorised",
    "authorized",
    "awaiting payment",
    "posted",
    "invoiced",
    "issued",
    "active",
    "failed",
    "retry",
    "emailed",
    "printed",
    "offen",
    "überfällig",
    "已审核",
    "已审批",
    "审批通过",
    "审核完成",
    "已复核",
    "已生效",
    "生效",
    "未结算",
    "未作废",
    "否",
    "审核",
    "审核通过",
    "已核准",
    "未收款",
    "未核销",
    "未付款",
    "未关闭",
    "正常",
    "逾期",
    "已逾期",
  ],
};

/** The meaning that counts when several columns speak: the earlier one. */
const STRENGTH: Meaning[] = ["void", "written_off", "disputed", "partial", "paid", "open"];

const MEANINGS = new Map<string, Meaning>();
for (const [meaning, words] of Object.entries(WORDS)) {
  for (const word of words) MEANINGS.set(word, meaning as Meaning);
}

/** The meaning of a state, also of one with more behind it, like "Overdue 5 days"; undefined for unknown words. */
export function meaningOf(text: string): Meaning | undefined {
  const words = text
    .toLowerCase()
    .replace(/[_\s]+/g, " ")
    .trim();
  const whole = MEANINGS.get(words);
  if (whole) return whole;
  const parts = words.split(/[\s,;:(]+/);
  for (let count = parts.length - 1; count > 0; count--) {
    const start = MEANINGS.get(parts.slice(0, count).join(" "));
    if (start) return start;
  }
  return undefined;
}

/** Of several meanings the one that says most. */
export function strongest(meanings: Meaning[]): Meaning | undefined {
  return STRENGTH.find((meaning) => meanings.includes(meaning));
}
