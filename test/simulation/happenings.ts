import { CONTACT_ROLES } from "../../src/domain/facts.ts";
import {
  addCredit,
  type Company,
  type Customer,
  type Invoice,
  putMoney,
  takeBack,
  touch,
  voidApprovals,
  zoneOf,
} from "./company.ts";
import { nextStage, sceneOf } from "./judge.ts";
import { issueInvoice, makeHold } from "./making.ts";
import { naiveLocal } from "./naive-time.ts";
import type { Random } from "./random.ts";

/** One thing that happens to a company at a moment. Nothing does where there is nothing for it to happen to. */
type Happening = (company: Company, random: Random, at: number) => void;

const WEIGHTS = {
  invoiceIssued: 22,
  paid: 9,
  partPaid: 8,
  paidWithoutInvoice: 2,
  refunded: 3,
  credited: 3,
  held: 12,
  customerHeld: 4,
  holdEnded: 8,
  bounced: 2,
  contactAdded: 6,
  called: 2,
  waived: 2,
  reset: 2,
  voided: 1,
  missing: 1,
  found: 2,
  released: 3,
  approved: 9,
  declined: 2,
  settled: 6,
};

export function happen(company: Company, random: Random, at: number): void {
  HAPPENINGS[random.weighted(WEIGHTS)](company, random, at);
}

const HAPPENINGS: Record<keyof typeof WEIGHTS, Happening> = {
  invoiceIssued: issueInvoice,
  paid: onInvoice((customer, invoice, _, at) => {
    putMoney(customer, invoice, { kind: "payment", amountMinor: invoice.facts.balanceMinor, ...dated(at) });
  }),
  partPaid: onInvoice((customer, invoice, random, at) => {
    const amountMinor = random.whole(1, Math.round(invoice.facts.balanceMinor * 1.2));
    putMoney(customer, invoice, { kind: "payment", amountMinor, ...dated(at) });
  }),
  paidWithoutInvoice: onInvoice((customer, _, random, at) => {
    addCredit(customer, "EUR", random.whole(1, 60_000));
    for (const invoice of customer.invoices) voidApprovals(invoice, at);
    touch(customer);
  }),
  refunded(company, random, at) {
    const paid = pickInvoice(company, random, ({ facts }) => facts.balanceMinor < facts.amountMinor);
    if (!paid) return;
    const { amountMinor: amount, balanceMinor } = paid.invoice.facts;
    const amountMinor = random.whole(1, amount - balanceMinor);
    putMoney(paid.customer, paid.invoice, { kind: "refund", amountMinor, ...dated(at) });
  },
  credited: onInvoice((customer, invoice, random, at) => {
    const amountMinor = random.whole(1, invoice.facts.balanceMinor);
    putMoney(customer, invoice, { kind: "credit_note", amountMinor, ...dated(at) });
  }),
  held: onInvoice((customer, invoice, random, at) => {
    const hold = makeHold(random, at, zoneOf(customer.facts), invoice.facts.balanceMinor);
    invoice.facts.holds.push(hold);
    if (hold.kind !== "manual") voidApprovals(invoice, at);
    touch(customer);
  }),
  customerHeld: onInvoice((customer, _, random, at) => {
    const hold = makeHold(random, at, zoneOf(customer.facts), null);
    customer.facts.holds.push(hold);
    if (hold.kind !== "manual") for (const invoice of customer.invoices) voidApprovals(invoice, at);
    touch(customer);
  }),
  holdEnded: onInvoice((customer, invoice, random, at) => {
    const holds = [...invoice.facts.holds, ...customer.facts.holds].filter(({ endedAt }) => endedAt === null);
    if (holds.length === 0) return;
    random.pick(holds).endedAt = at;
    touch(customer);
  }),
  bounced,
  contactAdded: onInvoice(addContact),
  called: onInvoice((customer, _, __, at) => {
    customer.facts.callDays.push(naiveLocal(at, zoneOf(customer.facts)).day);
    touch(customer);
  }),
  waived(company, random, at) {
    const found = pickInvoice(company, random, isOpen);
    if (!found || found.invoice.facts.hasUnknownOutcome) return;
    const scene = sceneOf(company, found.customer.facts, at, false);
    const next = nextStage(scene, found.invoice.facts);
    if (!next) return;
    found.invoice.facts.steps.push({ stage: next.stage.key, kind: "waived", on: scene.today });
    touch(found.customer);
  },
  reset: onInvoice((customer, invoice) => {
    const { steps, hasUnknownOutcome } = invoice.facts;
    if (steps.length > 0 && !hasUnknownOutcome) takeBack(customer, invoice, steps.at(-1)!);
  }),
  voided: onInvoice((customer, invoice) => {
    invoice.facts.status = "void";
    touch(customer);
  }),
  missing: onInvoice((customer, invoice) => {
    invoice.facts.isMissing = true;
    touch(customer);
  }),
  found(company, random) {
    const missing = pickInvoice(company, random, ({ facts }) => facts.isMissing);
    if (!missing) return;
    missing.invoice.facts.isMissing = false;
    touch(missing.customer);
  },
  released: releaseBacklog,
  approved(company, random, at) {
    const asked = pickInvoice(company, random, isAsked);
    if (asked) approve(asked, at);
  },
  declined(company, random, at) {
    const asked = pickInvoice(company, random, isAsked);
    if (!asked) return;
    for (const approval of asked.invoice.facts.approvals) approval.endedAt ??= at;
    const { day } = naiveLocal(at, zoneOf(asked.customer.facts));
    const until = day + random.whole(3, 14);
    asked.invoice.facts.holds.push({ kind: "manual", from: at, until, amountMinor: null, endedAt: null });
    touch(asked.customer);
  },
  settled(company, random) {
    const lost = pickInvoice(company, random, ({ facts }) => facts.hasUnknownOutcome);
    if (lost) settle(company, lost.customer, random.chance(0.5));
  },
};

