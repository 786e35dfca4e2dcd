import type { Services } from "../../services.ts";
import { addHold, enterEverywhere, openCustomerCase, writeCase } from "../agreements/debtor-case.ts";

/** Holds all that a customer owes who is insolvent, until finance ends it: what may be asked for then is a question of law. Throws `not_found`. */
export async function holdInsolvent(
  services: Services,
  { customerId, reason, author }: { customerId: string; reason: string; author: string },
): Promise<void> {
  const at = services.clock();
  await services.db.write(async (tx) => {
    const matter = await openCustomerCase(tx, { customerId, author, at });
    if (matter.holds.some(({ kind }) => kind === "insolvency")) return;
    const questionTo = matter.creditor?.financeOwner ?? "finance";
    addHold(matter, {
      invoiceId: null,
      kind: "insolvency",
      reason,
      amountMinor: null,
      until: null,
      questionTo,
    });
    enterEverywhere(matter, "hold_set", {
      hold: "insolvency",
      on: "customer",
      reason,
      question_to: questionTo,
    });
    await writeCase(tx, matter);
  });
}
