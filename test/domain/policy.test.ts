import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minBalanceFor, parsePolicy, STANDARD_POLICY } from "../../src/domain/policy.ts";
import { AppError } from "../../src/errors.ts";

const STAGE = { key: "gentle", offsetDays: 3, template: "overdue-3", to: ["billing"] };

function mistakes(json: unknown): string[] {
  try {
    parsePolicy(json);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("the standard policy", () => {
  test("is a valid policy that warns of nothing", () => {
    const stored = JSON.parse(JSON.stringify(STANDARD_POLICY));
    expect(parsePolicy(stored)).toEqual({ policy: STANDARD_POLICY, warnings: [] });
  });

  test("is what an empty policy amounts to", () => {
    expect(parsePolicy({})).toEqual({ policy: STANDARD_POLICY, warnings: [] });
  });

  test("goes from a friendly word before the due date to a formal notice that finance approves", () => {
    expect(STANDARD_POLICY.stages.map(({ key, offsetDays }) => [key, offsetDays])).toEqual([
      ["pre_due", -3],
      ["overdue_3", 3],
      ["overdue_30", 30],
      ["formal_notice", 60],
    ]);
    expect(STANDARD_POLICY.stages.filter(({ approval }) => approval).map(({ key }) => key)).toEqual([
      "formal_notice",
    ]);
  });
});

describe("a policy's absent parts", () => {
  test("at the top are the standard's, while a present one replaces it whole", () => {
    const { policy } = parsePolicy({
      name: "own",
      minBalance: { CHF: 5000 },
      promises: { graceDays: 0, maxDaysAhead: 5, maxPerInvoice: 1 },
    });
    expect(policy.minBalance).toEqual({ CHF: 5000 });
    expect(policy.promises).toEqual({ graceDays: 0, maxDaysAhead: 5, maxPerInvoice: 1 });
    expect(policy).toEqual({
      ...STANDARD_POLICY,
      name: "own",
      minBalance: policy.minBalance,
      promises: policy.promises,
    });
  });

  test("in a calendar are off: every day, every hour, holidays and rolling ignored", () => {
    expect(parsePolicy({ calendar: {} }).policy.calendar).toEqual({
      days: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
      from: "00:00",
      until: "24:00",
      holidays: false,
      rollDueDate: false,
    });
  });

  test("in a stage are off", () => {
    expect(parsePolicy({ stages: [STAGE] }).policy.stages).toEqual([
      {
        ...STAGE,
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
      },
    ]);
  });

  test("among the owner's alerts raise none", () => {
    expect(parsePolicy({ ownerAlerts: { callOffsetDays: [10] } }).policy.ownerAlerts).toEqual({
      accountCheckOffsetDays: null,
      callOffsetDays: [10],
      financeTakesOverOffsetDays: null,
      handoffOffsetDays: null,
    });
  });

  test("that bound promises, pauses and plans are asked for", () => {
    expect(mistakes({ promises: { graceDays: 2 }, pauses: { maxDays: 3 } })).toEqual([
      "promises.maxDaysAhead is missing: it must be a whole number from 1 to 366",
      "promises.maxPerInvoice is missing: it must be a whole number from 0 to 100",
      "pauses.maxByOwner is missing: it must be a whole number from 0 to 100",
    ]);
  });
});

describe("a policy's guards", () => {
  test("are switched off one by one", () => {
    const off = {
      freshnessDays: null,
      maxContactsPer30Days: null,
      minContactGapDays: 0,
      backlog: { mode: "send" },
    };
    const { policy, warnings } = parsePolicy(off);
    expect(policy).toEqual({ ...STANDARD_POLICY, ...off });
    expect(warnings).toEqual([]);
  });

  test("include a calendar that is always open", () => {
    const calendar = {
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      from: "00:00",
      until: "24:00",
      holidays: false,
    };
    expect(mistakes({ calendar })).toEqual([]);
  });

  test("spread the backlog without asking", () => {
    expect(parsePolicy({ backlog: { mode: "spread", perDay: 5 } }).policy.backlog).toEqual({
      mode: "spread",
      perDay: 5,
    });
  });
});

describe("a mistake in a policy", () => {
  test.each<[string, unknown, string]>([
    ["no object", "x", 'policy is "x": it must be an object with name, calendar,'],
    ["an unknown part", { calender: {} }, 'policy: unknown "calender"; known here: name, calendar,'],
    [
      "an unknown field",
      { calendar: { holiday: true } },
      'calendar: unknown "holiday"; known here: days, from, until, holidays, rollDueDate, timezone',
    ],
    [
      "an unknown field of a stage",
      { stages: [{ ...STAGE, minGap: 2 }] },
      'stages[0]: unknown "minGap"; known here: key, offsetDays,',
    ],
    [
      "no sending day",
      { calendar: { days: [] } },
      "calendar.days is []: it must be a list of at least one of sun, mon,",
    ],
    [
      "an unknown day",
      { calendar: { days: ["Monday"] } },
      'calendar.days[0] is "Monday": it must be one of "sun", "mon",',
    ],
    [
      "a day named twice",
      { calendar: { days: ["mon", "mon"] } },
      "calendar.days: the same one is there twice",
    ],
    [
      "a time that no clock shows",
      { calendar: { from: "9:00" } },
      'calendar.from is "9:00": it must be a time from "00:00" to "23:59"',
    ],
    ["a day that begins when it ends", { calendar: { from: "24:00" } }, 'calendar.from is "24:00"'],
    [
      "an end after midnight",
      { calendar: { until: "24:01" } },
      'calendar.until is "24:01": it must be a time from "00:01" to "24:00"',
    ],
    [
      "hours the wrong way round",
      { calendar: { from: "17:00", until: "09:00" } },
      'calendar.until: "09:00" must be after "from", "17:00"',
    ],
    [
      "hours of no length",
      { calendar: { from: "09:00", until: "09:00" } },
      'calendar.until: "09:00" must be after',
    ],
    [
      "an unknown zone",
      { calendar: { timezone: "Berlin" } },
      'calendar.timezone: "Berlin" is no time zone; use a name such as "Europe/Berlin"',
    ],
    [
      "an unknown currency",
      { minBalance: { RMB: 1 } },
      'minBalance: "RMB" is no ISO 4217 currency code, such as "EUR"',
    ],
    [
      "an amount below zero",
      { minBalance: { EUR: -1 } },
      "minBalance.EUR is -1: it must be a whole number from 0 to 9007199254740991",
    ],
    [
      "an amount in major units",
      { minBalance: { EUR: 25.5 } },
      "minBalance.EUR is 25.5: it must be a whole number",
    ],
    [
      "a number as text",
      { minContactGapDays: "5" },
      'minContactGapDays is "5": it must be a whole number from 0 to 365',
    ],
    [
      "no contact allowed at all",
      { maxContactsPer30Days: 0 },
      "maxContactsPer30Days is 0: it must be a whole number from 1 to 1000",
    ],
    [
      "an unknown backlog mode",
      { backlog: { mode: "drop" } },
      'backlog.mode is "drop": it must be "ask", "spread" or "send"',
    ],
    [
      "a backlog without mode",
      { backlog: {} },
      'backlog.mode is missing: it must be "ask", "spread" or "send"',
    ],
    [
      "a backlog as a word",
      { backlog: "ask" },
      'backlog is "ask": it must be an object whose mode is "ask", "spread" or "send"',
    ],
    [
      "a backlog without its share",
      { backlog: { mode: "ask" } },
      "backlog.perDay is missing: it must be a whole number from 1 to 1000000",
    ],
    ["no stage", { stages: [] }, "stages is []: it must be a list of at least one stage"],
    [
      "a stage without key",
      { stages: [{ ...STAGE, key: undefined }] },
      "stages[0].key is missing: it must be a key of a-z, 0-9 and _",
    ],
    ["a key with a blank", { stages: [{ ...STAGE, key: "very late" }] }, 'stages[0].key is "very late"'],
    [
      "an unknown template",
      { stages: [{ ...STAGE, template: "angry" }] },
      'stages[0].template is "angry": it must be one of "pre-due", "overdue-3",',
    ],
    [
      "an unknown role",
      { stages: [{ ...STAGE, to: ["boss"] }] },
      'stages[0].to[0] is "boss": it must be one of "billing", "manager",',
    ],
    [
      "nobody to write to",
      { stages: [{ ...STAGE, to: [] }] },
      "stages[0].to is []: it must be a list of at least one of billing,",
    ],
    [
      "an approval by others",
      { stages: [{ ...STAGE, approval: "boss" }] },
      'stages[0].approval is "boss": it must be "finance" or null',
    ],
    [
      "a rate without a basis",
      { interest: { kind: "daily", rate: 0.0002 } },
      "interest.basis is missing: it must be the clause or law",
    ],
    [
      "a rate with an empty basis",
      { interest: { kind: "daily", rate: 0.0002, basis: " " } },
      'interest.basis is " ": it must be the clause',
    ],
    [
      "a rate of nothing",
      { interest: { kind: "daily", rate: 0, basis: "x" } },
      "interest.rate is 0: it must be a fraction a day above 0 and below 1",
    ],
    [
      "a statutory kind",
      { interest: { kind: "statutory" } },
      'interest.kind is "statutory": it must be "none" or "daily"',
    ],
    [
      "a share above one",
      { plans: { ...STANDARD_POLICY.plans, minFirstShare: 30 } },
      "plans.minFirstShare is 30: it must be a number from 0 to 1",
    ],
  ])("is told: %s", (_, json, sentence) => {
    const told = mistakes(json);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(sentence);
  });

  test("in the order or the keys of stages is told", () => {
    expect(mistakes({ stages: [STAGE, STAGE] })).toEqual([
      'stages[1].key: "gentle" is there twice; each stage needs a key of its own',
      "stages[1].offsetDays: 3 must be above 3, the offset of the stage before",
    ]);
  });

  test("does not hide the others", () => {
    expect(mistakes({ freshnessDays: -1, calendar: { from: 9 }, colour: "red" })).toHaveLength(3);
  });

  test("never comes out as anything but a refusal", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom(...Object.keys(STANDARD_POLICY)), fc.jsonValue()),
        ),
        (json) => {
          for (const mistake of mistakes(json)) expect(mistake).toMatch(/ is .+: it must be |: /);
        },
      ),
    );
  });
});

