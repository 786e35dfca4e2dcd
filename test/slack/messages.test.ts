import { describe, expect, test } from "vitest";
import { ALERT_KINDS, type AlertInvoice, type AlertView } from "../../src/domain/alert.ts";
import { alertMessage } from "../../src/slack/messages.ts";
import { blockFaults } from "../support/slack-stand-in.ts";

const INVOICE: AlertInvoice = {
  number: "611365",
  customer: "Fern GmbH",
  amount: "EUR 1,200.00",
  dueOn: "2026-03-02",
  daysOverdue: 12,
  stage: "overdue_3",
};

function view(overrides: Partial<AlertView> = {}): AlertView {
  const customer = { ref: "C-1", name: "Fern GmbH" };
  return {
    kind: "account_check",
    customer,
    invoices: [INVOICE],
    more: 0,
    note: null,
    locale: "en",
    ...overrides,
  };
}

test.each([
  ["en", "1 document came with it: doc_1", "No reminder leaves up to and including 10 Mar 2026."],
  ["zh-CN", "随附 1 份文件：doc_1", "提醒暂停至2026年3月10日（含当日）。"],
] as const)("what came with it and how long it waits is said in %s", (locale, documents, heldUntil) => {
  const details = { documents: ["doc_1"], heldUntil: "2026-03-10" };
  const { text } = alertMessage(view({ kind: "paid_reported", details, locale }));
  expect(text).toContain(documents);
  expect(text).toContain(heldUntil);
});

const everyView = ALERT_KINDS.flatMap((kind) =>
  (["en", "zh-CN"] as const).map((locale) => [kind, locale] as const),
);

test.each(everyView)("%s says everything in a few lines in %s", (kind, locale) => {
  const { text, blocks } = alertMessage(view({ kind, locale }));
  expect(text).toContain("611365 · EUR 1,200.00");
  expect(text.split("\n").length).toBeLessThanOrEqual(3);
  expect(text).not.toMatch(/undefined|null|\$\{/);
  expect(blocks).toHaveLength(1);
  expect(blockFaults(blocks)).toEqual([]);
  if (locale === "zh-CN") expect(text).toMatch(/[\u4e00-\u9fff]/);
});

test("asks the account owner the four questions of an account check", () => {
  expect(alertMessage(view()).text).toBe(
    [
      "Fern GmbH: due, not paid yet",
      "• 611365 · EUR 1,200.00 · 12 days overdue · next: first reminder",
      "Has the invoice arrived? Is it right? Is it approved there? When will it be paid?",
    ].join("\n"),
  );
});

test("folds many reminders and names their customers", () => {
  const invoices = Array.from({ length: 20 }, (_, i) => ({ ...INVOICE, number: `R-${i}` }));
  const { text } = alertMessage(view({ kind: "reminders_sent", customer: null, invoices, more: 4 }));
  expect(text).toContain("Reminded of 24 invoices");
  expect(text).toContain("• Fern GmbH · R-14 ·");
  expect(text).not.toContain("R-15");
  expect(text).toContain("and 9 more");
});

test("says when an invoice falls due that is not yet", () => {
  const invoices = [{ ...INVOICE, daysOverdue: 0 }];
  expect(alertMessage(view({ invoices })).text).toContain(
    "EUR 1,200.00 · due 2 Mar 2026 · next: first reminder",
  );
});

test("says a known reason in words and any other as it is", () => {
  expect(alertMessage(view({ kind: "no_contact", note: "suppressed" })).text).toContain(
    "bounced or was complained",
  );
  expect(alertMessage(view({ kind: "service_problem", note: "SES answers <403>" })).text).toContain(
    "&lt;403&gt;",
  );
});

describe("what a customer is called", () => {
  test("neither mentions, links nor formats", () => {
    const name = "<!channel> & <https://evil.example|Fern>\nGmbH";
    const { text, blocks } = alertMessage(view({ customer: { ref: "C-1", name } }));
    expect(text.split("\n")[0]).toBe(
      "&lt;!channel&gt; &amp; &lt;https://evil.example|Fern&gt; GmbH: due, not paid yet",
    );
    expect(blocks[0]).toMatchObject({ text: { verbatim: true } });
  });

  test("never makes a message that Slack refuses", () => {
    const invoices = Array.from({ length: 60 }, () => ({
      ...INVOICE,
      customer: "&".repeat(5_000),
      number: "<".repeat(5_000),
      amount: "9".repeat(500),
      stage: ">".repeat(900),
    }));
    const { text, blocks } = alertMessage(view({ customer: null, invoices, note: "&".repeat(9_000) }));
    expect(blockFaults(blocks)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(1);
    expect(text.length).toBeLessThan(40_000);
  });
});
