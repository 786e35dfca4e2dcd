import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { sendNotices } from "../../src/reminders/notices/send-notices.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tell } from "../support/deliveries.ts";
import { noticesOf, planNotice, reminded } from "../support/notices.ts";
import { type Moment, startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";

const SCRIPT = fileURLToPath(new URL("../support/sending-process.ts", import.meta.url));

let child: ChildProcess | undefined;
let killedAt: Moment = "taken";
const ses = await startSesRecorder({
  async watch(moment) {
    if (moment !== killedAt || !child) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  },
});
afterAll(() => ses.close());

/** A process that sends a notice, and is killed at this moment of its conversation with SES. */
async function killed(moment: Moment) {
  killedAt = moment;
  ses.mails.length = 0;
  const url = await testDatabaseUrl();
  const story = await reminded({ db: await openAgain(url) });
  await planNotice(story);
  const env = { ...process.env, ...TEST_KEY, DATABASE_URL: url, MAILER: "ses", AWS_REGION: "eu-central-1" };
  const settings = { AWS_ENDPOINT_URL_SES: ses.url, MAIL_FROM: "Acme Accounts <ar@acme.example>" };
  child = spawn(process.execPath, [SCRIPT], {
    env: { ...env, ...settings },
    stdio: ["pipe", "ignore", "inherit"],
  });
  const exit = once(child, "exit");
  child.stdin!.write("go\n");
  expect(await exit).toEqual([null, "SIGKILL"]);
  child = undefined;
  return { story, mails: [...ses.mails] };
}

const states = async (story: Awaited<ReturnType<typeof reminded>>) =>
  (await noticesOf(story.db)).map(({ state }) => state);

test("a process killed after SES took its mail leaves one mail, on record byte for byte, that events settle", async () => {
  const { story, mails } = await killed("taken");
  expect(mails).toHaveLength(1);
  const [notice] = await noticesOf(story.db);
  expect(notice).toMatchObject({ state: "sending", raw: mails[0]!.raw });
  expect(mails[0]!.tags.reminder).toBe(notice!.id);
  story.clock.advance({ minutes: 11 });
  expect(await sendNotices(story)).toEqual({ sent: 0, left: 0 });
  expect(await states(story)).toEqual(["unknown"]);
  await tell(story, notice!.id, { kind: "send" });
  expect(await states(story)).toEqual(["sent"]);
  expect(story.mailer.attempts).toEqual([]);
});

test("a process killed before SES took its mail leaves none, and nobody guesses: people are told", async () => {
  const { story, mails } = await killed("arrived");
  expect(mails).toEqual([]);
  for (const minutes of [11, 61, 61]) {
    story.clock.advance({ minutes });
    await sendNotices(story);
  }
  expect(await states(story)).toEqual(["unknown"]);
  expect(story.mailer.attempts).toEqual([]);
  const { rows } = await story.db.client.execute(
    "SELECT count(*) AS n FROM alerts WHERE kind = 'notice_unknown'",
  );
  expect(rows[0]!.n).toBe(1);
});
