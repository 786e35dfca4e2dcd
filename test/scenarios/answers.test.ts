import { strToU8 } from "fflate";
import { describe, expect, it, test } from "vitest";
import { askForInvoice } from "../../src/reminders/agreements/ask-for-invoice.ts";
import { confirmContact } from "../../src/reminders/agreements/confirm-contact.ts";
import { declineContact } from "../../src/reminders/agreements/decline-contact.ts";
import { proposeContact } from "../../src/reminders/agreements/propose-contact.ts";
import { reportPaid } from "../../src/reminders/agreements/report-paid.ts";
import { tendPromises } from "../../src/reminders/agreements/tend-promises.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { attachDocument } from "../../src/reminders/records/attach-document.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { contactsOf, dump, ledgerOf, openHolds, storedCustomer } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";

// 2 March 2026 is a Monday. A is due on Wednesday 4 March; its first reminder is due on Monday 9 March.
const REPORT = { invoices: ["A"], paidOn: day("2026-03-04"), author: "debtor", by: "debtor" as const };

async function storyOfA(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
  await story.invoices(invoice({ number: "A" }));
  return story;
}

describe("word that an invoice is paid", () => {
  it("holds it for three sending days; no money seen, finance hears of it once and reminders go on", async () => {
    const story = await storyOfA();
    const reported = await reportPaid(story, REPORT);
    expect(reported).toEqual({ heldUntil: day("2026-03-10"), invoices: ["A"] });
    expect(await story.walk("2026-03-12")).toEqual({ "2026-03-11": ["NORDWIND overdue_3 A"] });
    expect((await noticesByDay(story.db))["2026-03-05"]).toEqual(["paid_reported A"]);
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["paid_reported A to fin", "paid_reported A to rita.rep"],
      "2026-03-11": ["payment_awaited A to fin"],
    });
    const ended = (await ledgerOf(story.db, "A")).filter(({ kind }) => kind === "hold_ended");
    expect(ended).toMatchObject([{ author: "clock", data: { because: "nobody answered in time" } }]);
  });

  it("is confirmed by money alone", async () => {
    const story = await storyOfA();
    await reportPaid(story, { ...REPORT, by: "owner", author: "slack:U1" });
    await story.pay(payment({ invoiceNumber: "A", paidOn: day("2026-03-04") }));
    expect(await story.walk("2026-03-12")).toEqual({});
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual([
      "paid_reported A to fin",
      "payment_received A to rita.rep",
    ]);
  });

  it("followed by a part of the money asks for the rest and accuses nobody", async () => {
    const story = await storyOfA();
    await reportPaid(story, REPORT);
    story.clock.advance({ minutes: 1 });
    await story.pay(payment({ invoiceNumber: "A", amountMinor: 60_000, paidOn: day("2026-03-04") }));
    await story.walk("2026-03-12");
    expect(Object.values(await alertsByDay(story.db)).flat()).not.toContain("payment_awaited A to fin");
  });

  it("said again within 30 days holds nothing longer", async () => {
    const story = await storyOfA();
    await reportPaid(story, REPORT);
    await story.walk("2026-03-10");
    expect(await reportPaid(story, REPORT)).toEqual({ heldUntil: day("2026-03-10"), invoices: ["A"] });
    expect(await story.walk("2026-03-11")).toEqual({ "2026-03-11": ["NORDWIND overdue_3 A"] });
    expect(await reportPaid(story, REPORT)).toEqual({ heldUntil: null, invoices: ["A"] });
    story.clock.set("2026-04-06T09:00:00Z");
    expect((await reportPaid(story, REPORT)).heldUntil).not.toBeNull();
  });

  it("tells debtor and finance what is true of each invoice: held through a day, or reminded meanwhile", async () => {
    const story = await storyOfA();
    await story.invoices(invoice({ number: "B" }));
    await reportPaid(story, REPORT);
    await story.walk("2026-03-11");
    const both = await reportPaid(story, { ...REPORT, invoices: ["A", "B"] });
    expect(both.heldUntil).toBeNull();
    const { rows } = await story.db.client.execute(
      `SELECT body->'items'->0->>'number' AS number, body->>'heldUntil' AS held FROM notices WHERE created_at = ${story.clock()}`,
    );
    expect(rows.map(({ number, held }) => [number, held])).toEqual([
      ["A", null],
      ["B", day("2026-03-16")],
    ]);
    const told = await story.db.client.execute(
      "SELECT DISTINCT payload->'details'->>'heldUntil' AS held FROM alerts WHERE kind = 'paid_reported' ORDER BY id",
    );
    expect(told.rows.map(({ held }) => held)).toEqual(["2026-03-10", null, "2026-03-16"]);
  });

  it("said again the same day is recorded and told nobody anew, but for a proof that comes with it", async () => {
    const story = await storyOfA();
    for (let i = 0; i < 4; i += 1) await reportPaid(story, REPORT);
    story.clock.advance({ minutes: 1 });
    const content = strToU8("%PDF-1.4\n%%EOF\n");
    const proof = { invoiceNumber: "A", kind: "proof" as const, name: "Rita.pdf", content, author: "debtor" };
    const { id } = await attachDocument(story, proof);
    for (let i = 0; i < 2; i += 1) await reportPaid(story, REPORT);
    const reports = (await ledgerOf(story.db, "A")).filter(({ kind }) => kind === "paid_reported");
    expect(reports).toHaveLength(6);
    const { rows } = await story.db.client.execute("SELECT count(*) AS told FROM notices");
    expect(rows[0]!.told).toBe(1);
    const alerts = await story.db.client.execute(
      "SELECT payload->'details'->>'documents' AS documents FROM alerts WHERE kind = 'paid_reported' ORDER BY id",
    );
    expect(alerts.rows.map(({ documents }) => documents)).toEqual(["[]", "[]", `["${id}"]`, `["${id}"]`]);
  });

  it("is refused for a day to come, and where nothing is left to pay", async () => {
    const story = await storyOfA();
    const tomorrow = reportPaid(story, { ...REPORT, paidOn: day("2026-03-06") });
    await expect(tomorrow).rejects.toMatchObject({ code: "invalid" });
    await story.pay(payment({ invoiceNumber: "A" }));
    await expect(reportPaid(story, REPORT)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("a hold that is over elsewhere in the world only changes nothing yet", async () => {
  const story = await storyOfA();
  await reportPaid(story, REPORT);
  story.clock.set("2026-03-10T12:00:00Z");
  const before = await dump(story.db);
  await tendPromises(story);
  expect(await dump(story.db)).toBe(before);
});

describe("a copy that is asked for", () => {
  it("is sent once a day, and nothing is held for it", async () => {
    const story = await storyOfA();
    const request = { invoices: ["A"], author: "debtor" };
    expect(await askForInvoice(story, request)).toEqual({ asked: ["A"], again: [] });
    expect(await askForInvoice(story, request)).toEqual({ asked: [], again: ["A"] });
    story.clock.advance({ days: 1 });
    expect(await askForInvoice(story, request)).toEqual({ asked: ["A"], again: [] });
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
    await confirmByMail(story);
    expect(Object.values(await noticesByDay(story.db)).flat()).toHaveLength(2);
  });

  it("is the owner's to send where there is neither link nor document", async () => {
    const story = await storyOfA();
    await story.invoices(invoice({ number: "B", invoiceUrl: "https://acme.example/b.pdf" }));
    await askForInvoice(story, { invoices: ["A"], author: "debtor" });
    await askForInvoice(story, { invoices: ["B"], author: "debtor" });
    const { rows } = await story.db.client.execute("SELECT payload->>'note' AS note FROM alerts ORDER BY id");
    expect(rows.map(({ note }) => note)).toEqual(["invoice_not_on_record", null]);
  });
});

describe("somebody else to write to", () => {
  async function proposed() {
    const story = await storyOfA();
    const customerId = String((await storedCustomer(story.db, "NORDWIND"))!.id);
    const proposal = { customerId, name: "Nina Neu", email: "Nina@Nordwind.example", author: "debtor" };
    return { story, proposal, ...(await proposeContact(story, proposal)) };
  }

  it("gets nothing before the owner confirms, and then does, beside who was on record", async () => {
    const { story, id } = await proposed();
    expect(await contactsOf(story.db, "NORDWIND")).toEqual(["billing bills@nordwind.example Bela Buch"]);
    expect((await alertsByDay(story.db))["2026-03-05"]).toEqual(["contact_proposed to rita.rep"]);
    await confirmContact(story, { id, author: "cli:rita" });
    expect(await contactsOf(story.db, "NORDWIND")).toEqual([
      "billing bills@nordwind.example Bela Buch",
      "billing nina@nordwind.example Nina Neu",
    ]);
    await story.walk("2026-03-09");
    expect(story.mailer.mails.at(-1)!.to).toContain("nina@nordwind.example");
    expect((await ledgerOf(story.db, "A")).map(({ kind }) => kind)).toContain("contact_confirmed");
  });

  it("is left out when the owner declines, and neither word is given twice", async () => {
    const { story, id } = await proposed();
    await declineContact(story, { id, author: "cli:rita" });
    expect(await contactsOf(story.db, "NORDWIND")).toHaveLength(1);
    await expect(confirmContact(story, { id, author: "cli:rita" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("named twice is one, and after three that wait no more are taken", async () => {
    const { story, id, proposal } = await proposed();
    expect(await proposeContact(story, proposal)).toEqual({ id });
    for (const who of ["b", "c"])
      await proposeContact(story, { ...proposal, email: `${who}@nordwind.example` });
    const fourth = proposeContact(story, { ...proposal, email: "d@nordwind.example" });
    await expect(fourth).rejects.toMatchObject({ code: "conflict" });
  });

  it.each([
    ["no name", { name: " " }, "invalid"],
    ["no address", { email: "nina at nordwind" }, "invalid"],
    ["an address on record", { email: "bills@nordwind.example" }, "conflict"],
    ["an unknown customer", { customerId: "cus_none" }, "not_found"],
  ])("is refused with %s", async (_name, wrong, code) => {
    const { story, proposal } = await proposed();
    await expect(proposeContact(story, { ...proposal, ...wrong })).rejects.toMatchObject({ code });
  });
});
