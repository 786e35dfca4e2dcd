import { z } from "zod";
import { WEEKDAYS } from "./civil-date.ts";
import { CONTACT_ROLES } from "./facts.ts";
import { isCurrency } from "./money.ts";
import { isZone } from "./zone.ts";

const TEMPLATES = ["pre-due", "overdue-3", "overdue-30", "formal-notice"] as const;
const MAX_DAYS = 3650;

function part<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown ${issue.keys.map((key) => `"${key}"`).join(", ")}; known here: ${known}`
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
  return z.enum(values, { error: values.map((value) => `"${value}"`).join(" or ") });
}

function distinct<Item extends z.ZodType<string>>(item: Item, error: string) {
  return z
    .array(item, error)
    .min(1, error)
    .refine((items) => new Set(items).size === items.length, { message: "names the same one twice" });
}

const flag = z.boolean("true or false");
const text = z
  .string("a text that is not empty")
  .trim()
  .min(1, "a text that is not empty")
  .max(500, "at most 500 characters");
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
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, FROM)
    .default("00:00"),
  until: z
    .string(UNTIL)
    .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, UNTIL)
    .default("24:00"),
  holidays: flag.default(false),
  rollDueDate: flag.default(false),
  timezone: z
    .string('a time zone such as "Europe/Berlin"')
    .refine(isZone, {
      error: (issue) => `"${issue.input}" is no time zone; use a name such as "Europe/Berlin"`,
    })
    .optional(),
}).refine(({ from, until }) => from < until, {
  error: (issue) =>
    `"from" must be before "until"; ${JSON.stringify(issue.input)} has it the other way round`,
});

const stage = part({
  key: z
    .string(`a key such as "overdue_3"`)
    .regex(/^[a-z][a-z0-9_]{0,39}$/, `a key of a-z, 0-9 and _, such as "overdue_3"`),
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
  { error: `an object whose mode is ${MODES}` },
);

const interest = z.discriminatedUnion(
  "kind",
  [
    part({ kind: z.literal("none") }),
    part({
      kind: z.literal("daily"),
      rate: z
        .number("a fraction a day above 0 and up to 0.01")
        .gt(0, "a fraction a day above 0 and up to 0.01")
        .max(0.01, "a fraction a day above 0 and up to 0.01"),
      basis: z
        .string("the clause or law that the rate rests on")
        .trim()
        .min(1, "the clause or law that the rate rests on"),
    }),
  ],
  { error: `an object whose kind is "none" or "daily"` },
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
      .max(20, "a list of at most 20")
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
