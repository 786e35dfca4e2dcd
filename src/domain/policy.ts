import { z } from "zod";
import { AppError } from "../errors.ts";
import type { CalendarRules } from "./calendar.ts";
import type { ContactRole } from "./facts.ts";
import type { InterestRule } from "./interest.ts";
import { policySchema, TEMPLATES } from "./policy-schema.ts";

/** Minor units by currency. */
export type MinBalance = Record<string, number>;

/** One rung of the ladder. Nulls and false are "off". */
export type Stage = {
  key: string;
  /** Days from the due date; negative is before it. */
  offsetDays: number;
  /** Days that lie at least between the previous reminder for the invoice and this one. */
  minGapDays: number;
  template: string;
  to: ContactRole[];
  needsFreshLedger: boolean;
  warnOwnerDaysBefore: number | null;
  interest: boolean;
  approval: "finance" | null;
  alone: boolean;
  silencesCustomer: boolean;
  finalDeadlineDays: number | null;
  minBalance: MinBalance | null;
  /** A letter of which nobody knows whether it left, and of which no delivery event came within an hour, is decided anew, once. */
  retryUnknown: boolean;
};

export type Backlog = { mode: "ask" | "spread"; perDay: number } | { mode: "send" };

/** A checked policy with everything filled in. */
export type Policy = {
  name: string;
  calendar: CalendarRules;
  minContactGapDays: number;
  maxContactsPer30Days: number | null;
  minBalance: MinBalance;
  /** In sending days. */
  freshnessDays: number | null;
  backlog: Backlog;
  /** In order of rising offset, at least one. */
  stages: Stage[];
  ownerAlerts: {
    accountCheckOffsetDays: number | null;
    callOffsetDays: number[];
    financeTakesOverOffsetDays: number | null;
    handoffOffsetDays: number | null;
  };
  promises: { graceDays: number; maxDaysAhead: number; maxPerInvoice: number };
  pauses: { maxDays: number; maxByOwner: number };
  plans: { maxInstalments: number; minFirstShare: number; firstWithinDays: number; maxDays: number };
  replies: { holdDays: number; autoAcceptPromise: boolean };
  interest: InterestRule;
};

const OFF = {
  minGapDays: 0,
  needsFreshLedger: false,
  warnOwnerDaysBefore: null,
  interest: false,
  approval: null,
  alone: false,
  silencesCustomer: false,
  finalDeadlineDays: null,
  minBalance: null,
  retryUnknown: false,
} satisfies Partial<Stage>;

/** The policy that ships with the product and gives the parts that another leaves out. */
export const STANDARD_POLICY: Policy = {
  name: "standard",
  calendar: {
    days: ["mon", "tue", "wed", "thu", "fri"],
    from: "09:00",
    until: "17:00",
    holidays: true,
    rollDueDate: true,
  },
  minContactGapDays: 5,
  maxContactsPer30Days: 4,
  minBalance: { USD: 2500, EUR: 2500, GBP: 2000, CNY: 20000, JPY: 3000 },
  freshnessDays: 2,
  backlog: { mode: "ask", perDay: 200 },
  stages: [
    { ...OFF, key: "pre_due", offsetDays: -3, template: "pre-due", to: ["billing"] },
    {
      ...OFF,
      key: "overdue_3",
      offsetDays: 3,
      template: "overdue-3",
      to: ["billing"],
      needsFreshLedger: true,
    },
    {
      ...OFF,
      key: "overdue_30",
      offsetDays: 30,
      minGapDays: 7,
      template: "overdue-30",
      to: ["billing", "manager"],
      needsFreshLedger: true,
      warnOwnerDaysBefore: 1,
    },
    {
      key: "formal_notice",
      offsetDays: 60,
      minGapDays: 14,
      template: "formal-notice",
      to: ["billing", "executive"],
      needsFreshLedger: true,
      warnOwnerDaysBefore: null,
      interest: true,
      approval: "finance",
      alone: true,
      silencesCustomer: true,
      finalDeadlineDays: 14,
      minBalance: { USD: 25000, EUR: 25000, GBP: 20000, CNY: 200000, JPY: 30000 },
      retryUnknown: false,
    },
  ],
  ownerAlerts: {
    accountCheckOffsetDays: 1,
    callOffsetDays: [10, 45],
    financeTakesOverOffsetDays: 60,
    handoffOffsetDays: 90,
  },
  promises: { graceDays: 2, maxDaysAhead: 30, maxPerInvoice: 2 },
  pauses: { maxDays: 14, maxByOwner: 2 },
  plans: { maxInstalments: 3, minFirstShare: 0.3, firstWithinDays: 7, maxDays: 90 },
  replies: { holdDays: 3, autoAcceptPromise: false },
  interest: { kind: "none" },
};

/** A rate above this, a day, may not be enforceable. */
const WARN_ABOVE_DAILY_RATE = 0.00033;
const MAX_SHOWN = 80;

/**
 * Checks a policy from outside. An absent top-level part is the standard one, a present one replaces it whole; an absent field
 * of the calendar or a stage is off (no limit on days or hours). Throws AppError `invalid` with one line a mistake.
 */
export function parsePolicy(json: unknown): { policy: Policy; warnings: string[] } {
  const parsed = policySchema.safeParse(json);
  if (!parsed.success) throw new AppError("invalid", describeMistakes(parsed.error, json).join("\n"));
  const present = Object.entries(parsed.data).filter(([, part]) => part !== undefined);
  const policy: Policy = { ...STANDARD_POLICY, ...Object.fromEntries(present) };
  return { policy, warnings: warningsOf(policy) };
}

/** The total under which this stage sends nothing: the stage's own, else the policy's, else none (0). */
export function minBalanceFor(policy: Policy, stage: Stage, currency: string): number {
  return stage.minBalance?.[currency] ?? policy.minBalance[currency] ?? 0;
}

function describeMistakes(error: z.ZodError, json: unknown): string[] {
  return error.issues.map((issue) => {
    const where = z.core.toDotPath(issue.path) || "policy";
    if (issue.code === "unrecognized_keys" || issue.code === "custom") return `${where}: ${issue.message}`;
    const value = valueAt(json, issue.path);
    if (value === undefined) return `${where} is missing: it must be ${issue.message}`;
    return `${where} is ${shortJson(value)}: it must be ${issue.message}`;
  });
}

function valueAt(json: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    json,
  );
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function warningsOf({ interest, stages }: Policy): string[] {
  const warnings: string[] = [];
  if (interest.kind === "daily" && interest.rate > WARN_ABOVE_DAILY_RATE) {
    warnings.push(
      `interest.rate is ${interest.rate} a day: above ${WARN_ABOVE_DAILY_RATE} it may not be enforceable`,
    );
  }
  for (const [i, { template, offsetDays }] of stages.entries()) {
    const where = `stages[${i}].template is "${template}"`;
    const sterner = stages.slice(0, i).find((stage) => severityOf(stage) > severityOf({ template }));
    if (sterner)
      warnings.push(`${where}: its words are softer than those of "${sterner.key}", which comes before it`);
    if (template === "pre-due" && offsetDays > 0)
      warnings.push(`${where}: it says that the invoice is not yet due`);
    if (template !== "pre-due" && offsetDays <= 0)
      warnings.push(`${where}: it says that the invoice is overdue`);
  }
  return warnings;
}

function severityOf(stage: { template: string }): number {
  return (TEMPLATES as readonly string[]).indexOf(stage.template);
}
