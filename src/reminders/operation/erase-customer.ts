import type { InStatement } from "@libsql/client";
import { changeStatements } from "../../db/changes.ts";
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
import { type Db, overwriteFreed, truncateLog } from "../../db/open.ts";
import { touchCustomers } from "../../db/touch.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording } from "../recording.ts";
import { sealedHashes } from "./gather-evidence.ts";
import { findBreak } from "./verify-ledger.ts";

const INVOICES_A_PAGE = 500;
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
 * Erases what is personal of a customer, all of it or nothing: names, addresses, what was written, messages and documents. What happened,
 * when, and over how much stays; in the ledger each entry keeps its hash, and a new one says what was erased, by whom and why, with the
 * hash of what is left. Returns in how many ledgers something was erased, how many entries were looked at, and when all had been done
 * already. Throws `not_found` for an unknown customer, `invalid` without a reason, `conflict` while something is open or being recorded,
 * before `RETENTION_DAYS` are over, and where a ledger is broken, which this would hide.
 */
export async function eraseCustomer(
  services: Services,
  told: Told,
): Promise<{ invoices: number; entries: number; erasedBefore: Instant | null }> {
  const because = told.because.trim();
  if (because === "") throw new AppError("invalid", "erasing needs a reason");
  const { db, clock, log } = services;
  const { customerRef, author } = told;
  const at = clock();
  const { id, erasedAt } = await requireErasable(services, told);
  const { invoices, entries, pages } = await planLedgers(db, id, { because, author, at });
  await db.write(async (tx) => {
    const now = readErasable(await tx.execute(erasableQuery(customerRef)));
    refuseOpen(customerRef, now?.open);
    if (now?.entries !== entries) {
      throw new AppError("conflict", `something is being recorded of customer ${customerRef}: repeat it`);
    }
    await overwriteFreed(db, tx);
    const [first = [], ...others] = pages;
    await tx.batch([...touchCustomers([id], at), ...erasePersonalStatements(id, at), ...first]);
    for (const page of others) await tx.batch(page);
  });
  await truncateLog(db);
  log("info", "personal_data_erased", { customer: id, author });
  return { invoices, entries, erasedBefore: erasedAt };
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

type Ledgers = {
  /** In how many something is to be erased. */
  invoices: number;
  entries: number;
  /** What erases it, so much at a time as a remote database takes at once. */
  pages: InStatement[][];
};

/** Read before the transaction, which a remote database gives only seconds: it counts the entries again. */
async function planLedgers(db: Db, customerId: string, erasing: Erasing): Promise<Ledgers> {
  const { rows: found } = await db.client.execute(contentsQuery(customerId));
  const contents = new Set(found.map(({ id }) => String(id)));
  const ledgers: Ledgers = { invoices: 0, entries: 0, pages: [] };
  for (let after: string | null = ""; after !== null; ) {
    const page = chainsQuery({ customerId, after, limit: INVOICES_A_PAGE });
    const entries: ErasableEntry[] = readErasableEntries(await db.client.execute(page));
    const chains = Map.groupBy(entries, ({ invoiceId }) => invoiceId);
    const { invoices, statements } = planPage(chains, contents, erasing);
    if (statements.length > 0) ledgers.pages.push(statements);
    ledgers.invoices += invoices;
    ledgers.entries += entries.length;
    after = chains.size < INVOICES_A_PAGE ? null : entries.at(-1)!.invoiceId;
  }
  return ledgers;
}

type Erasing = { because: string; author: string; at: Instant };

function planPage(
  chains: Map<string, ErasableEntry[]>,
  contents: Set<string>,
  { because, author, at }: Erasing,
): { invoices: number; statements: InStatement[] } {
  const recording = startRecording({ at, author });
  const erased: ErasableEntry[] = [];
  for (const [invoiceId, chain] of chains) {
    refuseBroken(chain);
    const personal = chain.filter(({ data, leftOfData }) => data !== leftOfData);
    const sealed = [...sealedHashes(chain).keys()].filter((id) => contents.has(id));
    if (personal.length + sealed.length === 0) continue;
    const entries = personal.map((row) => ({
      seq: row.seq,
      sha256: hashOf({ ...row, data: row.leftOfData }),
    }));
    enter(recording, invoiceId, "personal_data_erased", { because, entries, contents: sealed });
    erased.push(...personal);
  }
  const { changes } = recording;
  const invoices = changes.ledger.length;
  if (invoices === 0) return { invoices, statements: [] };
  const heads = new Map([...chains].map(([id, chain]) => [id, chain.at(-1)!]));
  return { invoices, statements: [eraseEntriesStatement(erased), ...changeStatements(changes, heads, at)] };
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
