import { z } from "zod";
import { AppError } from "./errors.ts";

const text = z.string().trim().min(1);
const list = text.transform((value) => value.split(",").map((part) => part.trim()).filter(Boolean));
const port = z.coerce.number().int().min(0).max(65535);

/** Every setting of the product, on one page: environment variables on Node, bindings on Workers. */
const schema = z
  .object({
    DATABASE_URL: text.regex(/^(file:|libsql:|https?:|wss?:)/, "starts with file:, libsql:, https: or http:").default("file:./dunwell.db"),
    DATABASE_AUTH_TOKEN: text.optional(),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: "is an http(s) address" }).optional(),
    LINK_SECRET: text.min(16, "has at least 16 characters").optional(),
    API_KEY: text.min(16, "has at least 16 characters").optional(),
    MAILER: z.enum(["outbox", "ses"], { error: "is outbox or ses" }).default("outbox"),
    MAIL_FROM: text.optional(),
    MAIL_REPLY_DOMAIN: text.regex(/^[a-z0-9.-]+$/i, "is a domain name").optional(),
    MAIL_REDIRECT_TO: z.email({ error: "is an e-mail address" }).optional(),
    AWS_REGION: text.optional(),
    AWS_ACCESS_KEY_ID: text.optional(),
    AWS_SECRET_ACCESS_KEY: text.optional(),
    AWS_SESSION_TOKEN: text.optional(),
    AWS_ENDPOINT_URL_SES: z.url().optional(),
    AWS_ENDPOINT_URL_S3: z.url().optional(),
    SES_CONFIGURATION_SET: text.optional(),
    SES_MAX_RATE: z.coerce.number().positive({ error: "is a number of mails a second above 0" }).optional(),
    SNS_CERTIFICATE_HOSTS: list.default(["sns.*.amazonaws.com"]),
    SNS_TOPIC_ARNS: list.default([]),
    SLACK_BOT_TOKEN: text.startsWith("xoxb-", "starts with xoxb-").optional(),
    SLACK_SIGNING_SECRET: text.optional(),
    SLACK_APP_TOKEN: text.startsWith("xapp-", "starts with xapp-").optional(),
    SLACK_API_URL: z.url().optional(),
    SLACK_FALLBACK_CHANNEL: text.optional(),
    STRIPE_WEBHOOK_SECRET: text.optional(),
    PAYMENTS_WEBHOOK_SECRET: text.optional(),
    HOST: text.default("127.0.0.1"),
    PORT: port.default(8787),
  })
  .superRefine((settings, context) => {
    if (settings.MAILER !== "ses") return;
    for (const key of ["AWS_REGION", "MAIL_FROM"] as const) {
      if (!settings[key]) context.addIssue({ code: "custom", path: [key], message: "is needed with MAILER=ses" });
    }
  });

export type Settings = z.output<typeof schema>;

/**
 * Reads the settings from the environment. Unknown variables are ignored, empty ones count as absent.
 * Throws AppError `invalid` that names every wrong or missing setting and never prints a value.
 */
export function readSettings(environment: Record<string, unknown>): Settings {
  const present = Object.fromEntries(
    Object.keys(schema.shape)
      .filter((key) => typeof environment[key] === "string" && environment[key] !== "")
      .map((key) => [key, environment[key]]),
  );
  const parsed = schema.safeParse(present, { error: () => "has a value that is not allowed" });
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new AppError("invalid", `settings: ${said.join("; ")}`);
}
