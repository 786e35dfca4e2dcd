import type { NewAlert } from "../../db/alerts.ts";
import type { Addressee } from "../../db/deliveries.ts";
import type { StoredReminder } from "../../db/reminder-outcomes.ts";
import type { DeliveryEvent } from "../../domain/delivery.ts";

/** That somebody complained about a mail: for the account owner, who had better call. */
export function complaintAlert(mail: Addressee, { mailId, address }: DeliveryEvent): NewAlert {
  return { ...alertOf(mail), fact: `complaint ${mailId} ${address}`, kind: "complaint" };
}

/** That nobody knows whether a reminder left: the account owner finds out, and says so. */
export function outcomeUnknownAlert(reminder: StoredReminder): NewAlert {
  const { id } = reminder;
  return { ...alertOf(reminder), fact: `outcome_unknown ${id}`, about: id, kind: "outcome_unknown" };
}

/** That a reminder reached nobody for now, and is tried again: told once for its stage. */
export function missedAlert(reminder: StoredReminder): NewAlert {
  const [first] = reminder.items.map(({ invoiceId, stage }) => `${invoiceId} ${stage}`).sort();
  const alert = alertOf(reminder);
  const payload = { ...alert.payload, note: "bounced_for_now" };
  return { ...alert, fact: `missed ${first}`, kind: "notice_failed", payload };
}

function alertOf({ customerId, customer, items }: Addressee) {
  const { ref, name, ownerEmail } = customer;
  const line = { customer: name, amount: "", dueOn: null, daysOverdue: 0 };
  return {
    customerId,
    invoiceId: null,
    toEmail: ownerEmail,
    payload: {
      customer: { ref, name },
      invoices: items.map(({ number, stage }) => ({ number, stage, ...line })),
      note: null,
    },
  };
}
