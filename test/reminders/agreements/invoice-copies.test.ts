import PostalMime from "postal-mime";
import { describe, expect, test } from "vitest";
import { writeNotice } from "../../../src/email/write-notice.ts";
import { askForInvoice } from "../../../src/reminders/agreements/ask-for-invoice.ts";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { attachDocument, type NewDocument } from "../../../src/reminders/records/attach-document.ts";
import { invoice } from "../../support/cast.ts";
import { reminded } from "../../support/notices.ts";
import type { Story } from "../../support/story.ts";

const PDF = new TextEncoder().encode("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n");

/** What a debtor gets who asks for these invoices again. */
async function asked(story: Story, ...invoices: string[]) {
  await askForInvoice(story, { invoices, author: "debtor" });
  await sendNotices({ ...story, writer: { ...story.writer, notice: writeNotice } });
  return PostalMime.parse(story.mailer.mails.at(-1)!.raw);
}

function attach(story: Story, given: Partial<NewDocument> = {}) {
  const plain = { invoiceNumber: "A", kind: "invoice" as const, name: "A.pdf", content: PDF, author: "cli" };
  return attachDocument(story, { ...plain, ...given });
}

describe("a debtor who asks for an invoice again", () => {
  test("gets the latest copy on record, byte for byte", async () => {
    const story = await reminded();
    await attach(story, { content: new TextEncoder().encode("%PDF-1.4\nold\n%%EOF\n"), name: "old.pdf" });
    story.clock.advance({ minutes: 1 });
    await attach(story);
    const { attachments, text } = await asked(story, "A");
    expect(attachments).toMatchObject([{ filename: "A.pdf", mimeType: "application/pdf" }]);
    expect(new Uint8Array(attachments[0]!.content as ArrayBuffer)).toEqual(PDF);
    expect(text).toContain("here is invoice A again. The copy is attached.");
  });

  test("gets no other document, and nothing that debtors attached", async () => {
    const story = await reminded();
    await attach(story, { kind: "contract" });
    await attach(story, { content: new TextEncoder().encode("%PDF-1.4\nmine\n%%EOF\n"), author: "debtor" });
    const { attachments, text } = await asked(story, "A");
    expect(attachments).toEqual([]);
    expect(text).toContain("Frieda Finanz will send it.");
  });

  test("gets the link where there is one, and the copies of the others", async () => {
    const story = await reminded();
    await story.invoices(invoice({ number: "B", invoiceUrl: "https://files.acme.example/B.pdf" }));
    await attach(story);
    await attach(story, { invoiceNumber: "B", content: new TextEncoder().encode("%PDF-1.4\nB\n%%EOF\n") });
    const { attachments, text } = await asked(story, "A", "B");
    expect(attachments.map(({ filename }) => filename)).toEqual(["A.pdf"]);
    expect(text).toContain("The copies are attached, or open by their links.");
  });

  test("gets what fits into a mail; the owner is told of what does not", async () => {
    const story = await reminded();
    await story.invoices(invoice({ number: "B" }));
    const large = new Uint8Array(7_000_000);
    large.set(PDF);
    await attach(story);
    await attach(story, { invoiceNumber: "B", content: large });
    const { attachments, text } = await asked(story, "A", "B");
    expect(attachments.map(({ filename }) => filename)).toEqual(["A.pdf"]);
    expect(text).toContain("Frieda Finanz will send the others.");
    const { rows } = await story.db.client.execute("SELECT payload FROM alerts WHERE kind = 'notice_failed'");
    expect(rows.map(({ payload }) => JSON.parse(String(payload)))).toMatchObject([
      { note: "too_large", invoices: [{ number: "B" }] },
    ]);
  });
});
