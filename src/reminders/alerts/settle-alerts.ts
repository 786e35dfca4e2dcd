import {
  readSettledMatters,
  settledMattersQuery,
  settleStatement,
  touchHeads,
} from "../../db/alert-answers.ts";
import type { Services } from "../../services.ts";

const MOST_A_RUN = 500;

/**
 * Marks questions to people whose matter is settled, wherever that happened: in Slack, by the API, on the command line or on the
 * debtor's page. `customerId`: of one customer only; null, of all.
 */
export async function settleAlerts({ db, clock }: Pick<Services, "db" | "clock">, customerId: string | null) {
  const [found] = await db.batch([settledMattersQuery(customerId, MOST_A_RUN)], "read");
  const settled = readSettledMatters(found!, clock());
  if (settled.length > 0) await db.batch([settleStatement(settled), touchHeads(settled.map(({ id }) => id))]);
}
