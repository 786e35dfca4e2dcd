import { nameOfDay } from "./days.ts";
import type { Finding } from "./findings.ts";
import type { Policy, Stage } from "./policy.ts";
import type { Invoice, LedgerRow, Records } from "./records.ts";
import { isTakenAsUnsent, type Letter, type Send } from "./sends.ts";

export type Ladder = { records: Records; letters: Letter[]; policyOf(invoice: Invoice): Policy };
type Taken = Send & { letter: Letter };

/** What SES took for each invoice, in the order of its ledger. */
function takenByInvoice({ letters }: Ladder): Map<Invoice, Taken[]> {
  const found = new Map<Invoice, Taken[]>();
  for (const letter of letters) {
    for (const send of letter.sends) {
      found.set(send.invoice, [...(found.get(send.invoice) ?? []), { ...send, letter }]);
    }
  }
  for (const taken of found.values()) taken.sort((a, b) => a.sending.seq - b.sending.seq);
  return found;
}

/** A stage that SES took more than once for an invoice, though no person, no bounce and no policy let it come again. */
export function sentTwice(ladder: Ladder): Finding[] {
  return [...takenByInvoice(ladder).values()].flatMap((taken) =>
    taken.flatMap((again, i) => {
      const before = taken.slice(0, i).findLast(({ stage }) => stage === again.stage);
      if (!before || mayComeAgain(ladder, before, again)) return [];
      return [
        finding(again, `${again.stage} again, after ${before.letter.mail.id} (${before.letter.reminder})`),
      ];
    }),
  );
}

function mayComeAgain({ policyOf }: Ladder, before: Taken, again: Taken): boolean {
  const between = entriesBetween(before, again).filter(({ data }) => data.stage === before.stage);
  const stage = policyOf(before.invoice).stages.find(({ key }) => key === before.stage);
  return between.some((entry) => {
    if (entry.kind === "stage_reset" && entry.author !== "provider") return true;
    if (entry.data.reminder !== before.letter.reminder) return false;
    const wasBounced = before.letter.mail.to.every((address) => address.startsWith("bounces-"));
    if (entry.kind === "stage_reset") return wasBounced;
    return isTakenAsUnsent(entry) && (stage?.retriesUnknown || isByPerson(entry));
  });
}

function isByPerson(entry: LedgerRow): boolean {
  return entry.author !== "clock" && entry.author !== "provider";
}

function entriesBetween(before: Taken, after: Taken): LedgerRow[] {
  return after.invoice.ledger.filter(({ seq }) => before.sending.seq < seq && seq < after.sending.seq);
}

/** A softer stage after a sterner one. */
export function toneFell(ladder: Ladder): Finding[] {
  return [...takenByInvoice(ladder)].flatMap(([invoice, taken]) => {
    const place = placesOf(ladder.policyOf(invoice));
    return taken.flatMap((softer, i) => {
      const sterner = taken.slice(0, i).find(({ stage }) => place(stage) > place(softer.stage));
      if (!sterner || mayComeAgain(ladder, sterner, softer)) return [];
      return [finding(softer, `${softer.stage} after ${sterner.stage}`)];
    });
  });
}

function placesOf({ stages }: Policy): (key: string) => number {
  return (key) => stages.findIndex((stage) => stage.key === key);
}

const APPROVAL_LASTS_MS = 7 * 24 * 3600 * 1000;
const VOIDS = new Set([
  "payment_recorded",
  "promise_made",
  "dispute_opened",
  "approval_declined",
  "paid_reported",
]);

/** A stage that needs finance's word, without one that was less than seven days old and held, or without the softer stages before it. */
export function unapproved(ladder: Ladder): Finding[] {
  return ladder.letters.flatMap(({ sends, ...letter }) =>
    sends.flatMap((send) => {
      const { stages } = ladder.policyOf(send.invoice);
      const index = stages.findIndex(({ key }) => key === send.stage);
      if (!stages[index]?.needsApproval) return [];
      const because = whyUnapproved(send) ?? whyTooSoon(send, stages.slice(0, index));
      return because ? [finding({ ...send, letter: { ...letter, sends } }, because)] : [];
    }),
  );
}

function whyUnapproved({ invoice, stage, sending }: Send): string | null {
  const before = invoice.ledger.filter(({ seq }) => seq < sending.seq);
  const given = before.findLast(({ kind, data }) => kind === "approval_given" && data.stage === stage);
  if (!given) return `${stage} without approval`;
  if (sending.at >= given.at + APPROVAL_LASTS_MS) return `the approval of ${stage} was older than 7 days`;
  const word = before.find(({ seq, kind }) => seq > given.seq && VOIDS.has(kind));
  return word ? `${word.kind} after the approval of ${stage}` : null;
}

