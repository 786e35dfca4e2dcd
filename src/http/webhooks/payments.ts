import type { Handler } from "hono";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { PAYMENT_COLUMNS } from "../../domain/rows.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { isSameText } from "../../reminders/links/link.ts";
import type { PaymentEvent } from "../../reminders/money/record-payment-event.ts";
import { takePaymentEvent } from "../../reminders/money/take-payment-event.ts";
import type { Services } from "../../services.ts";
import { ProblemError } from "../problem.ts";

const KINDS = {
  "payment.received": "payment",
  "payment.refunded": "refund",
  "credit_note.issued": "credit_note",
} as const;

const TOLERANCE_MS = 300_000;

const columns = z.partialRecord(z.enum(PAYMENT_COLUMNS), z.string().nullable());
const body = z.discriminatedUnion("type", [
  z.object({
    type: z.enum(["payment.received", "payment.refunded", "credit_note.issued"]),
    timestamp: z.iso.datetime({ offset: true }),
    data: columns,
  }),
  z.object({
    type: z.literal("invoice.voided"),
    timestamp: z.iso.datetime({ offset: true }),
    data: z.object({ invoice_number: z.string().trim().min(1) }),
  }),
]);

/** Takes payments, refunds, credit notes and voided invoices, signed as https://www.standardwebhooks.com says. */
export function paymentsWebhook(services: Services): Handler {
  return async (c) => {
    const text = await c.req.text();
    const headers = c.req.header();
    requireSignature(services, text, headers);
    const id = headers["webhook-id"]!;
    const result = await takePaymentEvent(services, { id, source: "payments", event: readEvent(text, id) });
    return c.json({ result }, 200);
  };
}

/** The library signs, but reads the machine's clock where it verifies: what is stale or of the future goes by ours. */
function requireSignature(
  { settings, clock }: Services,
  text: string,
  headers: Record<string, string>,
): void {
  const secret = settings.PAYMENTS_WEBHOOK_SECRET;
  if (secret === undefined)
    throw new ProblemError(403, "PAYMENTS_WEBHOOK_SECRET is not set, so no signature can be checked.");
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (!id || !timestamp || !signatures) throw notSigned("a required header is missing");
  if (!/^\d{1,11}$/.test(timestamp)) throw notSigned("its time is no number of seconds");
  const signedAt = Number(timestamp) * 1000;
  if (signedAt < clock() - TOLERANCE_MS) throw notSigned("it is too old");
  if (signedAt > clock() + TOLERANCE_MS) throw notSigned("it is of a time to come");
  const expected = new Webhook(secret).sign(id, new Date(signedAt), text);
  if (!signatures.split(" ").some((given) => isSameText(given, expected)))
    throw notSigned("no signature fits");
}

function notSigned(why: string): ProblemError {
  return new ProblemError(401, `The webhook is not signed as it has to be: ${why}.`);
}

/** The message's own id makes it once where it has no reference; the day is that of the message where none is told. */
function readEvent(text: string, id: string): PaymentEvent {
  const read = body.safeParse(parseJson(text));
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => ({
      field: path.join(".") || "body",
      detail: message,
    }));
    throw new ProblemError(422, errors.map(({ field, detail }) => `${field} ${detail}`).join("; "), errors);
  }
  if (read.data.type === "invoice.voided") return { voided: read.data.data.invoice_number };
  const { type, timestamp, data } = read.data;
  const told = Object.fromEntries(
    Object.entries(data).flatMap(([column, value]) => (value?.trim() ? [[column, value.trim()]] : [])),
  );
  const paidOn = formatCivilDay(civilDayAt(Date.parse(timestamp), "UTC"));
  return { row: { paid_on: paidOn, reference: `webhook ${id}`, ...told, kind: KINDS[type] } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(400, "The body is no JSON.");
  }
}
