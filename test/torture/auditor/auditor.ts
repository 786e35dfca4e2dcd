import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Evidence } from "../evidence.ts";
import { brokenChains } from "./chain.ts";
import { insideGap, outOfHours, toSuppressed } from "./contacts.ts";
import { localTime } from "./days.ts";
import type { Finding } from "./findings.ts";
import { sentWhileHeld } from "./holds.ts";
import { lost, sentTwice, toneFell, unapproved } from "./ladder.ts";
import { sentAfterPayment, wrongBooks, wrongSums } from "./money.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { type Invoice, readRecords } from "./records.ts";
import { lettersOf } from "./sends.ts";
import { noticesTwice, unexplained, unknownLeft } from "./unexplained.ts";

export type Audit = Record<string, Finding[]>;

/**
 * Compares what SES took with what the database says, and both with the rules. It shares no line with the product: its own SQL, its
 * own calendar, its own reading of policies and letters. Each column lists what must not be; all of them should be empty.
 */
export async function audit(evidence: Evidence): Promise<Audit> {
  const { mails, runs, book } = evidence;
  const records = await readRecords(evidence.database);
  const letters = lettersOf(mails, runs, records);
  const policies = new Map<string, Policy>([["standard", readPolicy({})]]);
  for (const [name, body] of records.policies) policies.set(name, readPolicy(body));
  const policyOf = ({ customer }: Invoice) => policies.get(customer.policy) ?? policies.get("standard")!;
  const ladder = { records, letters, policyOf };
  return {
    lost: lost(ladder, localTime(evidence.endsAt, "UTC").day),
    "sent twice": [...sentTwice(ladder), ...noticesTwice(mails)],
    "sent after payment": sentAfterPayment(letters, book),
    "inside a gap": insideGap(ladder),
    "tone fell": toneFell(ladder),
    unapproved: unapproved(ladder),
    "while held": sentWhileHeld(letters),
    "out of hours": outOfHours(ladder),
    "to suppressed": toSuppressed(letters, evidence.suppressedAt),
    unexplained: unexplained(records, letters, mails),
    "wrong sum": await wrongSums(letters, book),
    "wrong books": wrongBooks(records, book),
    "chain broken": brokenChains(records),
    "unknown left": unknownLeft(records),
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const evidence: Evidence = JSON.parse(await readFile(process.argv[2]!, "utf8"));
  for (const [column, findings] of Object.entries(await audit(evidence))) {
    console.log(`${column}: ${findings.length}`);
    for (const finding of findings) console.log(`  ${JSON.stringify(finding)}`);
  }
}
