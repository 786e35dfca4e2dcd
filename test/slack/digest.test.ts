import { expect, test } from "vitest";
import type { Digest, DigestLine } from "../../src/domain/digest.ts";
import { alertMessage } from "../../src/slack/messages.ts";
import { blockFaults } from "../support/slack-stand-in.ts";

const LINE: DigestLine = { on: "2026-03-06", customer: "Fern GmbH", number: "611365", amount: "EUR 500.00" };
const INVOICE = {
  number: "611365",
  customer: "Fern GmbH",
  amount: "EUR 1,200.00",
  dueOn: "2026-03-02",
  daysOverdue: 3,
  stage: "overdue_3",
};

function digest(overrides: Partial<Digest> = {}): Digest {
  return {
    on: "2026-03-05",
    sent: [],
    news: [],
    dueThisWeek: [],
    dueMore: 0,
    promises: [],
    promisesMore: 0,
    waiting: [],
    waitingMore: 0,
    aging: [],
    lastWeek: null,
    ...overrides,
  };
}

function message(said: Digest, locale: "en" | "zh-CN" = "en") {
  const base = { customer: null, invoices: [], more: 0, note: null };
  return alertMessage({ kind: "digest", ...base, details: { digest: said }, locale });
}

function shown(said: Digest, locale?: "zh-CN"): string {
  return message(said, locale)
    .blocks.map((block) => (block.text as { text: string }).text)
    .join("\n");
}

const BUSY = digest({
  sent: [INVOICE],
  news: [{ kind: "payment_received", customer: "Nordwind AG", invoices: [INVOICE] }],
  dueThisWeek: [LINE],
  promises: [LINE],
  waiting: [
    { kind: "call_task", customer: "Nordwind AG", numbers: ["A-1"], daysOverdue: 10, since: "2026-03-04" },
  ],
  aging: [
    {
      currency: "EUR",
      buckets: { not_due: 600_000, "1_30": 200_000, "31_60": 0, "61_90": 0, over_90: 100 },
      totalMinor: 800_100,
    },
  ],
  lastWeek: { on: "2026-02-26", totals: { EUR: 900_100 } },
});

test("says each part under a heading with how many there are, and ages as bars", () => {
  expect(shown(BUSY)).toBe(`*Your customers today · 5 Mar 2026*
*Waits for you (1)*
• Please call Nordwind AG: 10 days overdue · A-1 · since 4 Mar 2026
*Promised for today (1)*
• Fern GmbH · 611365 · EUR 500.00
*Due in the next seven days (1)*
• 6 Mar 2026 · Fern GmbH · 611365 · EUR 500.00
*Reminded (1)*
• Fern GmbH · 611365 · EUR 1,200.00 · 3 days overdue · first reminder
*News (1)*
• Nordwind AG has paid · 611365
*What your customers owe*
EUR 8,001.00 · ▼ EUR 1,000.00 less than on 26 Feb 2026
\`██████░░\` not due yet: EUR 6,000.00
\`██░░░░░░\` 1–30 days overdue: EUR 2,000.00
\`█░░░░░░░\` over 90 days overdue: EUR 1.00`);
});

test("says the same in Chinese, and without bars or stars where blocks are not shown", () => {
  expect(shown(BUSY, "zh-CN")).toContain("EUR 8,001.00 · ▼ 较2026年2月26日减少 EUR 1,000.00");
  for (const locale of ["en", "zh-CN"] as const) {
    const { text, blocks } = message(BUSY, locale);
    expect(text).not.toMatch(/[█░*]|undefined|null/);
    expect(text).toContain("EUR 2,000.00");
    expect(blockFaults(blocks)).toEqual([]);
  }
});

test("is two screens long at most, whatever there is to say, and counts what it leaves out", () => {
  const many = <T>(one: T) => Array<T>(15).fill(one);
  const said = shown({
    ...BUSY,
    sent: Array(500).fill(INVOICE),
    news: many(BUSY.news[0]!),
    dueThisWeek: many(LINE),
    dueMore: 10,
    promises: many(LINE),
    waiting: many(BUSY.waiting[0]!),
    waitingMore: 3,
    aging: ["AUD", "CNY", "EUR", "GBP", "JPY", "SEK", "USD", "ZAR"].map((currency) => ({
      ...BUSY.aging[0]!,
      currency,
    })),
  });
  expect(said.split("\n").length).toBeLessThanOrEqual(45);
  expect(said).toContain("*Waits for you (18)*");
  expect(said).toContain("and 12 more");
  expect(said).toContain("and 496 more");
});

test("shows no mention or link that a name was made to hold", () => {
  const { text } = message(digest({ promises: [{ ...LINE, customer: "<!channel> & <https://x.test|us>" }] }));
  expect(text).toContain("&lt;!channel&gt; &amp; &lt;https://x.test|us&gt;");
});
