import { type Answers, answerQueries, readAnswers } from "../../db/debtor-answers.ts";
import { customerQueries, readCustomers } from "../../db/facts.ts";
import { revocationQuery } from "../../db/revoked-links.ts";
import { policyOf, readWorld, worldQueries } from "../../db/world.ts";
import type { Calendar } from "../../domain/calendar.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { statementOf } from "../../domain/compose-letter.ts";
import { createContext } from "../../domain/customer-context.ts";
import type { Creditor, LetterInvoice } from "../../domain/letter.ts";
import type { Policy } from "../../domain/policy.ts";
import type { Services } from "../../services.ts";
import { worldFacts } from "../sending/plan-customer.ts";
import { type Link, madeAt, readLink } from "./link.ts";
import { linkSecrets } from "./link-secret.ts";

/** What a debtor sees who follows a link: how the account stands today, and what was said about it. */
export type DebtorAccount = {
  customerId: string;
  on: CivilDay;
  locale: string;
  creditor: Creditor;
  debtorName: string;
  debtorAddress: string | null;
  /** All names under which the debtor is known. */
  debtorNames: string[];
  invoices: LetterInvoice[];
  answers: Answers;
  rules: Pick<Policy, "promises" | "plans">;
  calendar: Calendar;
};

/**
 * What a token opens. `over`: a genuine link that expired or was revoked. `wrong`: no link of ours, or of a customer that is gone.
 */
export type OpenedLink =
  | { state: "open"; link: Link; account: DebtorAccount }
  | { state: "over"; link: Link }
  | { state: "wrong" };

/** Opens a link. Changes nothing, however often and by whomever. */
export async function openLink(
  services: Pick<Services, "settings" | "db" | "clock">,
  token: string,
): Promise<OpenedLink> {
  const at = services.clock();
  const link = readLink(await linkSecrets(services), token);
  if (!link) return { state: "wrong" };
  const source = { sql: "SELECT id FROM customers WHERE id = ?", args: [link.customerId] };
  const shared = worldQueries();
  const [revoked, ...results] = await services.db.batch(
    [
      revocationQuery({ ...link, madeAt: madeAt(link) }),
      ...shared,
      ...answerQueries(link.customerId),
      ...customerQueries(source),
    ],
    "read",
  );
  const world = readWorld(results.splice(0, shared.length));
  const answers = readAnswers(results.splice(0, 3));
  const [stored] = readCustomers(results);
  if (!stored || !world.creditor) return { state: "wrong" };
  if (at >= link.expiresAt || revoked!.rows.length > 0) return { state: "over", link };
  const { policy } = policyOf(world, stored.policyName);
  const context = createContext({ customer: stored.facts, policy, world: worldFacts(world, null), at });
  const names = [stored.legalName, stored.facts.name].filter((name) => name !== null);
  const account: DebtorAccount = {
    customerId: link.customerId,
    on: context.today,
    locale: stored.locale ?? world.creditor.locale,
    creditor: world.creditor,
    debtorName: names[0]!,
    debtorAddress: stored.address,
    debtorNames: names,
    invoices: statementOf(context),
    answers,
    rules: policy,
    calendar: context.calendar,
  };
  return { state: "open", link, account };
}
