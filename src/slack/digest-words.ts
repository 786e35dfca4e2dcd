import type { AgeBucket } from "../domain/age.ts";
import { day, type Locale } from "./words.ts";

export type DigestWords = {
  waiting: string;
  promises: string;
  due: string;
  sent: string;
  news: string;
  open: string;
  buckets: Record<AgeBucket, string>;
  counted: (heading: string, count: number) => string;
  aged: (bucket: string, amount: string) => string;
  since: (on: string) => string;
  /** Beside a total: what it was in the digest of an earlier day; `apart` is `EUR 400.00`, null for none. */
  against: (was: { on: string; apart: string | null; isMore: boolean }) => string;
};

const en: DigestWords = {
  waiting: "Waits for you",
  promises: "Promised for today",
  due: "Due in the next seven days",
  sent: "Reminded",
  news: "News",
  open: "What your customers owe",
  buckets: {
    not_due: "not due yet",
    "1_30": "1–30 days overdue",
    "31_60": "31–60 days overdue",
    "61_90": "61–90 days overdue",
    over_90: "over 90 days overdue",
  },
  counted: (heading, count) => `${heading} (${count})`,
  aged: (bucket, amount) => `${bucket}: ${amount}`,
  since: (on) => `since ${day(on, "en")}`,
  against: ({ on, apart, isMore }) =>
    apart === null
      ? `as on ${day(on, "en")}`
      : `${isMore ? "▲" : "▼"} ${apart} ${isMore ? "more" : "less"} than on ${day(on, "en")}`,
};

const zhCN: DigestWords = {
  waiting: "待您处理",
  promises: "约定今日付款",
  due: "七日内到期",
  sent: "已发提醒",
  news: "动态",
  open: "客户未付款项",
  buckets: {
    not_due: "未到期",
    "1_30": "逾期 1–30 天",
    "31_60": "逾期 31–60 天",
    "61_90": "逾期 61–90 天",
    over_90: "逾期 90 天以上",
  },
  counted: (heading, count) => `${heading}（${count}）`,
  aged: (bucket, amount) => `${bucket}：${amount}`,
  since: (on) => `自${day(on, "zh-CN")}起`,
  against: ({ on, apart, isMore }) =>
    apart === null
      ? `与${day(on, "zh-CN")}持平`
      : `${isMore ? "▲ 较" : "▼ 较"}${day(on, "zh-CN")}${isMore ? "增加" : "减少"} ${apart}`,
};

export const DIGEST_WORDS: Record<Locale, DigestWords> = { en, "zh-CN": zhCN };
