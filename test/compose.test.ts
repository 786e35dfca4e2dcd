import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { compose } from "../src/compose.ts";

const folder = await mkdtemp(join(tmpdir(), "dunwell-compose-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const clock = () => 0;
const file = { DATABASE_URL: `file:${join(folder, "compose.db")}` };

test("without settings, mail stays in the outbox and chat in the log", async () => {
  const { mailer, chat, db } = await compose(file, { clock });
  expect([mailer.name, chat.name]).toEqual(["outbox", "log"]);
  db.close();
});

test("settings choose SES and Slack", async () => {
  const ses = { MAILER: "ses", AWS_REGION: "eu-central-1", MAIL_FROM: "ar@acme.example" };
  const { mailer, chat, db } = await compose({ ...file, ...ses, SLACK_BOT_TOKEN: "xoxb-1-2" }, { clock });
  expect([mailer.name, chat.name]).toEqual(["ses", "slack"]);
  db.close();
});

test("a wrong setting is named and its value is not", async () => {
  const wrong = compose({ ...file, PUBLIC_URL: "nowhere" }, { clock });
  await expect(wrong).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("PUBLIC_URL"),
  });
  await expect(wrong).rejects.not.toMatchObject({ message: expect.stringContaining("nowhere") });
});
