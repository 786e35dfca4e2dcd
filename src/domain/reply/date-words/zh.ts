import type { DateWords } from "./date-rule.ts";

const THIS_MONTH = "(?:本月|这个月|這個月|当月|這月|这月|这个月内)";
const NEXT_MONTH = "(?:下个月|下個月|下月|次月)";
const NEXT_WEEK = "(?:下个?星期|下個星期|下周|下週|下个?礼拜|下個禮拜)";
const THIS_WEEK = "(?:本周|本週|这周|這週|这个?星期|這個星期|本星期|这个?礼拜)";
const WEEK = "(?:周|週|星期|礼拜|禮拜)";
// 一 to 三十一.
const NUMERALS = Object.fromEntries(
  Array.from({ length: 31 }, (_, index) => [numeral(index + 1), index + 1] as const),
);

export const ZH: DateWords = {
  months: ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
  weekdays: ["一|1", "二|2", "三|3", "四|4", "五|5", "六|6", "日|天|末日|7"],
  counts: { ...NUMERALS, 两: 2, 兩: 2, 几: 5, 半: 1 },
  isSpaced: false,
  phrases: [
    ["{year}[-/.年] ?{monthNumber}[-/.月] ?{day}(?:日|号|號)?", { date: "numbers" }],
    ["{monthNumber}月 ?{day} ?(?:日|号|號)?", { date: "numbers" }],
    ["(?:{monthWord}月){day}(?:日|号|號)?", { date: "words" }],
    ["(?<a>\\d{1,2})[/](?<b>\\d{1,2})", { numeric: "month first" }],
    ["大后天|大後天", { day: 3 }],
    ["后天|後天", { day: 2 }],
    ["明天|明日|明早|明晚", { day: 1 }],
    ["今天|今日|今早|今晚|当天|当日", { day: 0 }],
    ["前天", { day: -2 }],
    ["昨天|昨日", { day: -1 }],
    [
      `上个?${WEEK}{weekday}?|上個?${WEEK}|上个?月(?:底|末|初)?|上個月|之前|早前|前几天|前段时间|日前`,
      { day: -7 },
    ],
    ["{count} ?个?工作日(?:之?内|以内|后|左右)?", { in: "workdays" }],
    ["{count} ?[天日](?:之?内|以内|后|之后|左右)", { in: "days" }],
    [`{count} ?个?${WEEK}(?:之?内|以内|后|之后|左右)`, { in: "weeks" }],
    ["{count} ?个月(?:之?内|以内|后|之后)", { in: "months" }],
    ["第 ?{count} ?周", { week: "number" }],
    [`${NEXT_MONTH} ?{day} ?(?:日|号|號)`, { dayOf: 1 }],
    [`${THIS_MONTH} ?{day} ?(?:日|号|號)`, { dayOf: 0 }],
    [`${NEXT_MONTH}初|${NEXT_MONTH}上旬`, { part: "start", ahead: 1 }],
    [`${NEXT_MONTH}中旬?`, { part: "middle", ahead: 1 }],
    [`${NEXT_MONTH}(?:底|末|下旬|内)?`, { end: "month", ahead: 1 }],
    [`${THIS_MONTH}中旬?|月中`, { part: "middle", ahead: 0 }],
    [
      `${THIS_MONTH}(?:底|末|下旬|内|之内)?|(?<![\\d一二三四五六七八九十])月底|(?<![\\d一二三四五六七八九十])月末`,
      { end: "month", ahead: 0 },
    ],
    ["{monthNumber}月份?(?:底|末|下旬)", { part: "end" }],
    ["{monthNumber}月份?中旬?", { part: "middle" }],
    ["{monthNumber}月份?(?:初|上旬)", { part: "start" }],
    ["年底|年末|年前|今年内|本年底", { end: "year", ahead: 0 }],
    [`${NEXT_WEEK}(?:末)`, { end: "weekend", ahead: 1 }],
    [`下{count}?下${WEEK}`, { end: "week", ahead: 2 }],
    [`${NEXT_WEEK}{weekday}`, { weekday: "next" }],
    [`${NEXT_WEEK}`, { end: "week", ahead: 1 }],
    [`(?:${THIS_WEEK}末|周末|週末)(?:之?前)`, { end: "week", ahead: 0 }],
    [`${THIS_WEEK}末|周末|週末`, { end: "weekend", ahead: 0 }],
    [`${THIS_WEEK}{weekday}`, { weekday: "this" }],
    [`${THIS_WEEK}(?:内|之内)?`, { end: "week", ahead: 0 }],
    [`${WEEK}{weekday}`, { weekday: "coming" }],
    [`${THIS_MONTH}?最后(?:一)?个?${WEEK}{weekday}`, { last: "weekday" }],
    [`${NEXT_MONTH}{count}(?:号|號)`, { dayOf: 1 }],
    [`(?:${THIS_MONTH})?{count}(?:号|號)(?![内後后以])`, { dayOf: "coming" }],
    ["{day} ?(?:号|號|日)(?![内後后以])", { dayOf: "coming" }],
  ],
};

function numeral(number: number): string {
  const digits = "零一二三四五六七八九";
  const tens = Math.floor(number / 10);
  const ones = number % 10 === 0 ? "" : digits[number % 10]!;
  return tens === 0 ? ones : `${tens === 1 ? "" : digits[tens]}十${ones}`;
}
