// The auditor's own reading of a policy: what a part left out means is copied from the specification, not from the code.

export type Stage = {
  key: string;
  offsetDays: number;
  minGapDays: number;
  needsApproval: boolean;
  silences: boolean;
  finalDeadlineDays: number;
  retriesUnknown: boolean;
  minBalance: Record<string, number>;
};

export type Policy = {
  days: string[];
  from: string;
  until: string;
  gapDays: number;
  contactsPer30Days: number;
  minBalance: Record<string, number>;
  stages: Stage[];
};

const STANDARD = {
  calendar: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", until: "17:00" },
  minContactGapDays: 5,
  maxContactsPer30Days: 4,
  minBalance: { USD: 2500, EUR: 2500, GBP: 2000, CNY: 20000, JPY: 3000 },
  stages: [
    { key: "pre_due", offsetDays: -3, minGapDays: 0 },
    { key: "overdue_3", offsetDays: 3, minGapDays: 0 },
    { key: "overdue_30", offsetDays: 30, minGapDays: 7 },
    {
      key: "formal_notice",
      offsetDays: 60,
      minGapDays: 14,
      approval: "finance",
      silencesCustomer: true,
      finalDeadlineDays: 14,
      minBalance: { USD: 25000, EUR: 25000, GBP: 20000, CNY: 200000, JPY: 30000 },
    },
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: it is read from JSON
export function readPolicy(body: any): Policy {
  const { calendar, minContactGapDays, maxContactsPer30Days, minBalance, stages } = { ...STANDARD, ...body };
  return {
    days: calendar.days ?? ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    from: calendar.from ?? "00:00",
    until: calendar.until ?? "24:00",
    gapDays: minContactGapDays,
    contactsPer30Days: maxContactsPer30Days ?? Number.POSITIVE_INFINITY,
    minBalance,
    // biome-ignore lint/suspicious/noExplicitAny: as above
    stages: stages.map((stage: any) => ({
      key: stage.key,
      offsetDays: stage.offsetDays,
      minGapDays: stage.minGapDays ?? 0,
      needsApproval: stage.approval === "finance",
      silences: stage.silencesCustomer === true,
      finalDeadlineDays: stage.finalDeadlineDays ?? 0,
      retriesUnknown: stage.retryUnknown === true,
      minBalance: stage.minBalance ?? minBalance,
    })),
  };
}
