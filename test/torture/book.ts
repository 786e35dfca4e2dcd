import { DAY_MS } from "./calendar.ts";
import { type Company, dayOf, type TestInvoice, toDecimal } from "./company.ts";
import type { BookEntry } from "./evidence.ts";
import type { Random } from "./random.ts";

/** What the bank and the bookkeepers know: every movement of money, told until it is confirmed, each under one reference. */
export type Book = {
  entries: BookEntry[];
  /** Invoices that came in for sure. */
  present: TestInvoice[];
  /** A new movement, or null where this draw finds none that makes sense. */
  draw(random: Random, movement: Movement): BookEntry | null;
  /** The same about this invoice; all movements but `pay` are of this share. */
  drawFor(invoice: TestInvoice, movement: Exclude<Movement, "credit">, share?: number): BookEntry | null;
  /** What is left of an invoice, as far as is known. */
  balance(invoice: TestInvoice): number;
  /** Told, and not confirmed: the process died. */
  unconfirmed(): BookEntry[];
  confirm(entry: BookEntry): void;
  refuse(entry: BookEntry): void;
  /** A file of these, as a bank has it on this day. */
  fileOf(told: BookEntry[], at: number): string;
};

export type Movement = "pay" | "part" | "credit_note" | "refund" | "credit";

export function openBook(company: Company): Book {
  const entries: BookEntry[] = [];
  const present: TestInvoice[] = [];
  let count = 0;

  function write(drawn: Omit<BookEntry, "reference" | "paidOn" | "begunAt" | "ackedAt">): BookEntry {
    const entry = { ...drawn, reference: `T-${++count}`, paidOn: null, begunAt: machineNow(), ackedAt: null };
    entries.push(entry);
    return entry;
  }

  function sum(number: string, kind: BookEntry["kind"]): number {
    const own = entries.filter((entry) => entry.invoice === number && entry.kind === kind);
    return own.reduce((total, { amountMinor }) => total + amountMinor, 0);
  }

  function paid(number: string): number {
    return sum(number, "payment") - sum(number, "refund");
  }

  function balance({ number, amountMinor }: TestInvoice): number {
    return amountMinor - paid(number) - sum(number, "credit_note");
  }

  function drawFor(invoice: TestInvoice, movement: Exclude<Movement, "credit">, share = 1): BookEntry | null {
    const { number, customer } = invoice;
    const most = movement === "refund" ? paid(number) : balance(invoice);
    const isUnderWay = entries.some((entry) => entry.invoice === number && entry.ackedAt === null);
    if (most <= 0 || isUnderWay) return null;
    return write({
      invoice: number,
      customer: customer.ref,
      kind: movement === "refund" || movement === "credit_note" ? movement : "payment",
      currency: customer.currency,
      amountMinor: movement === "pay" ? most : Math.max(1, Math.floor(most * share)),
    });
  }

  function draw(random: Random, movement: Movement): BookEntry | null {
    if (movement !== "credit") {
      if (present.length === 0) return null;
      return drawFor(random.pick(present), movement, 0.1 + random.next() * 0.5);
    }
    const { ref: customer, currency } = random.pick(company.customers);
    const amountMinor = random.whole(1_00, 400_00);
    return write({ invoice: null, customer, kind: "payment", currency, amountMinor });
  }

  return {
    entries,
    present,
    draw,
    drawFor,
    balance,
    unconfirmed: () => entries.filter(({ ackedAt }) => ackedAt === null),
    confirm: (entry) => {
      entry.ackedAt = machineNow();
    },
    fileOf,
    refuse: (entry) => void entries.splice(entries.indexOf(entry), 1),
  };
}

function fileOf(told: BookEntry[], at: number): string {
  const rows = told.map((entry) => {
    entry.paidOn ??= Math.floor(at / DAY_MS);
    const { invoice, amountMinor, currency, reference, kind } = entry;
    return [
      invoice,
      toDecimal(amountMinor, currency),
      currency,
      dayOf(entry.paidOn * DAY_MS),
      reference,
      kind,
    ].join();
  });
  return `invoice_number,amount,currency,paid_on,reference,kind\n${rows.map((row) => `${row}\n`).join("")}`;
}

export function machineNow(): number {
  return performance.timeOrigin + performance.now();
}
