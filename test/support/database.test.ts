import { expect, test } from "vitest";
import { makeServices } from "./database.ts";

test("each test has a database of its own", async () => {
  const [one, two] = [await makeServices(), await makeServices()];
  await one.db.client.execute("INSERT INTO settings (key, value) VALUES ('fresh_through', '1')");
  const { rows } = await two.db.client.execute("SELECT * FROM settings");
  expect(rows).toEqual([]);
});

test("the fakes remember and answer as told", async () => {
  const { mailer, chat, clock, log } = await makeServices();
  const mail = { id: "rem_1", from: "a@b.example", to: ["c@d.example"], raw: new Uint8Array() };
  expect(await mailer.send(mail)).toMatchObject({ kind: "accepted" });
  mailer.answer({ kind: "deferred", code: "Throttling", detail: "", isQuota: false });
  expect(await mailer.send(mail)).toMatchObject({ kind: "deferred" });
  expect([mailer.mails.length, mailer.attempts.length]).toEqual([1, 2]);
  chat.answer({ kind: "deferred", code: "ratelimited", retryAfterMs: 1000 });
  await chat.post({ toEmail: null, text: "hello", blocks: [] });
  expect(chat.posts).toEqual([]);
  clock.set("2026-05-01T00:00:00Z");
  clock.advance({ days: 1 });
  expect(clock()).toBe(Date.parse("2026-05-02T00:00:00Z"));
  log("info", "tick", { left: 3 });
  expect(log.events).toEqual([{ level: "info", event: "tick", fields: { left: 3 } }]);
});
