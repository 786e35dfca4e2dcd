import { z } from "zod";
import { WEEKDAYS } from "./civil-date.ts";
import { CONTACT_ROLES } from "./facts.ts";
import { isCurrency } from "./money.ts";
import { isZone } from "./zone.ts";

/** From the softest to the sternest. */
export const TEMPLATES = ["pre-due", "overdue-3", "overdue-30", "formal-notice"] as const;
const MAX_DAYS = 3650;

function part<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}; known here: ${known}`
        : `an object with ${known}`,
  });
}

function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.number(error).int(error).min(min, error).max(max, error);
}

function fraction(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number(error).min(min, error).max(max, error);
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.map((value) => `"${value}"`).join(", ")}` });
}

function distinct<Item extends z.ZodType<string>>(item: Item, error: string) {
  return z
    .array(item, error)
    .min(1, error)
    .refine((items) => new Set(items).size === items.length, "the same one is there twice");
}

const flag = z.boolean("true or false");
const text = z
  .string("a text that is not empty")
  .trim()
  .min(1, "a text that is not empty")
  .max(100, "a text of at most 100 characters");
const optionalDays = whole(1, MAX_DAYS).nullable();

const minBalance = z
  .record(z.string(), whole(0, Number.MAX_SAFE_INTEGER), "an object of minor units by currency")
  .superRefine((balances, context) => {
    for (const code of Object.keys(balances)) {
      if (isCurrency(code)) continue;
      context.addIssue({ code: "custom", message: `"${code}" is no ISO 4217 currency code, such as "EUR"` });
    }
  });

const FROM = `a time from "00:00" to "23:59"`;
const UNTIL = `a time from "00:01" to "24:00"`;

const calendar = part({
  days: distinct(oneOf(WEEKDAYS), `a list of at least one of ${WEEKDAYS.join(", ")}`).default([...WEEKDAYS]),
  from: z
    .string(FROM)
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: FROM, abort: true })
    .default("00:00"),
  until: z
    .string(UNTIL)
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: UNTIL, abort: true })
    .default("24:00"),
  holidays: flag.default(false),
  rollDueDate: flag.default(false),
  timezone: z
    .string('a time zone such as "Europe/Berlin"')
    .refine(isZone, {
      error: ({ input }) => `"${input}" is no time zone; use a name such as "Europe/Berlin"`,
    })
    .optional(),
}).superRefine(({ from, until }, context) => {
  if (from >= until)
    context.addIssue({
      code: "custom",
      path: ["until"],
      message: `"${until}" must be after "from", "${from}"`,
    });
});

const KEY = 'a key of a-z, 0-9 and _, such as "overdue_3"';
const stage = part({
  key: z.string(KEY).regex(/^[a-z][a-z0-9_]{0,39}$/, KEY),
  offsetDays: whole(-365, MAX_DAYS),
  minGapDays: whole(0, 365).default(0),
  template: oneOf(TEMPLATES),
  to: distinct(oneOf(CONTACT_ROLES), `a list of at least one of ${CONTACT_ROLES.join(", ")}`),
  needsFreshLedger: flag.default(false),
  warnOwnerDaysBefore: whole(1, 60).nullable().default(null),
  interest: flag.default(false),
  approval: z.literal("finance", `"finance" or null`).nullable().default(null),
  alone: flag.default(false),
  silencesCustomer: flag.default(false),
  finalDeadlineDays: whole(1, 365).nullable().default(null),
  minBalance: minBalance.nullable().default(null),
  retryUnknown: flag.default(false),
});

const stages = z
  .array(stage, "a list of at least one stage")
  .min(1, "a list of at least one stage")
  .max(20, "a list of at most 20 stages")
  .superRefine((list, context) => {
    for (const [i, { key, offsetDays }] of list.entries()) {
      const before = list.slice(0, i);
      const previous = before.at(-1);
      const path = (field: string) => ({ code: "custom" as const, path: [i, field] });
      if (before.some((other) => other.key === key)) {
        context.addIssue({
          ...path("key"),
          message: `"${key}" is there twice; each stage needs a key of its own`,
        });
      }
      if (previous && offsetDays <= previous.offsetDays) {
        context.addIssue({
          ...path("offsetDays"),
          message: `${offsetDays} must be above ${previous.offsetDays}, the offset of the stage before`,
        });
      }
    }
  });

const MODES = `"ask", "spread" or "send"`;
const backlog = z.discriminatedUnion(
  "mode",
  [
    part({ mode: z.literal(["ask", "spread"], MODES), perDay: whole(1, 1_000_000) }),
    part({ mode: z.literal("send"), perDay: whole(1, 1_000_000).optional() }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? MODES : `an object whose mode is ${MODES}`) },
);

const KINDS = `"none" or "daily"`;
const RATE = "a fraction a day above 0 and below 1";
const BASIS = "the clause or law that the rate rests on";
const interest = z.discriminatedUnion(
  "kind",
  [
    part({ kind: z.literal("none") }),
    part({
      kind: z.literal("daily"),
      rate: z.number(RATE).gt(0, RATE).lt(1, RATE),
      basis: z.string(BASIS).trim().min(1, BASIS),
    }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? KINDS : `an object whose kind is ${KINDS}`) },
);

/** The shape of a policy file. Messages complete the sentence "… must be". */
export const policySchema = part({
  name: text.optional(),
  calendar: calendar.optional(),
  minContactGapDays: whole(0, 365).optional(),
  maxContactsPer30Days: whole(1, 1000).nullable().optional(),
  minBalance: minBalance.optional(),
  freshnessDays: whole(0, 365).nullable().optional(),
  backlog: backlog.optional(),
  stages: stages.optional(),
  ownerAlerts: part({
    accountCheckOffsetDays: optionalDays.default(null),
    callOffsetDays: z
      .array(whole(1, MAX_DAYS), "a list of whole numbers of days")
      .max(20, "a list of at most 20 numbers of days")
      .default([]),
    financeTakesOverOffsetDays: optionalDays.default(null),
    handoffOffsetDays: optionalDays.default(null),
  }).optional(),
  promises: part({
    graceDays: whole(0, 60),
    maxDaysAhead: whole(1, 366),
    maxPerInvoice: whole(0, 100),
  }).optional(),
  pauses: part({ maxDays: whole(1, 366), maxByOwner: whole(0, 100) }).optional(),
  plans: part({
    maxInstalments: whole(1, 60),
    minFirstShare: fraction(0, 1),
    firstWithinDays: whole(0, 366),
    maxDays: whole(1, MAX_DAYS),
  }).optional(),
  replies: part({ holdDays: whole(0, 60), autoAcceptPromise: flag.default(false) }).optional(),
  interest: interest.optional(),
});
