import type { NewAlert } from "../../db/alerts.ts";

/** Word to whoever runs the service; `fact` has it told once. */
export function serviceProblem(fact: string, note: string): NewAlert {
  return {
    fact,
    kind: "service_problem",
    customerId: null,
    invoiceId: null,
    toEmail: null,
    payload: { customer: null, invoices: [], note: note.charAt(0).toUpperCase() + note.slice(1) },
  };
}
