import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { PlanState } from "../domain/plan.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type StoredInstalment = {
  seq: number;
  on: CivilDay;
  amountMinor: number;
  state: "open" | "kept" | "missed";
  noteAt: Instant | null;
};

export type StoredPlanInvoice = {
  invoiceId: string;
  number: string;
  holdId: string | null;
  amountMinor: number;
};

export type StoredPlan = {
  id: string;
  customerId: string;
  state: PlanState;
  currency: string;
  waivesInterest: boolean;
  note: string | null;
  name: string | null;
  author: string;
  askedAt: Instant;
  decidedAt: Instant | null;
  decidedBy: string | null;
  answer: string | null;
  endedAt: Instant | null;
  judgeAt: Instant | null;
  invoices: StoredPlanInvoice[];
  instalments: StoredInstalment[];
};

const SELECT = `SELECT p.*,
    (SELECT json_group_array(json_array(x.invoice_id, i.number, x.hold_id, x.amount_minor)) FROM plan_invoices x
     JOIN invoices i ON i.id = x.invoice_id WHERE x.plan_id = p.id) AS invoices,
    (SELECT json_group_array(json_array(n.seq, n.on_day, n.amount_minor, n.state, n.note_at)) FROM
     (SELECT * FROM instalments WHERE plan_id = p.id ORDER BY seq) n) AS instalments
  FROM plans p`;

/** The plan of this id. */
export function planQuery(id: string): InStatement {
  return { sql: `${SELECT} WHERE p.id = ?`, args: [id] };
}

/** Plans asked for or agreed that the invoices of these numbers are in. */
export function livePlansQuery(numbers: string[]): InStatement {
  return {
    sql: `${SELECT} WHERE p.state IN ('asked', 'agreed') AND p.id IN (SELECT x.plan_id FROM json_each(?) j
            JOIN invoices i ON i.number = j.value JOIN plan_invoices x ON x.invoice_id = i.id) ORDER BY p.id`,
    args: [JSON.stringify(numbers)],
  };
}

/** The plan of this id; without one, that which stands for the invoice of this number. */
export async function findPlan({ client }: Db, idOrNumber: string): Promise<StoredPlan | undefined> {
  const [byId, byNumber] = await client.batch([planQuery(idOrNumber), livePlansQuery([idOrNumber])]);
  return readPlans(byId!)[0] ?? readPlans(byNumber!)[0];
}

export function readPlans({ rows }: ResultSet): StoredPlan[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    state: row.state as PlanState,
    currency: String(row.currency),
    waivesInterest: Number(row.waives_interest) === 1,
    note: row.note as string | null,
    name: row.name as string | null,
    author: String(row.author),
    askedAt: Number(row.asked_at),
    decidedAt: row.decided_at as number | null,
    decidedBy: row.decided_by as string | null,
    answer: row.answer as string | null,
    endedAt: row.ended_at as number | null,
    judgeAt: row.judge_at as number | null,
    invoices: JSON.parse(String(row.invoices)).map(toInvoice),
    instalments: JSON.parse(String(row.instalments)).map(toInstalment),
  }));
}

/** Stores a plan as it is now, its invoices and its instalments with it. */
export function putPlanStatements(plan: StoredPlan): InStatement[] {
  const invoices = plan.invoices.map((i) => [i.invoiceId, i.holdId, i.amountMinor]);
  const instalments = plan.instalments.map((n) => [n.seq, n.on, n.amountMinor, n.state, n.noteAt]);
  return [
    putPlanStatement(plan),
    {
      sql: `INSERT INTO plan_invoices (plan_id, invoice_id, hold_id, amount_minor)
            SELECT ?1, value->>0, value->>1, value->>2 FROM json_each(?2) WHERE true
            ON CONFLICT (plan_id, invoice_id) DO UPDATE SET hold_id = excluded.hold_id, amount_minor = excluded.amount_minor`,
      args: [plan.id, JSON.stringify(invoices)],
    },
    {
      sql: "DELETE FROM instalments WHERE plan_id = ? AND seq > ?",
      args: [plan.id, plan.instalments.length],
    },
    {
      sql: `INSERT INTO instalments (plan_id, seq, on_day, amount_minor, state, note_at)
            SELECT ?1, value->>0, value->>1, value->>2, value->>3, value->>4 FROM json_each(?2) WHERE true
            ON CONFLICT (plan_id, seq) DO UPDATE SET on_day = excluded.on_day, amount_minor = excluded.amount_minor,
              state = excluded.state, note_at = excluded.note_at`,
      args: [plan.id, JSON.stringify(instalments)],
    },
  ];
}

function putPlanStatement(p: StoredPlan): InStatement {
  return {
    sql: `INSERT INTO plans (id, customer_id, state, currency, waives_interest, note, name, author, asked_at, decided_at, decided_by,
            answer, ended_at, judge_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET state = excluded.state, waives_interest = excluded.waives_interest,
            decided_at = excluded.decided_at, decided_by = excluded.decided_by, answer = excluded.answer,
            ended_at = excluded.ended_at, judge_at = excluded.judge_at`,
    args: [
      p.id,
      p.customerId,
      p.state,
      p.currency,
      p.waivesInterest ? 1 : 0,
      p.note,
      p.name,
      p.author,
      p.askedAt,
      p.decidedAt,
      p.decidedBy,
      p.answer,
      p.endedAt,
      p.judgeAt,
    ],
  };
}

type InvoiceRow = [string, string, string | null, number];
type InstalmentRow = [number, CivilDay, number, StoredInstalment["state"], Instant | null];

function toInvoice([invoiceId, number, holdId, amountMinor]: InvoiceRow): StoredPlanInvoice {
  return { invoiceId, number, holdId, amountMinor };
}

function toInstalment([seq, on, amountMinor, state, noteAt]: InstalmentRow): StoredInstalment {
  return { seq, on, amountMinor, state, noteAt };
}
