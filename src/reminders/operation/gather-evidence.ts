import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { findDocument } from "../../db/documents.ts";
import { findKeptMail, readEvidence } from "../../db/evidence.ts";
import type { EvidenceRecord } from "../../db/evidence-record.ts";
import { findListedInvoice } from "../../db/invoice-list.ts";
import type { LedgerRow } from "../../db/ledger-check.ts";
import { readErasure } from "../../domain/ledger.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { rulesOf } from "../sending/rules-for.ts";
import { findBreak } from "./verify-ledger.ts";

/** What is on record for one invoice, and how to get at the contents that it names. */
export type Evidence = EvidenceRecord & {
  /** The zone of the customer's days. */
  zone: string;
  /** What does not hold, in sentences; empty where the record is sound. */
  faults: string[];
  /** By the id of a reminder, notice, reply or document, the SHA-256 that the ledger has of its content. */
  sealed: Map<string, string>;
  /** The content of a message or a document, and what is wrong with it; null where nothing of it is left. */
  contentOf(item: {
    id: string;
    sha256: string;
  }): Promise<{ content: Uint8Array | null; fault: string | null }>;
};

/**
 * Everything on record for an invoice, with the check of its ledger. A broken chain is told among the faults and hides nothing.
 * Throws `not_found` for an unknown invoice.
 */
export async function gatherEvidence(
  { db }: Pick<Services, "db">,
  { invoiceNumber }: { invoiceNumber: string },
): Promise<Evidence> {
  const invoice = await findListedInvoice(db, invoiceNumber);
  if (!invoice) throw new AppError("not_found", `there is no invoice ${invoiceNumber}`);
  const record = await readEvidence(db, invoice);
  const { zone } = rulesOf(record.world, record.customer);
  const sealed = sealedHashes(record.ledger);
  return {
    ...record,
    zone,
    sealed,
    faults: [...chainFaults(record), ...lostItems(record, sealed)],
    async contentOf({ id, sha256 }) {
      const content = await readContent(db, id);
      const expected = sealed.get(id) ?? sha256;
      if (content === null) return { content, fault: `the content of ${id} is gone` };
      const isSame = createHash("sha256").update(content).digest("hex") === expected;
      return { content, fault: isSame ? null : `the content of ${id} is not what was recorded of it` };
    },
  };
}

function chainFaults({ ledger, invoice }: EvidenceRecord): string[] {
  const broken = findBreak(invoice.number, ledger);
  return broken ? [`the ledger's chain is broken at entry ${broken.seq}: ${broken.detail}`] : [];
}

function lostItems(
  { reminders, notices, replies, documents }: EvidenceRecord,
  sealed: Map<string, string>,
): string[] {
  const kept = new Set(
    [...reminders, ...notices, ...replies, ...documents].filter((item) => item.sha256).map(({ id }) => id),
  );
  return [...sealed.keys()]
    .filter((id) => !kept.has(id))
    .map((id) => `the ledger tells of ${id}, which is gone`);
}

/** A reminder that was put off and left later has the hash of the message that left; what was erased since has none. */
export function sealedHashes(ledger: LedgerRow[]): Map<string, string> {
  const sealed = new Map<string, string>();
  for (const { kind, data } of ledger) {
    for (const id of readErasure({ kind, data })?.contents ?? []) sealed.delete(id);
    const said = readData(data);
    const id = said.reminder ?? said.notice ?? said.document ?? said.reply;
    const hash = said.message_sha256 ?? said.sha256;
    if (id && hash) sealed.set(String(id), String(hash));
  }
  return sealed;
}

/** What a ledger entry says; nothing where somebody made it unreadable. */
export function readData(data: string): Record<string, unknown> {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}

async function readContent(db: Services["db"], id: string): Promise<Uint8Array | null> {
  if (id.startsWith("doc_")) return (await findDocument(db, id))?.content ?? null;
  const kept = await findKeptMail(db, id);
  try {
    return kept ? inflateRawSync(kept) : null;
  } catch {
    return null;
  }
}
