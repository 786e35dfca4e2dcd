import { expect, test } from "vitest";
import { readSettings } from "../src/config.ts";

test.each([
  ["PORT", "abc", "must be a whole number from 0 to 65535"],
  ["PORT", "65536", "must be a whole number from 0 to 65535"],
  ["PORT", "1e3", "must be a whole number from 0 to 65535"],
  ["LINK_SECRET", ",", "must not be blank"],
  ["HOST", "  ", "must not be blank"],
  ["DATABASE_URL", "./x.db", "must start with file:, libsql:, https: or http:"],
  ["PUBLIC_URL", "dunwell.example", "must be an address that starts with https:// or http://"],
  ["SLACK_API_URL", "slack", "must be an address that starts with https:// or http://"],
  ["MAILER", "post", "must be outbox or ses"],
  ["MAIL_REPLY_DOMAIN", "a b", "must be a domain name"],
  ["MAIL_REDIRECT_TO", "me", "must be an e-mail address"],
  ["SES_MAX_RATE", "fast", "must be a number of mails a second above 0"],
  ["SES_MAX_RATE", "0", "must be a number of mails a second above 0"],
  ["SLACK_BOT_TOKEN", "token", "must start with xoxb-"],
  ["SLACK_APP_TOKEN", "token", "must start with xapp-"],
  ...["10.0.0.300", "10.0.0.0/33", "2001:db8::/129", "2001:::1", "10.0.0.0/", "/8", "proxy.example"].map(
    (proxy) => [
      "TRUSTED_PROXIES",
      `127.0.0.1, ${proxy}`,
      "must be addresses or networks, like 10.0.0.2, 10.1.0.0/16",
    ],
  ),
])("%s=%s is refused in words of its own, once", (name, value, message) => {
  expect(() => readSettings({ [name]: value })).toThrow(
    expect.objectContaining({ message: `settings: ${name} ${message}` }),
  );
});

test("a sender and a region are needed where Amazon sends", () => {
  expect(() => readSettings({ MAILER: "ses" })).toThrow(
    "settings: AWS_REGION must be set with MAILER=ses; MAIL_FROM must be set with MAILER=ses",
  );
});

test("a port in digits is a number", () => {
  expect(readSettings({ PORT: "0" }).PORT).toBe(0);
  expect(readSettings({ PORT: "" }).PORT).toBe(8787);
});
