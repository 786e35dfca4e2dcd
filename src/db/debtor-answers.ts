import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { DisputeReason } from "../domain/dispute.ts";
import type { Instalment } from "../domain/plan.ts";

export type StandingPromise = {
  id: string;
  /** The first of those that were made together: they are changed and withdrawn together. */
  madeWith: string;
  /** Asked: beyond the policy's bounds, and with finance. */
  state: "asked" | "open";
  amountMinor: number;
  on: CivilDay;
  /** It came in the place of another: the debtor changes a day once. */
  isChanged: boolean;
};

export type StandingDispute = {
  id: string;
  /** Null for the whole. */
  amountMinor: number | null;
  reason: DisputeReason;
};

export type StandingPlan = {
  id: string;
  state: "asked" | "agreed";
  currency: string;
  numbers: string[];
  instalments: (Instalment & { state: "open" | "kept" | "missed" })[];
};

/** What a customer said that still stands, by invoice number, and how many promises it made for each before. */
export type Answers = {
  promises: Map<string, StandingPromise>;
  promisesMade: Map<string, number>;
  disputes: Map<string, StandingDispute>;
  plans: StandingPlan[];
};

const OPEN = "i.customer_id = ? AND i.balance_minor > 0 AND i.status = 'open'";

/** The statements that read what a customer said about its open invoices; `readAnswers` understands their results. */
export function answerQueries(customerId: string): InStatement[] {
  return [
    `SELECT i.number, p.id, p.made_with, p.state, p.amount_minor, p.on_day, p.replaces FROM invoices i
     JOIN promises p ON p.invoice_id = i.id AND p.state <> 'declined' WHERE ${OPEN}`,
    `SELECT i.number, d.id, d.amount_minor, d.reason FROM invoices i
     JOIN disputes d ON d.invoice_id = i.id AND d.state = 'open' WHERE ${OPEN}`,
    `SELECT p.id, p.state, p.currency,
       (SELECT json_group_array(i.number) FROM plan_invoices x JOIN invoices i ON i.id = x.invoice_id WHERE x.plan_id = p.id)
         AS numbers,
       (SELECT json_group_array(json_object('on', on_day, 'amountMinor', amount_minor, 'state', state))
        FROM (SELECT * FROM instalments WHERE plan_id = p.id ORDER BY seq)) AS instalments
     FROM plans p WHERE p.customer_id = ? AND p.state IN ('asked', 'agreed') ORDER BY p.id`,
  ].map((sql) => ({ sql, args: [customerId] }));
}

export function readAnswers([promises, disputes, plans]: ResultSet[]): Answers {
  const answers: Answers = { promises: new Map(), promisesMade: new Map(), disputes: new Map(), plans: [] };
  for (const row of promises!.rows) {
    const number = String(row.number);
    const isChanged = row.replaces !== null;
    if (!isChanged) answers.promisesMade.set(number, (answers.promisesMade.get(number) ?? 0) + 1);
    const state = row.state as string;
    if (state !== "asked" && state !== "open") continue;
    answers.promises.set(number, {
      id: String(row.id),
      madeWith: String(row.made_with),
      state,
      amountMinor: Number(row.amount_minor),
      on: Number(row.on_day),
      isChanged,
    });
  }
  for (const row of disputes!.rows) {
    answers.disputes.set(String(row.number), {
      id: String(row.id),
      amountMinor: row.amount_minor as number | null,
      reason: row.reason as DisputeReason,
    });
  }
  answers.plans = plans!.rows.map((row) => ({
    id: String(row.id),
    state: row.state as StandingPlan["state"],
    currency: String(row.currency),
    numbers: JSON.parse(String(row.numbers)),
    instalments: JSON.parse(String(row.instalments)),
  }));
  return answers;
}
