import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { OutgoingMail } from "../../src/ports.ts";
import { type Evidence, gatherEvidence } from "../../src/reminders/operation/gather-evidence.ts";
import { everythingIn } from "../support/debtor-site.ts";
import { type History, playHistory } from "./history.ts";

// Few seeds, since each walks through a database: `DUNWELL_SEEDS=500` looks at more of them, `DUNWELL_SEED=7` at one.
const ONLY = process.env.DUNWELL_SEED;
const SEEDS = ONLY
  ? [Number(ONLY)]
  : Array.from({ length: Number(process.env.DUNWELL_SEEDS ?? 3) }, (_, i) => i + 1);

const WAYS = [
  "",
  "/promise",
  "/paid",
  "/dispute",
  "/plan",
  "/resend",
  "/contact",
  "/done?form=x",
  "/statement.csv",
];

test.each(SEEDS)(
  "opening the link of company %i changes nothing, and every message that left is shown again with who, when, why and what came of it",
  async (seed) => {
    let shown = 0;
    await playHistory(seed, async (history) => {
      const before = await everythingIn(history.story);
      await openSomething(history);
      expect(await everythingIn(history.story)).toBe(before);
      shown += await showMessages(history);
    });
    expect(shown).toBeGreaterThan(5);
  },
);

/** By its holder, by a scanner, by a guesser; what is sent without a person's confirmation is no more than a look. */
async function openSomething({ site, story, link, random }: History): Promise<void> {
  const { rows } = await story.db.client.execute(
    "SELECT 'promise' AS what, id FROM promises UNION ALL SELECT 'plan', id FROM plans UNION ALL SELECT 'dispute', id FROM disputes",
  );
  const changes = rows.flatMap(({ what, id }) => [`/change?${what}=${id}`, `/withdrawal?${what}=${id}`]);
  const guessed = `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`;
  for (const path of [guessed, link, link + random.pick(WAYS), link + random.pick([...WAYS, ...changes])]) {
    await site.request(path, { method: random.pick(["GET", "HEAD"]) });
  }
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const body = random.pick([
    "on=2026-03-20",
    "edit=yes&own=2026-03-20",
    "confirm=yes&name=Bela+Buch&form=guessed",
  ]);
  await site.request(`${link}/promise`, { method: "POST", headers, body });
}

/** Each mail that a recipient may have is, byte for byte, among what is on record for each of its invoices. */
async function showMessages({ story, numbers }: History): Promise<number> {
  const left = new Map(story.mailer.mails.map((mail) => [mail.id, mail]));
  const found = new Set<string>();
  for (const invoiceNumber of numbers) {
    const evidence = await gatherEvidence(story, { invoiceNumber });
    expect(evidence.faults).toEqual([]);
    for (const kept of [...evidence.reminders, ...evidence.notices]) {
      const mail = left.get(kept.id);
      if (!mail || !kept.sha256) continue;
      found.add(kept.id);
      const { content, fault } = await evidence.contentOf({ id: kept.id, sha256: kept.sha256 });
      expect(fault).toBeNull();
      expect(sha256(content!)).toBe(sha256(mail.raw));
      checkTold(evidence.ledger, mail);
    }
  }
  expect([...left.keys()].filter((id) => !found.has(id))).toEqual([]);
  return found.size;
}

const OUTCOMES = /^(reminder_(sent|unknown|delivered|bounced|complained|failed)|notice_(sent|failed))$/;

/** When it left, to whom, for which stage or occasion and by which policy, and what became of it. */
function checkTold(ledger: Evidence["ledger"], mail: OutgoingMail): void {
  const entries = ledger
    .map(({ kind, at, author, data }) => ({ kind, at, author, data: JSON.parse(data) }))
    .filter(({ data }) => [data.reminder, data.notice].includes(mail.id));
  const outcomes = entries.filter(({ kind }) => OUTCOMES.test(kind));
  expect(outcomes.length).toBeGreaterThan(0);
  if (!mail.id.startsWith("rem_")) return;
  const [sending] = entries.filter(({ kind }) => kind === "reminder_sending");
  const why = { stage: expect.any(String), policy: expect.stringMatching(/^\S+ \d+$/) };
  expect(sending).toMatchObject({
    author: "clock",
    data: { to: mail.to, message_sha256: sha256(mail.raw), ...why },
  });
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
