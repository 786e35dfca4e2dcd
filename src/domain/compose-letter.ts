import type { CivilDay } from "./civil-date.ts";
import { type CustomerContext, isIssued } from "./customer-context.ts";
import type { InvoiceFacts } from "./facts.ts";
import type { PlannedReminder } from "./group.ts";
import { isActive } from "./holds.ts";
import { type InterestCharge, simpleDailyInterest } from "./interest.ts";
import type { Creditor, Letter, LetterInvoice, LetterInvoiceStatus, LetterTotal } from "./letter.ts";
import type { Stage } from "./policy.ts";

const ANSWER_WITHIN_WORKING_DAYS = 7;
const ANSWERED_TEMPLATE = "overdue-30";
const LATE_BEYOND_OFFSET_DAYS = 7;

/** What was allocated to an invoice, by day, minor units; refunds are negative. Needed for interest alone. */
export type LatePayments = Map<string, { on: CivilDay; amountMinor: number }[]>;

/** What a planned reminder says, as facts. */
export function composeLetter(input: {
  context: CustomerContext;
  reminder: PlannedReminder;
  creditor: Creditor;
  debtor: Letter["debtor"];
  locale: string;
  pageUrl: string;
  latePayments: LatePayments;
}): Letter {
  const { context, reminder, creditor, debtor, locale, pageUrl } = input;
  const { policy, today, calendar } = context;
  const tone = policy.stages[reminder.stageIndex]!;
  const asked = reminder.items.map(({ invoice, stage }) => {
    const own = policy.stages.find(({ key }) => key === stage)!;
    return letterInvoice(context, invoice, interestOf(context, invoice, own, input.latePayments));
  });
  const ids = new Set(reminder.items.map(({ invoice }) => invoice.id));
  const others = context.customer.invoices
    .filter((invoice) => !ids.has(invoice.id) && isListed(context, invoice))
    .map((invoice) => letterInvoice(context, invoice, null));
  return {
    template: tone.template,
    locale,
    on: today,
    creditor,
    debtor,
    asked: asked.sort(byDueDate),
    others: others.sort(byDueDate),
    totals: totalsOf(asked),
    answerBy: tone.template === ANSWERED_TEMPLATE ? calendar.add(today, ANSWER_WITHIN_WORKING_DAYS) : null,
    finalOn: tone.finalDeadlineDays === null ? null : today + tone.finalDeadlineDays,
    nextTemplate: policy.stages[reminder.stageIndex + 1]?.template ?? null,
    isFirstAndLate: isFirstAndLate(context, reminder),
    interestRule: policy.interest,
    pageUrl,
  };
}

/** Everything that the context's customer has open, as letters list it: oldest first, without interest. */
export function statementOf(context: CustomerContext): LetterInvoice[] {
  const listed = context.customer.invoices.filter((invoice) => isListed(context, invoice));
  return listed.map((invoice) => letterInvoice(context, invoice, null)).sort(byDueDate);
}

function isListed(context: CustomerContext, invoice: InvoiceFacts): boolean {
  if (invoice.status !== "open" || invoice.dueOn === null || !isIssued(invoice, context.today)) return false;
  return context.dues.get(invoice.id)!.netMinor > 0;
}

function letterInvoice(
  context: CustomerContext,
  invoice: InvoiceFacts,
  interest: InterestCharge | null,
): LetterInvoice {
  const { askedMinor, heldMinor } = context.dues.get(invoice.id)!;
  return {
    number: invoice.number,
    poNumber: invoice.poNumber,
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn!,
    currency: invoice.currency,
    amountMinor: invoice.amountMinor,
    askedMinor,
    heldMinor,
    daysOverdue: Math.max(0, context.today - invoice.dueOn!),
    status: statusOf(context, invoice),
    paymentUrl: invoice.paymentUrl,
    invoiceUrl: invoice.invoiceUrl,
    earlier: invoice.steps.filter(({ kind }) => kind === "sent").map(({ stage, on }) => ({ stage, on })),
    interest,
  };
}

function statusOf(context: CustomerContext, invoice: InvoiceFacts): LetterInvoiceStatus {
  const { today, activeHolds } = context;
  if (context.dues.get(invoice.id)!.askedMinor === 0 || activeHolds.length > 0) {
    const holds = [...invoice.holds.filter((hold) => isActive(hold, today)), ...activeHolds];
    if (holds.some(({ kind }) => kind === "promise")) return "promised";
    if (holds.some(({ kind }) => kind === "dispute")) return "disputed";
  }
  const isHeld = invoice.holds.some(
    (hold) => isActive(hold, today) && hold.kind !== "promise" && hold.kind !== "dispute",
  );
  if (isHeld || activeHolds.length > 0) return "on_hold";
  if (invoice.dueOn! > today) return "not_yet_due";
  return invoice.dueOn === today ? "due_today" : "overdue";
}

function interestOf(
  context: CustomerContext,
  invoice: InvoiceFacts,
  stage: Stage,
  latePayments: LatePayments,
): InterestCharge | null {
  if (!stage.interest) return null;
  const late = (latePayments.get(invoice.id) ?? []).filter(({ on }) => on > invoice.dueOn!);
  const { askedMinor } = context.dues.get(invoice.id)!;
  return simpleDailyInterest({
    rule: context.policy.interest,
    dueOn: invoice.dueOn!,
    throughOn: context.today,
    principalMinor: late.reduce((sum, { amountMinor }) => sum + amountMinor, askedMinor),
    changes: late.map(({ on, amountMinor }) => ({ on, amountMinor: -amountMinor })),
  });
}

function totalsOf(asked: LetterInvoice[]): LetterTotal[] {
  const totals = new Map<string, LetterTotal>();
  for (const { currency, askedMinor, interest } of asked) {
    const total = totals.get(currency) ?? { currency, askedMinor: 0, interestMinor: 0 };
    total.askedMinor += askedMinor;
    total.interestMinor += interest?.interestMinor ?? 0;
    totals.set(currency, total);
  }
  return [...totals.values()];
}

function isFirstAndLate({ policy, today }: CustomerContext, { items }: PlannedReminder): boolean {
  return items.some(({ invoice, stage }) => {
    const offset = policy.stages.find(({ key }) => key === stage)!.offsetDays;
    const isFirst = !invoice.steps.some(({ kind }) => kind === "sent");
    return isFirst && today - invoice.dueOn! > Math.max(offset, 0) + LATE_BEYOND_OFFSET_DAYS;
  });
}

function byDueDate(a: LetterInvoice, b: LetterInvoice): number {
  return a.dueOn - b.dueOn || (a.number < b.number ? -1 : 1);
}
