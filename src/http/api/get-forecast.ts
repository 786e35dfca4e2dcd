import { z } from "@hono/zod-openapi";
import { forecast } from "../../reminders/forecast/forecast.ts";
import { toSendLine } from "../../reminders/sending/send-line.ts";
import { endpoint } from "../endpoint.ts";
import { answers, isoDate } from "./schemas.ts";

const MOST_DAYS = 366;
const DAYS = `is a whole number from 0 to ${MOST_DAYS}`;

const line = z
  .object({
    date: isoDate,
    invoice: z.string(),
    customer: z.string(),
    stage: z.string(),
    action: z.literal("send"),
    reminder: z.string().openapi({ description: "The same for invoices that share a message." }),
  })
  .openapi("ForecastLine");

export const getForecast = endpoint(
  {
    summary: "What will be sent, to whom and when, if nothing changes",
    tags: ["Reminders"],
    request: {
      query: z.strictObject({
        days: z
          .string()
          .regex(/^\d{1,3}$/, DAYS)
          .transform(Number)
          .refine((days) => days <= MOST_DAYS, DAYS)
          .default(30)
          .openapi({ type: "integer", minimum: 0, maximum: MOST_DAYS, default: 30 }),
      }),
    },
    responses: {
      200: answers("One line an invoice and send", z.object({ days: z.int(), reminders: z.array(line) })),
    },
  },
  (services) => async (c) => {
    const { days } = c.req.valid("query");
    const sends = await forecast(services, { days });
    return c.json({ days, reminders: sends.map(toSendLine) }, 200);
  },
);