function whyTooSoon({ invoice, stage, sending }: Send, softer: Stage[]): string | null {
  const done = invoice.ledger
    .filter(({ seq, kind }) => seq < sending.seq && (kind === "reminder_sending" || kind === "stage_waived"))
    .map(({ data }) => data.stage);
  const missing = softer.find(({ key, offsetDays }) => offsetDays >= 0 && !done.includes(key));
  return missing ? `${stage} before ${missing.key}` : null;
}

/** How long after its own day a stage may take: the gaps, the cap and the silence of sterner letters, all at once. */
const PATIENCE_DAYS = 35;

/** Due for weeks, by a simple and generous reading, and not sent. */
export function lost(ladder: Ladder, endsOn: number): Finding[] {
  const { records } = ladder;
  const since = endsOn - PATIENCE_DAYS;
  const lastSterns = silencedSince(ladder);
  return [...records.invoices.values()].flatMap((invoice) => {
    const policy = ladder.policyOf(invoice);
    const { customer, dueOn } = invoice;
    if (!invoice.isOpen || invoice.balanceMinor === 0 || dueOn === null || customer.kind === "consumer")
      return [];
    if (!customer.addresses.some((address) => !records.suppressed.has(address))) return [];
    if (isHeldLately(records, invoice, since) || isNetted(records, invoice)) return [];
    const next = nextStage(records, invoice, policy, endsOn);
    if (!next || next.on > since || isSmall(records, invoice, next.stage)) return [];
    if (!next.stage.silences && (lastSterns.get(customer.id) ?? 0) > since) return [];
    return [{ invoice: invoice.number, what: `${next.stage.key} has been due since ${nameOfDay(next.on)}` }];
  });
}

function nextStage({ steps }: Records, invoice: Invoice, { stages }: Policy, today: number) {
  const done = steps.get(invoice.id) ?? [];
  const sternest = Math.max(-1, ...done.map(({ stage }) => stages.findIndex(({ key }) => key === stage)));
  const stage = stages
    .slice(sternest + 1)
    .find(({ offsetDays }) => offsetDays >= 0 || today < invoice.dueOn!);
  if (!stage) return null;
  const lastOn = Math.max(Number.NEGATIVE_INFINITY, ...done.map(({ on }) => on));
  return { stage, on: Math.max(invoice.dueOn! + stage.offsetDays, lastOn + stage.minGapDays) };
}

function isHeldLately({ holds }: Records, { id, customer }: Invoice, since: number): boolean {
  const sinceMs = since * 24 * 3600 * 1000;
  return holds.some((hold) => {
    if (hold.invoiceId === null ? hold.customerId !== customer.id : hold.invoiceId !== id) return false;
    return hold.endedAt === null ? (hold.until ?? Number.POSITIVE_INFINITY) > since : hold.endedAt > sinceMs;
  });
}

/** Whatever is held, or paid without an invoice, may be outside the customer's total. */
function isSmall(records: Records, invoice: Invoice, stage: Stage): boolean {
  const { customer, currency } = invoice;
  const held = new Set(
    records.holds.filter(({ endedAt }) => endedAt === null).map(({ invoiceId }) => invoiceId),
  );
  const open = [...records.invoices.values()]
    .filter(
      (other) =>
        other.customer === customer && other.currency === currency && other.isOpen && !held.has(other.id),
    )
    .reduce((sum, { balanceMinor }) => sum + balanceMinor, 0);
  return open - creditOf(records, invoice) <= Math.max(0, stage.minBalance[currency] ?? 0);
}

/** Money without an invoice counts against the oldest due first. */
function isNetted(records: Records, invoice: Invoice): boolean {
  const { customer, currency, dueOn } = invoice;
  const upToThis = [...records.invoices.values()].filter(
    (other) =>
      other.customer === customer &&
      other.currency === currency &&
      other.isOpen &&
      other.dueOn !== null &&
      other.dueOn <= dueOn!,
  );
  return creditOf(records, invoice) >= upToThis.reduce((sum, { balanceMinor }) => sum + balanceMinor, 0);
}

function creditOf({ payments }: Records, { customer, currency }: Invoice): number {
  return payments
    .filter((paid) => paid.customerId === customer.id && paid.currency === currency && !paid.isAllocated)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** The last day on which each customer got a letter that silences softer ones. */
function silencedSince({ letters, policyOf }: Ladder): Map<string, number> {
  const last = new Map<string, number>();
  for (const { sends, day } of letters) {
    for (const { invoice, stage } of sends) {
      if (!policyOf(invoice).stages.find(({ key }) => key === stage)?.silences) continue;
      last.set(invoice.customer.id, Math.max(day, last.get(invoice.customer.id) ?? 0));
    }
  }
  return last;
}

function finding({ invoice, letter }: Taken, what: string): Finding {
  return { what, invoice: invoice.number, reminder: letter.reminder, mail: letter.mail.id };
}
