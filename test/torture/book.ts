import type { Company, TestInvoice } from "./company.ts";
import type { BookEntry } from "./evidence.ts";
import type { Random } from "./random.ts";

/** What the bank and the bookkeepers know: every movement of money, told until it is confirmed, each under one reference. */
export type Book = {
  entries: BookEntry[];
  /** Invoices that came in for sure. */
  present: TestInvoice[];
  /** A new movement, or null where this draw finds none that makes sense. */
  draw(random: Random, kind: Movement): BookEntry | null;
  /** What is left of an invoice, as far as is known. */
  balance(invoice: TestInvoice): number;
  /** Told, and not confirmed: the process died. */
  unconfirmed(): BookEntry[];
  refuse(entry: BookEntry): void;
};

export type Movement = "pay" | "part" | "credit_note" | "refund" | "credit";

export function openBook(company: Company): Book {
  const entries: BookEntry[] = [];
  const present: TestInvoice[] = [];
  const paid = (number: string, kind: BookEntry["kind"]) =>
    entries
      .filter((entry) => entry.invoice === number && entry.kind === kind)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const draw = (
    random: Random,
    movement: Movement,
  ): Omit<BookEntry, "reference" | "begunAt" | "ackedAt"> | null => {
    if (movement === "credit") {
      const { ref: customer, currency } = random.pick(company.customers.slice(0, 20));
      return { invoice: null, customer, kind: "payment", currency, amountMinor: random.whole(1_00, 400_00) };
    }
    if (present.length === 0) return null;
    const { number, customer, amountMinor } = random.pick(present);
    const money = paid(number, "payment") - paid(number, "refund");
    const most = movement === "refund" ? money : amountMinor - money - paid(number, "credit_note");
    if (most <= 0 || entries.some((entry) => entry.invoice === number && entry.ackedAt === null)) return null;
    const part = Math.max(1, Math.floor(most * (0.1 + random.next() * 0.5)));
    return {
      invoice: number,
      customer: customer.ref,
      kind: movement === "refund" || movement === "credit_note" ? movement : "payment",
      currency: customer.currency,
      amountMinor: movement === "pay" ? most : part,
    };
  };
  return {
    entries,
    present,
    draw(random, movement) {
      const drawn = draw(random, movement);
      if (!drawn) return null;
      const entry = { ...drawn, reference: `T-${entries.length + 1}`, begunAt: machineNow(), ackedAt: null };
      entries.push(entry);
      return entry;
    },
    balance: ({ number, amountMinor }) =>
      amountMinor - paid(number, "payment") + paid(number, "refund") - paid(number, "credit_note"),
    unconfirmed: () => entries.filter(({ ackedAt }) => ackedAt === null),
    refuse: (entry) => void entries.splice(entries.indexOf(entry), 1),
  };
}

export function machineNow(): number {
  return performance.timeOrigin + performance.now();
}
