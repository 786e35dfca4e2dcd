import fc from "fast-check";
import { expect, test } from "vitest";
import { readLink, signLink } from "../../../src/reminders/links/link.ts";
import { linkSecret, linkSecrets } from "../../../src/reminders/links/link-secret.ts";
import { makeServices } from "../../support/database.ts";

const SECRET = "a secret of some length";
const link = { customerId: "cus_0abc", reminderId: "rem_0def", expiresAt: 1_800_000_000_000 };

test("a token tells what was signed", () => {
  const token = signLink(SECRET, link);
  expect(readLink([SECRET], token)).toEqual(link);
});

test("a token needs no escaping in a URL", () => {
  expect(signLink(SECRET, link)).toMatch(/^[A-Za-z0-9._-]+$/);
});

test("another secret opens nothing", () => {
  expect(readLink(["another secret, as long"], signLink(SECRET, link))).toBeUndefined();
});

test("after a change of the secret, what the last one signed is still good", () => {
  const token = signLink(SECRET, link);
  const renewed = ["a newer secret, as long", SECRET];
  expect(readLink(renewed, token)).toEqual(link);
  expect(readLink(renewed, signLink(renewed[0]!, link))).toEqual(link);
});

test("no changed character goes unnoticed", () => {
  const token = signLink(SECRET, link);
  const change = fc.record({
    at: fc.nat({ max: token.length - 1 }),
    by: fc.constantFrom(..."ABCXYZabcxyz0189-_."),
  });
  fc.assert(
    fc.property(change, ({ at, by }) => {
      fc.pre(token[at] !== by);
      expect(readLink([SECRET], token.slice(0, at) + by + token.slice(at + 1))).toBeUndefined();
    }),
  );
});

test.each(["", ".", "..", "a.b.c", "a.b.c.d", "x".repeat(5000)])("%j is no token", (token) => {
  expect(readLink([SECRET], token)).toBeUndefined();
});

test("the secret is the setting, else made once and kept", async () => {
  const services = await makeServices();
  const [one, two] = await Promise.all([linkSecret(services), linkSecret(services)]);
  expect(one).toBe(two);
  expect(one.length).toBeGreaterThanOrEqual(43);
  const settings = { ...services.settings, LINK_SECRET: ["from the environment", "from last year"] };
  expect(await linkSecret({ ...services, settings })).toBe("from the environment");
  expect(await linkSecrets({ ...services, settings })).toEqual(settings.LINK_SECRET);
});
