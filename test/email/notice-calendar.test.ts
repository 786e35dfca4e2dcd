import { expect, test } from "vitest";
import type { NoticeKind } from "../../src/domain/notice.ts";
import { noticeCalendar } from "../../src/email/notice-calendar.ts";
import { sampleNotices } from "../../src/email/sample-notices.ts";
import { EVERY_NOTICE } from "./every-notice.ts";

const AT = Date.parse("2027-01-18T10:00:00Z");

function calendarOf(kind: NoticeKind, name: string, locale = "en") {
  const { notice } = sampleNotices(kind, locale).find((sample) => sample.name === name)!;
  const file = noticeCalendar(notice, AT)!;
  const text = Buffer.from(file.content).toString("utf8");
  return { ...file, text, lines: text.replace(/\r\n /g, "").split("\r\n") };
}

test("a promised day is a whole day in the calendar, named by whom and what it pays", () => {
  const { name, mediaType, lines } = calendarOf("promise_confirmed", "single");
  expect(name).toBe("payment-date.ics");
  expect(mediaType).toBe("text/calendar; charset=utf-8; method=PUBLISH");
  expect(lines).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Dunwell//Dunwell//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    "UID:prm_sample@acme.example",
    "SEQUENCE:0",
    "DTSTAMP:20270118T100000Z",
    "DTSTART;VALUE=DATE:20270127",
    "DTEND;VALUE=DATE:20270128",
    "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE",
    "SUMMARY:Payment to Acme GmbH: €1\\,248.00",
    "TRANSP:TRANSPARENT",
    "DESCRIPTION:Invoice INV-1041. Jana Vogt\\, Acme GmbH\\, +49 30 5550 1180",
    'ORGANIZER;CN="Acme GmbH":mailto:ar@acme.example',
    "STATUS:CONFIRMED",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

test("a changed day moves the same entry, a withdrawn one takes it away", () => {
  const changed = calendarOf("promise_changed", "single");
  expect(changed.lines).toContain("UID:prm_sample@acme.example");
  expect(changed.lines).toContain("SEQUENCE:1");
  const withdrawn = calendarOf("promise_withdrawn", "single");
  expect(withdrawn.mediaType).toMatch(/method=CANCEL$/);
  expect(withdrawn.lines).toEqual(
    expect.arrayContaining(["METHOD:CANCEL", "UID:prm_sample@acme.example", "STATUS:CANCELLED"]),
  );
});

test("a plan is an entry for each instalment; its end takes away those that are open", () => {
  const days = (lines: string[]) =>
    lines.filter((line) => line.startsWith("DTSTART")).map((line) => line.split(":")[1]);
  const uids = (lines: string[]) => lines.filter((line) => line.startsWith("UID"));
  const agreed = calendarOf("plan_agreed", "waived");
  expect(days(agreed.lines)).toEqual(["20270122", "20270222", "20270322"]);
  expect(agreed.lines).toContain("SUMMARY:Payment to Acme GmbH: €348.00");
  expect(new Set(uids(agreed.lines)).size).toBe(3);
  const ended = calendarOf("plan_ended", "defaulted");
  expect(ended.lines).toContain("METHOD:CANCEL");
  expect(uids(ended.lines)).toEqual(uids(agreed.lines));
  const withdrawn = calendarOf("plan_withdrawn", "agreed");
  expect(withdrawn.lines).toContain("METHOD:CANCEL");
  expect(uids(withdrawn.lines)).toEqual(uids(agreed.lines));
});

test("it speaks the debtor's language, in lines of at most 75 bytes", () => {
  const { name, text, lines } = calendarOf("plan_agreed", "waived", "zh-CN");
  expect(name).toBe("付款日期.ics");
  expect(lines).toContain("SUMMARY:向上海晨光科技有限公司付款：¥348.00");
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test("the same notice makes the same file, wherever the machine stands", () => {
  const zone = process.env.TZ;
  const files = ["America/Los_Angeles", "Pacific/Kiritimati"].map((TZ) => {
    process.env.TZ = TZ;
    return calendarOf("promise_confirmed", "single").text;
  });
  process.env.TZ = zone ?? "";
  if (zone === undefined) delete process.env.TZ;
  expect(files[0]).toBe(files[1]);
});

test("it comes with an agreed day that is told with its event, and says so; with nothing else", () => {
  for (const { notice, text, title, locale } of EVERY_NOTICE) {
    const isTold = text.includes(locale === "en" ? "The attached file" : "附件可");
    expect(noticeCalendar(notice, AT) !== null, title).toBe(notice.body.event !== undefined);
    expect(isTold, title).toBe(notice.body.event !== undefined);
  }
});
