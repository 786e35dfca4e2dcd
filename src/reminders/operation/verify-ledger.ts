import { hashOf, type LedgerRow, readLedgerPage, readUnbegun } from "../../db/ledger-check.ts";
import { readErasure } from "../../domain/ledger.ts";
import type { Services } from "../../services.ts";

/** Where a chain breaks first: at this entry of this invoice. */
export type BrokenLink = { invoice: string; seq: number; problem: LinkProblem; detail: string };

export type LinkProblem = "changed" | "missing" | "added";

export type VerifiedLedger = { invoices: number; entries: number; broken: number };

const PAGE = 2000;

/**
 * Goes through every chain, page by page, and tells where one does not hold: an entry that was changed, is missing (at the end too)
 * or was added or moved. One place an invoice, the first.
 */
export async function verifyLedger(
  { db }: Pick<Services, "db">,
  onBroken: (link: BrokenLink) => void,
): Promise<VerifiedLedger> {
  const report: VerifiedLedger = { invoices: 0, entries: 0, broken: 0 };
  const tell = (link: BrokenLink) => {
    report.broken++;
    onBroken(link);
  };
  let chain: Chain | null = null;
  for (let after = { invoiceId: "", seq: 0 }; ; ) {
    const rows = await readLedgerPage(db, after, PAGE);
    for (const row of rows) {
      if (chain?.last.invoiceId !== row.invoiceId) {
        if (chain) endChain(chain, tell);
        chain = beginChain(row);
        report.invoices++;
      }
      report.entries++;
      follow(chain, row);
    }
    if (rows.length < PAGE) break;
    after = rows.at(-1)!;
    await breathe();
  }
  if (chain) endChain(chain, tell);
  await tellUnbegun(db, tell);
  return report;
}

/** Where the chain of one invoice breaks first, by its entries in their order; null where it holds. */
export function findBreak(invoice: string, entries: LedgerRow[]): BrokenLink | null {
  let broken: BrokenLink | null = null;
  const tell = (link: BrokenLink) => {
    broken ??= link;
  };
  const [first] = entries;
  if (!first) return { invoice, ...UNBEGUN };
  const chain = beginChain(first);
  for (const entry of entries) follow(chain, entry);
  endChain(chain, tell);
  return broken;
}

const UNCONNECTED = { problem: "added", detail: "it does not follow from the entry before it" } as const;
const UNBEGUN = { seq: 1, problem: "missing", detail: "the chain has no entry at all" } as const;

type Break = Omit<BrokenLink, "invoice">;
type Chain = {
  last: LedgerRow;
  seq: number;
  hash: string;
  broken: Break | null;
  /** What entries hash to that are not what was hashed first. */
  unlike: Map<number, string>;
  /** What they have to hash to since something personal was erased from them, as a later entry says. */
  erased: Map<number, string>;
};
type Tell = (link: BrokenLink) => void;

function beginChain(first: LedgerRow): Chain {
  return { last: first, seq: 0, hash: "", broken: null, unlike: new Map(), erased: new Map() };
}

function follow(chain: Chain, row: LedgerRow): void {
  const hash = hashOf(row);
  const erasure = hash === row.hash ? readErasure(row) : null;
  for (const { seq, sha256 } of erasure?.entries ?? []) chain.erased.set(seq, sha256);
  chain.last = row;
  if (chain.broken) return;
  chain.broken = misplacedAt(chain, row);
  if (!chain.broken && hash !== row.hash) chain.unlike.set(row.seq, hash);
  if (!chain.broken && row.prevHash !== chain.hash) chain.broken = { seq: row.seq, ...UNCONNECTED };
  chain.seq = row.seq;
  chain.hash = row.hash;
}

function misplacedAt(chain: Chain, row: LedgerRow): Break | null {
  const seq = chain.seq + 1;
  if (row.number === null) {
    return { seq: row.seq, problem: "added", detail: "it belongs to no invoice on record" };
  }
  if (row.seq > seq) return { seq, problem: "missing", detail: "the entries go on without it" };
  if (row.seq < seq) return { seq: row.seq, problem: "added", detail: "it has no place in the count" };
  if (row.headSeq === null || row.seq > row.headSeq) {
    return { seq, problem: "added", detail: "the chain was never that long" };
  }
  return null;
}

function endChain(chain: Chain, tell: Tell): void {
  const broken = changedIn(chain) ?? chain.broken ?? brokenEnd(chain);
  if (broken) tell({ invoice: nameOf(chain.last), ...broken });
}

/** The first entry that is neither what was hashed nor what an erasure left of it. */
function changedIn({ unlike, erased }: Chain): Break | null {
  for (const [seq, hash] of unlike) {
    if (erased.get(seq) === hash) continue;
    return { seq, problem: "changed", detail: "what it says is not what was hashed" };
  }
  return null;
}

function brokenEnd({ last, seq, hash }: Chain): Break | null {
  if (last.headSeq !== null && last.headSeq > seq) {
    return { seq: seq + 1, problem: "missing", detail: `the chain had ${last.headSeq} entries` };
  }
  if (hash === last.headHash) return null;
  return { seq, problem: "changed", detail: "it is not the entry that the chain ended with" };
}

async function tellUnbegun(db: Services["db"], tell: Tell): Promise<void> {
  for (let after = ""; ; ) {
    const invoices = await readUnbegun(db, after, PAGE);
    for (const { number } of invoices) {
      tell({ invoice: number, ...UNBEGUN });
    }
    if (invoices.length < PAGE) return;
    after = invoices.at(-1)!.id;
  }
}

function nameOf({ number, invoiceId }: LedgerRow): string {
  return number ?? invoiceId;
}

/** The embedded engine frees what its statements held only when the event loop turns. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
