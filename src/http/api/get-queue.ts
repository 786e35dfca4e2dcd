import { z } from "@hono/zod-openapi";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { myQueue } from "../../reminders/alerts/my-queue.ts";
import { endpoint } from "../endpoint.ts";
import { dayText, toWaiting, waiting } from "./get-customer.ts";
import { amount, answers, currency, isoDate } from "./schemas.ts";

const queue = z
  .object({
    waiting: z.array(waiting),
    customers: z
      .array(
        z.object({
          customer_ref: z.string(),
          name: z.string(),
          currency,
          open: amount,
          invoices: z.int(),
          oldest_due_on: isoDate.nullable(),
        }),
      )
      .openapi({ description: "Who has owed the longest first." }),
    promises: z.array(
      z.object({ customer_ref: z.string(), invoice_number: z.string(), currency, amount, on: isoDate }),
    ),
  })
  .openapi("Queue");

export const getQueue = endpoint(
  {
    summary: "What one person has to do and to know: what waits, the own customers by age, their promises",
    tags: ["Reading"],
    request: {
      query: z.object({ person: z.string({ error: "is needed: an e-mail address of an account owner" }) }),
    },
    responses: { 200: answers("The finance owner's customers are all", queue) },
  },
  (services) => async (c) => {
    const mine = await myQueue(services, c.req.valid("query").person);
    return c.json(
      {
        waiting: mine.waiting.map(toWaiting),
        customers: mine.customers.map(({ ref, name, currency, totalMinor, invoices, oldestDueOn }) => ({
          customer_ref: ref,
          name,
          currency,
          open: formatDecimal(totalMinor, currency),
          invoices,
          oldest_due_on: dayText(oldestDueOn),
        })),
        promises: mine.promises.map(({ customerRef, number, currency, amountMinor, on }) => ({
          customer_ref: customerRef,
          invoice_number: number,
          currency,
          amount: formatDecimal(amountMinor, currency),
          on: formatCivilDay(on),
        })),
      },
      200,
    );
  },
);
