import { seeded } from "./random.ts";

const DAY_MS = 24 * 3600 * 1000;
/** A Monday before anything happened. */
export const START = Date.parse("2026-01-05T02:00:00Z");

export type TestCustomer = { ref: string; policy: string; currency: string };
export type TestInvoice = { number: string; customer: TestCustomer; amountMinor: number; issuedOn: string };
export type Company = {
  customers: TestCustomer[];
  invoices: TestInvoice[];
  policies: Record<string, unknown>[];
  /** Files to import, by name; `later-N.csv` come in while it runs. */
  files: Record<string, string>;
};

const PLACES = [
  ["DE", "Europe/Berlin", "EUR"],
  ["US", "America/New_York", "USD"],
  ["CN", "Asia/Shanghai", "CNY"],
  ["GB", "Europe/London", "GBP"],
  ["JP", "Asia/Tokyo", "JPY"],
  ["AU", "Australia/Lord_Howe", "USD"],
  ["BR", "America/Sao_Paulo", "EUR"],
  ["KW", "Asia/Kuwait", "KWD"],
] as const;
const POLICIES = ["always", "brisk", "always", "standard", "always", "brisk"];
const FILES = 4;

/** Some thirty customers under three policies and some hundred and fifty invoices, with fax machines, consumers and dead letter boxes among them. */
export function makeCompany(seed: number, size: { customers: number; invoices: number }): Company {
  const random = seeded(seed, "company");
  const customers = Array.from({ length: size.customers }, (_, i) => ({
    ref: `C-${String(i + 1).padStart(2, "0")}`,
    policy: POLICIES[i % POLICIES.length]!,
    currency: PLACES[i % PLACES.length]![2],
  }));
  const invoices = Array.from({ length: size.invoices }, (_, i): TestInvoice => {
    const customer = customers[i % customers.length]!;
    const isSmall = random.chance(0.05);
    const issued = START + random.whole(-40, 75) * DAY_MS;
    return {
      number: `INV-${1001 + i}`,
      customer,
      amountMinor: isSmall ? random.whole(100, 1900) : random.whole(300_00, 99_999_99),
      issuedOn: dayOf(issued),
    };
  });
  const files: Record<string, string> = { "customers.csv": customersFile(customers) };
  const [first, ...later] = inParts(invoices, FILES);
  files["invoices.csv"] = invoicesFile(first!);
  for (const [i, part] of later.entries()) files[`later-${i + 1}.csv`] = invoicesFile(part);
  return { customers, invoices, policies: [ALWAYS, BRISK], files };
}

function inParts<T>(items: T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) => items.filter((_, i) => i % parts === part));
}

function customersFile(customers: TestCustomer[]): string {
  const rows = customers.flatMap(({ ref, policy }, i) => {
    const [country, zone] = PLACES[i % PLACES.length]!;
    const number = ref.slice(2);
    const locale = country === "CN" ? "zh-CN" : "en";
    const kind = i === 12 ? "consumer" : "company";
    const own = `${ref},Company ${number},${kind},${country},${locale},${zone},rep@acme.example,${policy}`;
    if (i === 17) return [`${own},,`];
    const roles =
      i % 3 === 0
        ? ["billing", "manager", "executive"]
        : i % 3 === 1
          ? ["billing"]
          : ["billing", "executive"];
    return roles.map((role) => `${own},${mailboxOf(i)}-${role}@c${number}.example,${role}`);
  });
  return `customer_ref,name,kind,country,locale,timezone,owner_email,policy,contact_email,contact_role\n${rows.join("\n")}\n`;
}

/** The provider's events come from what a mailbox is called. */
function mailboxOf(i: number): string {
  if (i % 10 === 3) return "bounces";
  if (i % 10 === 7) return "complains";
  return "reads";
}

function invoicesFile(invoices: TestInvoice[]): string {
  const rows = invoices.map(({ number, customer, amountMinor, issuedOn }) => {
    const due = dayOf(Date.parse(issuedOn) + 30 * DAY_MS);
    return `${number},${customer.ref},${customer.currency},${toDecimal(amountMinor, customer.currency)},${issuedOn},${due}`;
  });
  return `invoice_number,customer_ref,currency,amount,issued_on,due_on\n${rows.join("\n")}\n`;
}

export function toDecimal(minor: number, currency: string): string {
  const decimals = currency === "JPY" ? 0 : currency === "KWD" ? 3 : 2;
  return (minor / 10 ** decimals).toFixed(decimals);
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

const STAGES = [
  { key: "pre_due", offsetDays: -3, template: "pre-due", to: ["billing"] },
  { key: "overdue_3", offsetDays: 3, template: "overdue-3", to: ["billing"] },
  { key: "overdue_10", offsetDays: 10, minGapDays: 4, template: "overdue-3", to: ["billing"] },
  { key: "overdue_20", offsetDays: 20, minGapDays: 5, template: "overdue-3", to: ["manager"] },
  { key: "overdue_30", offsetDays: 30, minGapDays: 7, template: "overdue-30", to: ["billing", "manager"] },
  { key: "overdue_45", offsetDays: 45, minGapDays: 7, template: "overdue-30", to: ["billing", "manager"] },
  {
    key: "formal_notice",
    offsetDays: 60,
    minGapDays: 14,
    template: "formal-notice",
    to: ["billing", "executive"],
    approval: "finance",
    alone: true,
    silencesCustomer: true,
    finalDeadlineDays: 14,
  },
];
const ANY_TIME = {
  days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
  from: "00:00",
  until: "24:00",
  holidays: false,
};

/** No guard but the ladder itself: most of what is sent is sent by it. */
const ALWAYS = {
  name: "always",
  calendar: ANY_TIME,
  minContactGapDays: 0,
  maxContactsPer30Days: null,
  minBalance: {},
  freshnessDays: null,
  backlog: { mode: "send" },
  stages: STAGES.map((stage) => ({ ...stage, retryUnknown: stage.key !== "formal_notice" })),
};

const BRISK = {
  name: "brisk",
  calendar: { ...ANY_TIME, days: ["mon", "tue", "wed", "thu", "fri", "sat"], rollDueDate: true },
  minContactGapDays: 3,
  maxContactsPer30Days: 6,
  minBalance: { EUR: 2500, USD: 2500 },
  freshnessDays: null,
  backlog: { mode: "ask", perDay: 10 },
  stages: STAGES,
};
