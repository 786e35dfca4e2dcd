import type { NewAlert } from "../db/alerts.ts";
import type { Addressee } from "../db/deliveries.ts";
import type { DeliveryEvent } from "../domain/delivery.ts";

/** That somebody complained about a mail: for the account owner, who had better call. */
export function complaintAlert(mail: Addressee, { mailId, address }: DeliveryEvent): NewAlert {
  return { ...alertOf(mail), fact: `complaint ${mailId} ${address}`, kind: "complaint" };
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
