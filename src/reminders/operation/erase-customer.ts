import type { Transaction } from "@libsql/client";
import {
  chainsQuery,
  contentsQuery,
  type Erasable,
  type ErasableEntry,
  erasableQuery,
  eraseEntriesStatement,
  erasePersonalStatements,
  readErasable,
  readErasableEntries,
} from "../../db/erasure.ts";
import { hashOf } from "../../db/ledger-check.ts";
import { overwriteFreed, truncateLog } from "../../db/open.ts";
import { touchCustomers } from "../../db/touch.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, writeRecording } from "../recording.ts";
import { sealedHashes } from "./gather-evidence.ts";
import { findBreak } from "./verify-ledger.ts";

const INVOICES_A_PAGE = 100;
const DAY_MS = 24 * 3600 * 1000;

type Told = {
  customerRef: string;
  /** On whose wish, or by which rule: kept, so without anything personal. */
  because: string;
  author: string;
  /** Before `RETENTION_DAYS` are over. */
  isForced?: boolean;
};

/**
 * Erases what is personal of a customer: names, addresses, what was written, messages and documents. What happened, when, and over how
 * much stays; in the ledger each entry keeps its hash, and a new one says what was erased, by whom and why, with the hash of what is
 * left. Repeating one that was killed completes it. Returns in how many ledgers something was erased, and when that
 * had been done already. Throws `not_found` for an unknown customer, `invalid` without a reason, `conflict` while something is open,
 * before `RETENTION_DAYS` are over, and where a ledger is broken, which this would hide.
 */
export async function eraseCustomer(
  services: Services,
  told: Told,
): Promise<{ invoices: number; erasedBefore: Instant | null }> {
  const because = told.because.trim();
  if (because === "") throw new AppError("invalid", "erasing needs a reason");
  const { db, clock, log } = services;
  const at = clock();
  const { id, erasedAt } = await requireErasable(services, told);
  let invoices = 0;
  for (let after: string | null = ""; after !== null; ) {
    const page = { customerId: id, after, limit: INVOICES_A_PAGE };
    const done: PageDone = await db.write((tx) => eraseLedgers(tx, page, { ...told, because, at }));
    invoices += done.invoices;
    after = done.last;
  }
  await db.write(async (tx) => {
    refuseOpen(told.customerRef, readErasable(await tx.execute(erasableQuery(told.customerRef)))?.open);
    await overwriteFreed(tx);
    await tx.batch([...touchCustomers([id], at), ...erasePersonalStatements(id, at)]);
  });
  await truncateLog(db);
  log("info", "personal_data_erased", { customer: id, author: told.author });
  return { invoices, erasedBefore: erasedAt };
}

async function requireErasable({ db, clock, settings }: Services, told: Told): Promise<Erasable> {
  const { customerRef, isForced = false } = told;
  const found = readErasable(await db.client.execute(erasableQuery(customerRef)));
  if (!found) throw new AppError("not_found", `there is no customer ${customerRef}`);
  refuseOpen(customerRef, found.open);
  const keptUntil = found.lastAt + (settings.RETENTION_DAYS ?? 0) * DAY_MS;
  if (keptUntil > clock() && !isForced) {
    const day = formatCivilDay(civilDayAt(keptUntil, "UTC"));
    throw new AppError(
      "conflict",
      `customer ${customerRef} is kept until ${day} (RETENTION_DAYS), unless forced`,
    );
  }
  return found;
}

function refuseOpen(customerRef: string, open: string[] = []): void {
  if (open.length === 0) return;
  throw new AppError("conflict", `customer ${customerRef} has ${open.join(", ")}: nothing is erased before`);
}

type PageDone = { invoices: number; last: string | null };

async function eraseLedgers(
  tx: Transaction,
  page: { customerId: string; after: string; limit: number },
  { because, author, at }: { because: string; author: string; at: number },
): Promise<PageDone> {
  const rows = readErasableEntries(await tx.execute(chainsQuery(page)));
  const recording = startRecording({ at, author });
  const erased: ErasableEntry[] = [];
  const { rows: found } = await tx.execute(contentsQuery([...sealedHashes(rows).keys()]));
  const there = new Set(found.map(({ id }) => id));
  const chains = Map.groupBy(rows, ({ invoiceId }) => invoiceId);
  for (const [invoiceId, chain] of chains) {
    refuseBroken(chain);
    const personal = chain.filter(({ data, leftOfData }) => data !== leftOfData);
    const contents = [...sealedHashes(chain).keys()].filter((content) => there.has(content));
    if (personal.length + contents.length === 0) continue;
    const entries = personal.map((row) => ({
      seq: row.seq,
      sha256: hashOf({ ...row, data: row.leftOfData }),
    }));
    enter(recording, invoiceId, "personal_data_erased", { because, entries, contents });
    erased.push(...personal);
  }
  if (recording.changes.ledger.length > 0) {
    await overwriteFreed(tx);
    await tx.batch([eraseEntriesStatement(erased)]);
    const heads = new Map([...chains].map(([id, chain]) => [id, chain.at(-1)!]));
    await writeRecording(tx, recording, heads);
  }
  return {
    invoices: recording.changes.ledger.length,
    last: chains.size < page.limit ? null : rows.at(-1)!.invoiceId,
  };
}

function refuseBroken(chain: ErasableEntry[]): void {
  const { number } = chain[0]!;
  const broken = findBreak(number!, chain);
  if (!broken) return;
  throw new AppError(
    "conflict",
    `the ledger of invoice ${number} is broken at entry ${broken.seq}, which erasing would hide: look into that first`,
  );
}
