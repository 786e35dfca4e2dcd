import type { Services } from "../../services.ts";
import { notify } from "./case-news.ts";
import { openCase, requirePayable, writeCase } from "./debtor-case.ts";

/** Lets a debtor know, once for the occasion, that instalments may be asked for on its page. Throws `conflict` where nothing is left to pay, `not_found`. */
export async function offerInstalments(
  services: Services,
  offer: { invoices: string[]; about: string; author: string; customerId?: string },
): Promise<void> {
  const { invoices: numbers, about, author, customerId } = offer;
  const at = services.clock();
  await services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author, at, customerId });
    const shares = matter.invoices.map((invoice) => ({
      invoice,
      amountMinor: requirePayable(matter, invoice),
    }));
    notify(matter, { kind: "instalments_offered", about, shares });
    await writeCase(tx, matter);
  });
}
