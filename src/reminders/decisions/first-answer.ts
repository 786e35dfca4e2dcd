import type { Transaction } from "@libsql/client";
import { DAY_MS, formatCivilDay } from "../../domain/civil-date.ts";
import type { LedgerKind } from "../../domain/ledger.ts";
import { AppError } from "../../errors.ts";

/** Throws `conflict`, naming who was first and what the answer was, where an invoice's question (of this stage, if any) is answered. */
export async function refuseSecondAnswer(
  tx: Transaction,
  { invoiceId, kind, stage }: { invoiceId: string; kind: LedgerKind; stage?: string },
): Promise<void> {
  const { rows } = await tx.execute({
    sql: `SELECT author, at, data->>'as' AS answer FROM ledger
          WHERE invoice_id = ? AND kind = ? AND data->>'stage' IS ? ORDER BY seq LIMIT 1`,
    args: [invoiceId, kind, stage ?? null],
  });
  if (!rows[0]) return;
  const { author, at, answer } = rows[0];
  const when = formatCivilDay(Math.floor(Number(at) / DAY_MS));
  throw new AppError(
    "conflict",
    `${author} answered on ${when} already: ${String(answer).replaceAll("_", " ")}`,
  );
}
