import type { InStatement } from "@libsql/client";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { type ApprovalRequest, askApproval } from "../../db/approvals.ts";
import { appendLedger, type LedgerAppend } from "../../db/ledger.ts";
import { storeLooks } from "../../db/looks.ts";
import type { World } from "../../db/world.ts";
import { answerDueAt, openQuestion } from "../../domain/approval.ts";
import type { Decision } from "../../domain/decide.ts";
import { newId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { alertInvoice, alertsOfPlan, nameOf } from "../alerts/alerts-of-plan.ts";
import { type CustomerPlan, isToBeAsked } from "./plan-customer.ts";
import { sendingLimitAlert } from "./sending-limits.ts";
import { waitingAlerts } from "./waiting-alerts.ts";

/**
 * Stores what follows from plans that send nothing now: when to look again, what people are told, which approvals finance
 * is asked for. One round trip for all of them.
 */
export async function settleCustomers(
  services: Pick<Services, "db" | "log">,
  input: { plans: CustomerPlan[]; world: World; at: Instant },
): Promise<void> {
  const { plans, world, at } = input;
  if (plans.length === 0) return;
  const financeOwner = world.creditor?.financeOwner ?? null;
  const alerts: NewAlert[] = plans.flatMap((plan) => alertsOfPlan(plan, financeOwner));
  const requests = plans.flatMap((plan) => approvalsToAsk(plan, at));
  const statements: InStatement[] = [storeLooks(plans.map((plan) => plan.looks))];
  if (requests.length > 0) {
    const heads = new Map(plans.flatMap((plan) => [...plan.stored.heads]));
    statements.push(
      ...askApproval(requests, at),
      appendLedger(
        heads,
        requests.flatMap((request) => askedEntries(request, at)),
      ),
    );
    alerts.push(...requests.flatMap((request) => approvalAlerts(request, financeOwner)));
  }
  const overdue = plans.flatMap((plan) => overdueAnswers(plan));
  alerts.push(...overdue);
  if (plans.some(isLimited)) alerts.push(sendingLimitAlert(world, at));
  alerts.push(...waitingAlerts(plans, world));
  if (alerts.length > 0) statements.push(addAlerts(alerts, at));
  const results = await services.db.batch(statements);
  if (overdue.length === 0) return;
  const told = new Set(results.at(-1)!.rows.map((row) => String(row.fact)));
  for (const { fact, reminderId } of overdue) {
    if (told.has(fact)) services.log("warn", "approval_overdue", { reminder: reminderId });
  }
}

function isLimited({ decisions }: CustomerPlan): boolean {
  return decisions.some(({ reason }) => reason === "sending_limit");
}

type PlannedRequest = ApprovalRequest & { plan: CustomerPlan; decisions: Decision[] };

/** One request per stage: finance reads the letter as it would leave, with every invoice in it. */
function approvalsToAsk(plan: CustomerPlan, at: Instant): PlannedRequest[] {
  const waiting = plan.decisions.filter((decision) => isToBeAsked(plan.stored, decision));
  const stages = [...new Set(waiting.map(({ stage }) => stage!.key))];
  return stages.map((stage) => {
    const decisions = waiting.filter((decision) => decision.stage!.key === stage);
    return {
      id: newId("rem", at),
      customerId: plan.stored.facts.id,
      customerVersion: plan.stored.version,
      stage,
      policyName: plan.context.policy.name,
      policyVersion: plan.policyVersion,
      leavesOn: plan.context.today,
      items: decisions.map(({ invoice, askedMinor }) => ({
        invoiceId: invoice.id,
        askedMinor,
        balanceMinor: invoice.balanceMinor,
      })),
      plan,
      decisions,
    };
  });
}

function askedEntries({ id, stage, decisions }: PlannedRequest, at: Instant): LedgerAppend[] {
  return decisions.map(({ invoice, askedMinor }) => ({
    invoiceId: invoice.id,
    reminderId: id,
    entry: {
      at,
      kind: "approval_asked",
      author: "clock",
      data: { reminder: id, stage, asked: askedMinor, currency: invoice.currency },
    },
  }));
}

/** Finance is asked whether it was paid; the account owner, where that is somebody else, whether anything is against it. */
function approvalAlerts(
  { id, plan, decisions, stage }: PlannedRequest,
  financeOwner: string | null,
): NewAlert[] {
  const asked: NewAlert = {
    fact: `approval_asked ${id}`,
    about: id,
    kind: "approval_asked",
    customerId: plan.stored.facts.id,
    invoiceId: null,
    toEmail: financeOwner,
    reminderId: id,
    payload: {
      customer: nameOf(plan.context),
      invoices: decisions.map(({ invoice }) => alertInvoice(plan.context, invoice, stage)),
      note: null,
    },
  };
  const { ownerEmail } = plan.stored;
  if (ownerEmail === null || ownerEmail === financeOwner) return [asked];
  return [asked, { ...asked, fact: `objection_asked ${id}`, kind: "objection_asked", toEmail: ownerEmail }];
}

/** Questions that finance left unanswered too long: others than finance are told. */
function overdueAnswers({ decisions, context, stored }: CustomerPlan): NewAlert[] {
  const letters = new Map<string, Decision[]>();
  for (const decision of decisions) {
    if (decision.reason !== "awaiting_approval") continue;
    const { invoice, stage } = decision;
    const question = openQuestion(invoice.approvals, stage!.key);
    if (!question || answerDueAt(question.askedAt, context.calendar) > context.at) continue;
    const id = stored.asked.get(`${invoice.id} ${stage!.key}`)!;
    letters.set(id, [...(letters.get(id) ?? []), decision]);
  }
  return [...letters].map(([id, unanswered]) => ({
    fact: `approval_overdue ${id}`,
    about: id,
    kind: "approval_overdue",
    customerId: stored.facts.id,
    invoiceId: null,
    reminderId: id,
    toEmail: null,
    payload: {
      customer: nameOf(context),
      invoices: unanswered.map(({ invoice, stage }) => alertInvoice(context, invoice, stage!.key)),
      note: null,
    },
  }));
}