type Found = { customer: Customer; invoice: Invoice };

const isOpen = ({ facts }: Invoice) => facts.status === "open" && facts.balanceMinor > 0;
export const isAsked = ({ facts }: Invoice) =>
  facts.approvals.some(({ approvedAt, endedAt }) => approvedAt === null && endedAt === undefined);

function pickInvoice(company: Company, random: Random, is: (invoice: Invoice) => boolean): Found | null {
  const customer = random.pick(company.customers);
  const fitting = customer.invoices.filter(is);
  return fitting.length > 0 ? { customer, invoice: random.pick(fitting) } : null;
}

function onInvoice(
  happens: (customer: Customer, invoice: Invoice, random: Random, at: number) => void,
): Happening {
  return (company, random, at) => {
    const found = pickInvoice(company, random, isOpen);
    if (found) happens(found.customer, found.invoice, random, at);
  };
}

function dated(at: number): { on: number; at: number } {
  return { on: naiveLocal(at, "Europe/Berlin").day, at };
}

export function addContact(customer: Customer): void {
  const { contacts } = customer.facts;
  const role = CONTACT_ROLES[contacts.length % CONTACT_ROLES.length]!;
  contacts.push({ role, name: null, email: `${contacts.length}@c.example`, isSuppressed: false });
  touch(customer);
}

/** Every address of a letter that left bounced after all: neither its stages nor the contact count. */
function bounced(company: Company, random: Random): void {
  const send = company.sends.at(-random.whole(1, 3));
  if (send?.outcome !== "accepted" || send.isTakenBack) return;
  for (const contact of send.customer.facts.contacts) contact.isSuppressed = true;
  takeBackSend(send);
}

function takeBackSend(send: Company["sends"][number]): void {
  const { customer, items, on } = send;
  send.isTakenBack = true;
  const { reminderDays } = customer.facts;
  const index = reminderDays.lastIndexOf(on);
  if (index >= 0) reminderDays.splice(index, 1);
  for (const { invoice, stage } of items) takeBack(customer, invoice, { stage, kind: "sent", on });
  touch(customer);
}

/** It becomes known whether what nobody knew of had arrived. */
export function settle(company: Company, customer: Customer, hasArrived: boolean): void {
  const send = company.sends.findLast((one) => one.customer === customer && one.outcome === "unknown");
  if (!send) return;
  send.outcome = hasArrived ? "accepted" : "refused";
  for (const { invoice } of send.items) invoice.facts.hasUnknownOutcome = false;
  if (!hasArrived) takeBackSend(send);
  touch(customer);
}

export function approve({ customer, invoice }: Found, at: number): void {
  for (const approval of invoice.facts.approvals) {
    if (approval.endedAt === undefined) approval.approvedAt ??= at;
  }
  touch(customer);
}

export function releaseBacklog(company: Company, _: unknown, at: number): void {
  company.releasedAt = at;
  for (const { invoices } of company.customers) {
    for (const { facts } of invoices) facts.wasKnownAtRelease = true;
  }
}
