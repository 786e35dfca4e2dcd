import type { Hold } from "../../src/domain/facts.ts";
import { aCustomer, anInvoice } from "../support/facts.ts";
import { type Company, type Customer, touch } from "./company.ts";
import { NAIVE_ZONES, naiveLocal } from "./naive-time.ts";
import type { Random } from "./random.ts";

const HOLDS: Record<Hold["kind"], number> = {
  manual: 4,
  promise: 6,
  dispute: 6,
  plan: 2,
  reply: 2,
  paid_reported: 2,
  insolvency: 1,
};

export function foundCustomer(random: Random, n: number): Customer {
  const contacts = (["billing", "manager"] as const).slice(0, random.whole(0, 2));
  const facts = aCustomer({
    id: `cus_${n}`,
    ref: `C${n}`,
    kind: random.chance(0.03) ? "consumer" : "company",
    timezone: random.pick([...NAIVE_ZONES, null]),
    country: random.pick(["DE", "CN", "US", null]),
    contacts: contacts.map((role) => ({ role, name: null, email: `${role}@c.example`, isSuppressed: false })),
  });
  return { facts, invoices: [], retryAt: 0 };
}

/** Mostly new ones; now and then one that is long overdue, not yet issued, or without a date. */
export function issueInvoice(company: Company, random: Random, at: number): void {
  const customer = random.pick(company.customers);
  const n = customer.invoices.length;
  if (n >= 7) return;
  const today = naiveLocal(at, "Europe/Berlin").day;
  const issuedOn = today + random.pick([0, 0, -3, -3, 10, 25, -30, -100]);
  const term = random.pick([0, 7, 14, 14, 30]);
  const facts = anInvoice({
    id: `inv_${customer.facts.id}_${n}`,
    number: `${customer.facts.ref}-${n}`,
    amountMinor: random.pick([5_000, 30_000, 100_001]),
    currency: random.pick(["EUR", "EUR", "EUR", "JPY"]),
    issuedOn: random.chance(0.9) ? issuedOn : null,
    dueOn: random.chance(0.97) ? issuedOn + term : null,
    wasKnownAtRelease: false,
    steps: [],
    holds: [],
    approvals: [],
  });
  const looks = { nextLookAt: 0, waitsFor: null, stageDueOn: null };
  customer.invoices.push({ facts, ...looks, money: [], words: [] });
  touch(customer);
}

export function makeHold(random: Random, at: number, zone: string, balanceMinor: number | null): Hold {
  const share =
    balanceMinor === null ? null : random.pick([null, random.whole(1, balanceMinor), nearly(balanceMinor)]);
  const kind = random.weighted(HOLDS);
  const today = naiveLocal(at, zone).day;
  return {
    kind,
    from: at,
    until: random.chance(0.8) ? today + random.whole(0, 25) : null,
    amountMinor: kind === "promise" || kind === "dispute" ? share : null,
    endedAt: null,
  };
}

/** All but so much that it alone is below most minimums. */
function nearly(balanceMinor: number): number {
  return Math.max(1, balanceMinor - 4_000);
}
