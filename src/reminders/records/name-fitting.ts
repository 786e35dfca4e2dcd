import { exactBalancesQuery, readFitting } from "../../db/exact-balances.ts";
import type { RowOptions } from "../../domain/cells.ts";
import { isCurrency, parseAmount } from "../../domain/money.ts";
import type { SourceRow } from "../../imports/open-import.ts";
import type { Services } from "../../services.ts";
import type { RowOutcome } from "./import-rows.ts";

const MOST_ROWS = 20;

/** Names, beside payments of a file that are refused since nobody knows for what they are, what each would settle exactly. */
export async function nameFitting(
  { db }: Services,
  { decimal }: RowOptions,
  { rows, outcomes }: { rows: SourceRow[]; outcomes: RowOutcome[] },
): Promise<RowOutcome[]> {
  const unclear = outcomes.flatMap((outcome, i) => {
    const { kind, amount = "", currency = "" } = rows[i]!.row;
    const isMoney =
      !outcome.ok && outcome.column === "invoice_number" && (kind?.trim() || "payment") === "payment";
    const code = currency.trim();
    const amountMinor = isMoney && isCurrency(code) ? parseAmount(amount, code, decimal) : null;
    return amountMinor === null
      ? []
      : [{ i, query: exactBalancesQuery({ customerId: null, currency: code, amountMinor }) }];
  });
  if (unclear.length === 0) return outcomes;
  const asked = unclear.slice(0, MOST_ROWS);
  const found = await db.batch(
    asked.map(({ query }) => query),
    "read",
  );
  const named = new Map(asked.map(({ i }, n) => [i, readFitting(found[n]!).map(({ number }) => number)]));
  return outcomes.map((outcome, i) => {
    const numbers = named.get(i) ?? [];
    if (outcome.ok || numbers.length === 0) return outcome;
    return { ...outcome, error: `${outcome.error}; exactly so much is left of ${numbers.join(", ")}` };
  });
}
