import type { StoredInvoice } from "../../db/invoices.ts";
import type { AlertDetails, AlertInvoice, AlertKind } from "../../domain/alert.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import type { NoticeBody, NoticeItem, NoticeKind } from "../../domain/notice.ts";
import { amountOf, nameOf } from "../alerts/alerts-of-plan.ts";
import type { DebtorCase } from "./debtor-case.ts";

/** An invoice of the case with the share that something is about, minor units. */
export type Share = { invoice: StoredInvoice; amountMinor: number; isPart?: boolean };

/** Has the debtor told, once for the occasion. */
export function notify(
  { recording, stored, notices }: DebtorCase,
  told: { kind: NoticeKind; about: string; shares: Share[]; body?: Omit<NoticeBody, "items"> },
): void {
  notices.push({
    fact: `${told.kind} ${told.about}`,
    kind: told.kind,
    customerId: stored.facts.id,
    invoiceIds: told.shares.map(({ invoice }) => invoice.id),
    leavesAt: recording.at,
    body: { items: told.shares.map(itemOf), ...told.body },
  });
}

/** Has a person at the creditor told, once for the occasion; `note` is read as it is, whatever the language. */
export function tell(
  matter: DebtorCase,
  told: {
    kind: AlertKind;
    to: "owner" | "finance";
    about: string;
    shares: Share[];
    note: (string | null)[];
    details?: AlertDetails;
  },
): void {
  const { stored, creditor, alerts, context } = matter;
  const { kind, to, about, shares, details } = told;
  const financeOwner = creditor?.financeOwner ?? null;
  const note = told.note.filter((part) => part?.trim()).join(" · ");
  alerts.push({
    fact: `${kind} ${about} ${to}`,
    about,
    kind,
    customerId: stored.facts.id,
    invoiceId: shares.length === 1 ? shares[0]!.invoice.id : null,
    toEmail: to === "finance" ? financeOwner : (stored.ownerEmail ?? financeOwner),
    payload: {
      customer: nameOf(context),
      invoices: shares.map((share) => lineOf(matter, share)),
      note: note === "" ? null : note,
      details,
    },
  });
}

/** Tells finance, and the account owner too where that is somebody else. */
export function tellBoth(matter: DebtorCase, told: Omit<Parameters<typeof tell>[1], "to">): void {
  tell(matter, { ...told, to: "finance" });
  const { ownerEmail } = matter.stored;
  if (ownerEmail !== null && ownerEmail !== matter.creditor?.financeOwner)
    tell(matter, { ...told, to: "owner" });
}

function itemOf({ invoice, amountMinor, isPart }: Share): NoticeItem {
  const { number, currency, dueOn, invoiceUrl } = invoice;
  return { number, currency, amountMinor, isPart, dueOn, invoiceUrl };
}

function lineOf({ context }: DebtorCase, { invoice, amountMinor }: Share): AlertInvoice {
  const { number, currency, dueOn } = invoice;
  return {
    number,
    customer: context.customer.name,
    amount: amountOf(amountMinor, currency),
    dueOn: dueOn === null ? null : formatCivilDay(dueOn),
    daysOverdue: dueOn === null ? 0 : Math.max(0, context.today - dueOn),
    stage: null,
  };
}
