import { creditorQuery, putCreditorStatement, readCreditor } from "../../db/creditor.ts";
import { touchWorld, wakeAll } from "../../db/touch.ts";
import { parseCreditor, warningsOfCreditor } from "../../domain/creditor.ts";
import { canonicalData } from "../../domain/ledger.ts";
import type { Creditor } from "../../domain/letter.ts";
import type { Services } from "../../services.ts";

export type AppliedCreditor = { creditor: Creditor; warnings: string[]; changed: boolean };

/** Stores who we are. Throws `invalid` naming every mistake. */
export async function applyCreditor(services: Services, json: unknown): Promise<AppliedCreditor> {
  const creditor = parseCreditor(json);
  const warnings = warningsOfCreditor(creditor);
  return services.db.write(async (tx) => {
    const before = readCreditor(await tx.execute(creditorQuery()));
    if (before && canonicalData(before) === canonicalData(creditor))
      return { creditor, warnings, changed: false };
    const isMoved = before?.timezone !== creditor.timezone;
    await tx.batch([
      putCreditorStatement(json, services.clock()),
      touchWorld(),
      ...(isMoved ? [wakeAll()] : []),
    ]);
    return { creditor, warnings, changed: true };
  });
}
