import { isIP } from "node:net";
import { z } from "zod";
import { AppError } from "./errors.ts";

const text = z.string().trim().min(1, "must not be blank");
const list = text.transform((value) =>
  value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
/** The first signs, all are good: so one can be changed while what the last one signed is still about. */
const secrets = list.refine((all) => all.length > 0, "must not be blank");
const address = z.url({
  protocol: /^https?$/,
  error: "must be an address that starts with https:// or http://",
});
const PORT_RULE = "must be a whole number from 0 to 65535";
const port = text
  .regex(/^\d{1,5}$/, PORT_RULE)
  .transform(Number)
  .refine((number) => number <= 65535, PORT_RULE);

const DAYS_RULE = "must be a whole number of days above 0";
const RATE_RULE = "must be a number of mails a second above 0";

/** Every setting of the product, on one page: environment variables on Node, bindings on Workers. */
const schema = z
  .object({
    DATABASE_URL: text
      .regex(/^(file:|libsql:|https?:|wss?:)/, "must start with file:, libsql:, https: or http:")
      .default("file:./dunwell.db"),
    DATABASE_AUTH_TOKEN: text.optional(),
    PUBLIC_URL: address.optional(),
    LINK_SECRET: secrets.optional(),
    API_KEY: text.optional(),
    MAILER: z.enum(["outbox", "ses"], { error: "must be outbox or ses" }).default("outbox"),
    MAIL_FROM: text.optional(),
    MAIL_REPLY_DOMAIN: text.regex(/^[a-z0-9.-]+$/i, "must be a domain name").optional(),
    MAIL_REDIRECT_TO: z.email({ error: "must be an e-mail address" }).optional(),
    AWS_REGION: text.optional(),
    AWS_ACCESS_KEY_ID: text.optional(),
    AWS_SECRET_ACCESS_KEY: text.optional(),
    AWS_SESSION_TOKEN: text.optional(),
    AWS_ENDPOINT_URL_SES: address.optional(),
    AWS_ENDPOINT_URL_S3: address.optional(),
    SES_CONFIGURATION_SET: text.optional(),
    SES_MAX_RATE: z.coerce.number(RATE_RULE).positive(RATE_RULE).optional(),
    SNS_CERTIFICATE_HOSTS: list.default(["sns.*.amazonaws.com"]),
    SNS_TOPIC_ARNS: list.default([]),
    SLACK_BOT_TOKEN: text.startsWith("xoxb-", "must start with xoxb-").optional(),
    SLACK_SIGNING_SECRET: text.optional(),
    SLACK_APP_TOKEN: text.startsWith("xapp-", "must start with xapp-").optional(),
    SLACK_API_URL: address.optional(),
    SLACK_FALLBACK_CHANNEL: text.optional(),
    STRIPE_WEBHOOK_SECRET: text.optional(),
    PAYMENTS_WEBHOOK_SECRET: text
      .regex(/^(whsec_)?[A-Za-z0-9+/]+={0,2}$/, "must be base64, as Standard Webhooks has it: whsec_…")
      .optional(),
    RETENTION_DAYS: z.coerce.number(DAYS_RULE).int(DAYS_RULE).positive(DAYS_RULE).optional(),
    TRUSTED_PROXIES: list
      .refine((all) => all.every(isNetwork), "must be addresses or networks, like 10.0.0.2, 10.1.0.0/16")
      .default([]),
    READ_MODEL_URL: address.optional(),
    READ_MODEL_KEY: text.optional(),
    READ_MODEL_NAME: text.optional(),
    WEBHOOK_PRIVATE_HOSTS: list.default([]),
    HOST: text.default("127.0.0.1"),
    PORT: port.default(8787),
  })
  .superRefine((settings, context) => {
    if (settings.MAILER !== "ses") return;
    for (const key of ["AWS_REGION", "MAIL_FROM"] as const) {
      if (!settings[key])
        context.addIssue({ code: "custom", path: [key], message: "must be set with MAILER=ses" });
    }
  });

export type Settings = z.output<typeof schema>;
export const SETTING_NAMES = Object.keys(schema.shape);

/**
 * Reads the settings from the environment. Unknown variables are ignored, empty ones count as absent.
 * Throws AppError `invalid` that names every wrong or missing setting and never prints a value.
 */
export function readSettings(environment: Record<string, unknown>): Settings {
  const present = Object.fromEntries(
    SETTING_NAMES.filter((key) => typeof environment[key] === "string" && environment[key] !== "").map(
      (key) => [key, environment[key]],
    ),
  );
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const said = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new AppError("invalid", `settings: ${said.join("; ")}`);
}

/** An IPv4 or IPv6 address, or a network by its address and length. */
function isNetwork(text: string): boolean {
  const [, address = "", bits = "0"] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!;
  return Number(bits) <= longest;
}
