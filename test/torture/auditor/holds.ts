import { nameOfDay } from "./days.ts";
import type { Finding } from "./findings.ts";
import { toMinor } from "./letters.ts";
import { balanceAt } from "./money.ts";
import type { Invoice, LedgerRow } from "./records.ts";
import type { Letter } from "./sends.ts";

/** A hold as the ledger tells of it: all of an invoice, or a share; through a day, or until it ends. */
type Held = { by: string; shareMinor: number | null; until: string | null; since: LedgerRow };

/** Letters about what was held as a whole when they were marked as sending. */
export function sentWhileHeld(letters: Letter[]): Finding[] {
  return letters.flatMap(({ sends, day, reminder, mail }) =>
    sends.flatMap(({ invoice, sending }) => {
      const held = holdsAt(invoice, sending.seq, day).find(({ shareMinor }) => shareMinor === null);
      return held ? [{ what: `held: ${held.by}`, invoice: invoice.number, reminder, mail: mail.id }] : [];
    }),
  );
}

/** What promises and disputes of a share may keep out of the sum asked, at least and at most; money makes a share smaller. */
export function sharesAt(invoice: Invoice, seq: number, day: number): { least: number; most: number } {
  const shares = holdsAt(invoice, seq, day).filter(({ shareMinor }) => shareMinor !== null);
  const sum = (of: Held[]) => of.reduce((total, { shareMinor }) => total + shareMinor!, 0);
  const untouched = shares.filter(({ since }) => !isPaidBetween(invoice, since.seq, seq));
  return { least: shares.length === 1 ? sum(untouched) : 0, most: sum(shares) };
}

/** Holds in force before this entry, on this civil day of the customer. */
function holdsAt(invoice: Invoice, seq: number, day: number): Held[] {
  const today = nameOfDay(day);
  const holds = new Map<string, Held>();
  for (const entry of invoice.ledger) {
    if (entry.seq >= seq) break;
    const { kind, data } = entry;
    if (kind === "hold_set")
      set(holds, `${data.hold} ${data.on}`, entry, { shareMinor: data.share ?? null, until: data.until });
    if (kind === "dispute_opened")
      set(holds, `dispute ${data.dispute}`, entry, { shareMinor: shareOf(invoice, entry), until: null });
    if (kind === "promise_made")
      set(holds, `promise ${data.promise}`, entry, {
        shareMinor: shareOf(invoice, entry),
        until: data.last_day,
      });
    if (kind === "plan_agreed")
      set(holds, `plan ${data.plan}`, entry, { shareMinor: null, until: data.instalments.at(-1).on });
    for (const by of endedBy(entry)) holds.delete(by);
    if (kind === "dispute_closed" && data.dispute === undefined) deleteAll(holds, "dispute ");
  }
  return [...holds.values()].filter(({ until }) => until === null || today <= until);
}

function set(
  holds: Map<string, Held>,
  by: string,
  since: LedgerRow,
  held: Pick<Held, "shareMinor" | "until">,
): void {
  holds.set(by, { by, since, ...held });
}

function endedBy({ kind, data }: LedgerRow): string[] {
  if (kind === "hold_ended")
    return (data.on ? [data.on] : ["invoice", "customer"]).map((on: string) => `${data.hold} ${on}`);
  if (kind === "dispute_closed") return [`dispute ${data.dispute}`];
  if (kind === "promise_ended") return [`promise ${data.promise}`];
  return kind === "plan_ended" ? [`plan ${data.plan}`] : [];
}

function deleteAll(holds: Map<string, Held>, prefix: string): void {
  for (const by of holds.keys()) if (by.startsWith(prefix)) holds.delete(by);
}

/** Null for the whole: all that was left then. A promise made beside a dispute is of what is not disputed. */
function shareOf(invoice: Invoice, { seq, data }: LedgerRow): number | null {
  const amountMinor = toMinor(data.amount, invoice.currency);
  return amountMinor >= balanceAt(invoice, seq) ? null : amountMinor;
}

function isPaidBetween({ ledger }: Invoice, after: number, before: number): boolean {
  return ledger.some(({ kind, seq }) => kind === "payment_recorded" && after < seq && seq < before);
}
