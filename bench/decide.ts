import { createContext } from "../src/domain/customer-context.ts";
import { decide } from "../src/domain/decide.ts";
import type { CustomerFacts, InvoiceFacts } from "../src/domain/facts.ts";
import { STANDARD_POLICY } from "../src/domain/policy.ts";
import { aCustomer, aHold, anInvoice, aWorld } from "../test/support/facts.ts";
import { AT } from "./filled-store.ts";
import { median, perSecond, type Section, time } from "./table.ts";

const CUSTOMERS = 1_000;
const INVOICES_A_CUSTOMER = 20;
const ROUNDS = 21;
const TODAY = Math.floor(AT / 86_400_000);
const WORLD = aWorld({ freshThrough: AT });

/** Pure decisions: one invoice alone, and with what its customer's invoices share worked out anew. */
export async function decideRates(): Promise<Section[]> {
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => customer(i));
  const contextOf = (facts: CustomerFacts) =>
    createContext({ customer: facts, policy: STANDARD_POLICY, world: WORLD, at: AT });
  const contexts = customers.map(contextOf);
  const alone: number[] = [];
  const withContext: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = await time(() => {
      for (const context of contexts)
        for (const invoice of context.customer.invoices) decide(context, invoice);
    });
    const second = await time(() => {
      for (const facts of customers) {
        const context = contextOf(facts);
        for (const invoice of facts.invoices) decide(context, invoice);
      }
    });
    alone.push(first.seconds);
    withContext.push(second.seconds);
  }
  const count = CUSTOMERS * INVOICES_A_CUSTOMER;
  return [
    {
      title: `decide: ${count.toLocaleString("en")} invoices of every age, ${INVOICES_A_CUSTOMER} a customer`,
      rows: [
        { what: "decisions", measured: perSecond(count, median(alone)), aim: "1,000,000 a second" },
        {
          what: "decisions, each customer's context made anew",
          measured: perSecond(count, median(withContext)),
        },
      ],
    },
  ];
}

function customer(i: number): CustomerFacts {
  return aCustomer({
    id: `cus_${i}`,
    ref: `C-${i}`,
    country: i % 4 ? "DE" : "CN",
    timezone: i % 4 ? "Europe/Berlin" : "Asia/Shanghai",
    invoices: Array.from({ length: INVOICES_A_CUSTOMER }, (_, n) => invoice(i, n)),
    reminderDays: i % 3 ? [] : [TODAY - (i % 30)],
  });
}

/** From two months before the due date to three after it; some with a step behind them, some promised. */
function invoice(i: number, n: number): InvoiceFacts {
  const dueOn = TODAY - 90 + ((i * 7 + n * 13) % 150);
  const isLate = dueOn < TODAY - 5;
  return anInvoice({
    id: `inv_${i}_${n}`,
    number: `INV-${i}-${n}`,
    balanceMinor: 100_000 - (n % 3) * 10_000,
    issuedOn: dueOn - 30,
    dueOn,
    steps: isLate && n % 2 ? [{ stage: "overdue_3", kind: "sent", on: dueOn + 4 }] : [],
    holds: n % 10 === 9 ? [aHold({ kind: "promise", until: TODAY + 5, amountMinor: 40_000 })] : [],
  });
}
