import { describe, expect, it } from "vitest";
import { createCalendar } from "../../src/domain/calendar.ts";
import { digestDay } from "../../src/domain/digest.ts";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { day } from "../support/cast.ts";

// 2 March 2026 is a Monday; Berlin is an hour ahead of UTC, and two from Sunday 29 March on. Good Friday is 3 April.
const berlin = createCalendar({
  rules: STANDARD_POLICY.calendar,
  zone: "Europe/Berlin",
  country: "DE",
});

describe("the day of a digest", () => {
  const EARLIER = Date.parse("2026-03-02T07:30:00Z");
  it.each([
    ["is none before half past eight", EARLIER, "2026-03-03T07:29:59Z", null, "2026-03-03T07:30:00Z"],
    [
      "is today from half past eight on",
      EARLIER,
      "2026-03-03T07:30:00Z",
      "2026-03-03",
      "2026-03-04T07:30:00Z",
    ],
    [
      "is still today in the afternoon",
      EARLIER,
      "2026-03-03T15:00:00Z",
      "2026-03-03",
      "2026-03-04T07:30:00Z",
    ],
    ["is none on a Saturday", EARLIER, "2026-03-07T09:00:00Z", null, "2026-03-09T07:30:00Z"],
    ["is none on a holiday", EARLIER, "2026-04-03T09:00:00Z", null, "2026-04-07T06:30:00Z"],
    ["comes after a weekend", EARLIER, "2026-03-06T09:00:00Z", "2026-03-06", "2026-03-09T07:30:00Z"],
    ["keeps to the clock on the wall", EARLIER, "2026-03-27T09:00:00Z", "2026-03-27", "2026-03-30T06:30:00Z"],
    ["is none for somebody new", 0, "2026-03-03T09:00:00Z", null, "2026-03-04T07:30:00Z"],
    ["of somebody new comes the same morning", 0, "2026-03-03T06:00:00Z", null, "2026-03-03T07:30:00Z"],
  ])("%s", (_, digestAt, at, on, nextAt) => {
    expect(digestDay({ digestAt, at: Date.parse(at), calendar: berlin })).toEqual({
      on: on === null ? null : day(on),
      nextAt: Date.parse(nextAt),
    });
  });
});
