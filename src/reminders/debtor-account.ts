import { customerQueries, readCustomers } from "../db/facts.ts";
import { policyOf, readWorld, worldQueries } from "../db/world.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import { statementOf } from "../domain/compose-letter.ts";
import { createContext } from "../domain/customer-context.ts";
import type { Creditor, LetterInvoice } from "../domain/letter.ts";
import type { Services } from "../services.ts";
import { readLink } from "./link.ts";
import { linkSecret } from "./link-secret.ts";
import { worldFacts } from "./plan-customer.ts";

/** What a debtor sees who follows a link: how the account stands today. */
export type DebtorAccount = {
  on: CivilDay;
  locale: string;
  creditor: Creditor;
  debtorName: string;
  invoices: LetterInvoice[];
};

/** The account that a link opens; undefined for a link that is wrong or past its time. Changes nothing. */
export async function findDebtorAccount(
  services: Pick<Services, "settings" | "db" | "clock">,
  token: string,
): Promise<DebtorAccount | undefined> {
  const at = services.clock();
  const link = readLink(await linkSecret(services), token, at);
  if (!link) return undefined;
  const source = { sql: "SELECT id FROM customers WHERE id = ?", args: [link.customerId] };
  const shared = worldQueries();
  const results = await services.db.batch([...shared, ...customerQueries(source)], "read");
  const world = readWorld(results.slice(0, shared.length));
  const [stored] = readCustomers(results.slice(shared.length));
  if (!stored || !world.creditor) return undefined;
  const { policy } = policyOf(world, stored.policyName);
  const context = createContext({ customer: stored.facts, policy, world: worldFacts(world, null), at });
  return {
    on: context.today,
    locale: stored.locale ?? world.creditor.locale,
    creditor: world.creditor,
    debtorName: stored.legalName ?? stored.facts.name,
    invoices: statementOf(context),
  };
}
