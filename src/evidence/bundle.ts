import { createHash } from "node:crypto";
import type { LedgerRow } from "../db/ledger-check.ts";
import { type Evidence, readData } from "../reminders/operation/gather-evidence.ts";
import { type Item, itemsOf } from "./paths.ts";
import { readme } from "./readme.ts";
import { said } from "./said.ts";
import { type TimelineLine, timelineOf } from "./timeline.ts";
import { timelinePage } from "./timeline-page.ts";
import { VERIFY_SCRIPT } from "./verify-script.ts";
import type { PackedFile } from "./zip.ts";

/** What the file is called that holds the bundle. */
export function bundleName(invoiceNumber: string): string {
  return `evidence-${invoiceNumber.replace(/[\\/:*?"<>|]/g, "-")}.zip`;
}

/** What was packed, known when the last file is. */
export type Packed = { files: number; faults: string[] };

/**
 * The files of the bundle, one after the other; contents are read when their turn comes. What does not hold is told in README.txt
 * and by `onPacked`, and leaves the rest as it is.
 */
export async function* evidenceFiles(
  evidence: Evidence,
  onPacked: (packed: Packed) => void = () => {},
): AsyncGenerator<PackedFile> {
  const items = itemsOf(evidence);
  const lines = timelineOf(evidence, items);
  const faults = [...evidence.faults];
  const manifest: { path: string; bytes: number; sha256: string }[] = [];
  const pack = (path: string, content: string | Uint8Array): PackedFile => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    manifest.push({ path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    return { path, content: bytes };
  };
  for (const item of items) {
    const { content, fault } = await evidence.contentOf(item);
    if (fault) faults.push(fault);
    if (content) yield pack(item.path, content);
  }
  yield pack("README.txt", readme(evidence, faults));
  yield pack("timeline.html", String(await timelinePage(evidence, { items, lines, faults })));
  yield pack("timeline.json", json(timelineJson(evidence, lines)));
  yield pack("record.json", json(recordJson(evidence, items)));
  yield pack("ledger.json", json(ledgerJson(evidence)));
  yield pack("verify.mjs", VERIFY_SCRIPT);
  const files = [...manifest].sort((a, b) => (a.path < b.path ? -1 : 1));
  yield { path: "manifest.json", content: Buffer.from(json({ files })) };
  onPacked({ files: files.length + 1, faults });
}

function timelineJson({ ledger, invoice, zone }: Evidence, lines: TimelineLine[]) {
  const entries = lines.map(({ seq, at, kind, title, who, details, file }, index) => ({
    seq,
    at: new Date(at).toISOString(),
    kind,
    title,
    author: ledger[index]!.author,
    who,
    details: Object.fromEntries(details.map(({ label, text }) => [label, text])),
    data: readData(ledger[index]!.data),
    file,
  }));
  return { invoice_number: invoice.number, time_zone: zone, entries };
}

function recordJson(evidence: Evidence, items: Item[]) {
  const { invoice, customer, world, plans, instalments, deliveries } = evidence;
  const { currency } = invoice;
  const paths = new Map(items.map(({ id, path }) => [id, path]));
  const all = (records: object[]) => records.map((record) => said(record, currency));
  const withFile = (records: { id: string }[]) =>
    records.map((record) => ({ ...said(record, currency), file: paths.get(record.id) ?? null }));
  const { legalName, address, country } = world.creditor ?? { legalName: null, address: null, country: null };
  return {
    creditor: said({ legalName, address, country }, currency),
    customer: said(customer, currency),
    invoice: said(invoice, currency),
    payments: all(evidence.payments),
    holds: all(evidence.holds),
    promises: all(evidence.promises),
    disputes: all(evidence.disputes),
    plans: plans.map((plan) => ({
      ...said(plan, currency),
      instalments: all(instalments.filter(({ planId }) => planId === plan.id)),
    })),
    reminders: withFile(evidence.reminders),
    notices: withFile(evidence.notices),
    deliveries: all(deliveries),
    replies: withFile(evidence.replies),
    documents: withFile(evidence.documents),
  };
}

function ledgerJson({ ledger, invoice }: Evidence) {
  const [first] = ledger;
  return {
    invoice_number: invoice.number,
    invoice_id: invoice.id,
    head: first ? { seq: first.headSeq, hash: first.headHash } : null,
    entries: ledger.map(entryJson),
  };
}

function entryJson({ seq, at, kind, author, data, prevHash, hash }: LedgerRow) {
  return { seq, at, kind, author, data, prev_hash: prevHash, hash };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
