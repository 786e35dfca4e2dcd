import type { Client } from "@libsql/client";
import type { Book, Movement } from "./book.ts";
import { DAY_MS } from "./calendar.ts";
import type { TestInvoice } from "./company.ts";
import type { Random } from "./random.ts";

/** What people do, and how often. */
export const DEED_WEIGHTS = {
  pay: 18,
  part: 14,
  credit_note: 4,
  refund: 5,
  credit: 2,
  fresh: 8,
  hold: 6,
  hold_customer: 2,
  unhold: 4,
  dispute: 4,
  close_dispute: 3,
  promise: 5,
  plan: 1,
  report_paid: 2,
  approve: 14,
  decline: 1,
  waive: 2,
  reset: 2,
  release: 4,
  stop: 1,
  resume: 8,
};
export type DeedName = keyof typeof DEED_WEIGHTS;
type Moment = { random: Random; at: number };

const MOVEMENTS = new Set<string>(["pay", "part", "credit_note", "refund", "credit"] satisfies Movement[]);

export function isMovement(deed: DeedName): deed is Movement & DeedName {
  return MOVEMENTS.has(deed);
}

export type Inputs = {
  /** What a deed takes, or nothing where there is no occasion for it. */
  of(deed: Exclude<DeedName, Movement>, random: Random, at: number): Promise<unknown>;
  about(invoice: TestInvoice, deed: DeedName, moment: Moment): Promise<unknown>;
  /** Invoices that a tick at this moment looks at. */
  dueAt(at: number): Promise<TestInvoice[]>;
  /** Letters that finance is asked about. */
  awaiting(): Promise<string[]>;
  /** Reminders of which nobody knows whether they left. */
  unknown(): Promise<string[]>;
};

/** Looks into the database for what there is to decide upon. */
export function createInputs(book: Book, reader: Client): Inputs {
  const allOf = async (sql: string, args: (string | number)[] = []) =>
    (await reader.execute({ sql, args })).rows.map((row) => String(row[0]));

  async function of(deed: DeedName, random: Random, at: number): Promise<unknown> {
    if (["fresh", "release", "stop", "resume"].includes(deed)) return {};
    if (deed === "hold_customer") {
      const until = Math.floor(at / DAY_MS) + random.whole(1, 12);
      return { customerRef: `C-0${random.whole(1, 9)}`, until, reason: "merger" };
    }
    if (deed === "approve" || deed === "decline") {
      const [asked] = await awaiting();
      return asked && { asked, reason: "paid last week" };
    }
    if (deed === "close_dispute") {
      const [disputeId] = await allOf("SELECT id FROM disputes WHERE state = 'open' ORDER BY id LIMIT 1");
      return disputeId && { disputeId, as: random.pick(["rejected", "settled"]) };
    }
    return book.present.length > 0 ? about(random.pick(book.present), deed, { random, at }) : null;
  }

  async function about(invoice: TestInvoice, deed: DeedName, { random, at }: Moment): Promise<unknown> {
    const { number } = invoice;
    const today = Math.floor(at / DAY_MS);
    const until = today + random.whole(1, 12);
    const balance = book.balance(invoice);
    const amountMinor = random.chance(0.5) ? undefined : Math.ceil(balance * random.next());
    if (deed === "dispute") return { invoiceNumber: number, amountMinor };
    if (deed === "promise") return { invoices: [{ number, amountMinor }], on: until };
    if (deed === "report_paid") return { invoices: [number], paidOn: today - random.whole(1, 3) };
    if (deed === "plan") return { invoices: [number], instalments: inTwo(balance, until) };
    if (deed === "waive") {
      return { invoiceNumber: number, stage: random.pick(["overdue_3", "overdue_30"]), reason: "a partner" };
    }
    if (deed !== "reset") return { invoiceNumber: number, until, reason: "new purchase order" };
    const [stage] = await allOf(LAST_STAGE, [number]);
    return stage && { invoiceNumber: number, stage, reason: "went astray" };
  }

  function awaiting(): Promise<string[]> {
    return allOf(
      "SELECT id FROM reminders WHERE state = 'awaiting_approval' AND decision IS NULL ORDER BY id",
    );
  }

  return {
    of,
    about,
    awaiting,
    unknown: () => allOf("SELECT id FROM reminders WHERE state = 'unknown' ORDER BY id"),
    async dueAt(at) {
      const numbers = new Set(await allOf(DUE, [at]));
      return book.present.filter(({ number }) => numbers.has(number));
    },
  };
}

function inTwo(amountMinor: number, on: number) {
  const first = Math.ceil(amountMinor / 2);
  return [
    { on, amountMinor: first },
    { on: on + 7, amountMinor: amountMinor - first },
  ];
}

const DUE =
  "SELECT number FROM invoices WHERE next_look_at <= ? AND balance_minor > 0 AND status = 'open' ORDER BY id";
const LAST_STAGE = `SELECT ri.stage FROM reminder_invoices ri JOIN invoices i ON i.id = ri.invoice_id
  JOIN reminders r ON r.id = ri.reminder_id WHERE i.number = ? AND ri.counts = 1 ORDER BY r.sending_at DESC LIMIT 1`;