describe("a policy check warns", () => {
  test("above 0.00033 a day, and not at it", () => {
    const interest = { kind: "daily", rate: 0.00033, basis: "contract clause 7.2" };
    expect(parsePolicy({ interest }).warnings).toEqual([]);
    expect(parsePolicy({ interest: { ...interest, rate: 0.00034 } }).warnings).toEqual([
      "interest.rate is 0.00034 a day: above 0.00033 it may not be enforceable",
    ]);
  });

  test("where the words do not fit the moment or grow softer", () => {
    const stages = [
      { ...STAGE, key: "a", offsetDays: -2, template: "overdue-30" },
      { ...STAGE, key: "b", offsetDays: 5, template: "pre-due" },
    ];
    expect(parsePolicy({ stages }).warnings).toEqual([
      'stages[0].template is "overdue-30": it says that the invoice is overdue',
      'stages[1].template is "pre-due": its words are softer than those of "a", which comes before it',
      'stages[1].template is "pre-due": it says that the invoice is not yet due',
    ]);
  });
});

describe("the least balance", () => {
  const { policy } = parsePolicy({
    minBalance: { EUR: 100, USD: 200 },
    stages: [{ ...STAGE, minBalance: { EUR: 900 } }],
  });
  test.each([
    ["EUR", 900],
    ["USD", 200],
    ["CHF", 0],
  ])("in %s is %i: the stage's own, else the policy's, else none", (currency, minor) => {
    expect(minBalanceFor(policy, policy.stages[0]!, currency)).toBe(minor);
  });
});
