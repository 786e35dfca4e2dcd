import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { why } from "../../../src/reminders/forecast/why.ts";
import { backOffMs } from "../../../src/reminders/sending/back-off.ts";
import { rateOf } from "../../../src/reminders/sending/slots.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, invoice, NORDWIND } from "../../support/cast.ts";
import { type SesRecorder, startSesRecorder, TEST_KEY } from "../../support/ses-recorder.ts";
import { emailOf, tellSesStory } from "../../support/ses-story.ts";

let ses: SesRecorder;

beforeAll(async () => {
  ses = await startSesRecorder();
});

afterAll(() => ses.close());

beforeEach(() => {
  ses.mails.length = 0;
  ses.arrivals.length = 0;
  ses.forgive();
  Object.assign(ses.quota, { max24HourSend: 50_000, maxSendRate: 10_000, sentLast24Hours: 0 });
});

/** Until the last arrival, in seconds; what is measured from before the first mail left does not come out short on a busy machine. */
function secondsSince(startedAt: number): number {
  return (Math.max(...ses.arrivals) - startedAt) / 1000;
}

/** The most arrivals within any one second. */
function mostInASecond(): number {
  const at = [...ses.arrivals].sort((a, b) => a - b);
  return Math.max(...at.map((start, i) => at.slice(i).filter((time) => time < start + 1000).length));
}

describe("the rate", () => {
  it("is kept by two processes together", async () => {
    const rate = 20;
    const { url, states } = await tellSesStory(ses, { due: 50 });
    const processes = ["/a", "/b"].map((path) => startProcess({ url, path, rate }));
    await Promise.all(processes.map(nextLine));
    const startedAt = performance.now();
    for (const { stdin } of processes) stdin!.write("go\n");
    const sent = await Promise.all(processes.map(async (process) => Number(await nextLine(process))));
    expect(sent.every((count) => count > 0)).toBe(true);
    expect(await states()).toEqual({ sent: 50 });
    expect(new Set(ses.mails.map(({ to }) => to[0])).size).toBe(50);
    expect(secondsSince(startedAt)).toBeGreaterThan(49 / rate);
    expect(mostInASecond()).toBeLessThanOrEqual(rate * 1.5);
  }, 30_000);

  it("is the account's where the operator set none, and counts recipients", async () => {
    ses.quota.maxSendRate = 10;
    const { story, tick } = await tellSesStory(ses, { due: 6, to: ["billing", "manager"] });
    for (let i = 0; i < 6; i++) {
      const contact = { email: `boss${i}@debtor.example`, role: "manager" as const };
      await story.customers({ ...NORDWIND, ref: `C${i}`, contact });
    }
    const startedAt = performance.now();
    await tick();
    expect(ses.mails.map(({ to }) => to.length)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(secondsSince(startedAt)).toBeGreaterThan(1);
  });

  it("may be less than one a second", async () => {
    const { tick } = await tellSesStory(ses, { due: 2, settings: { SES_MAX_RATE: 0.5 } });
    const startedAt = performance.now();
    expect((await tick()).sent).toBe(2);
    expect(secondsSince(startedAt)).toBeGreaterThan(2);
  });

  it("is the lesser of the operator's and the account's, and nobody's for the outbox", async () => {
    const { services, story } = await tellSesStory(ses, { due: 0 });
    const withRates = (ours: number | undefined, theirs: number | null) => {
      const quota = { perSecond: theirs, perDay: null, sentInDay: 0, askedAt: 0 };
      const settings = { ...services.settings, SES_MAX_RATE: ours };
      const sending = { quota, circuit: CIRCUIT, hasTaken: false };
      return [rateOf({ ...services, settings }, sending), rateOf({ ...story, settings }, sending)];
    };
    expect(withRates(5, 14)).toEqual([5, null]);
    expect(withRates(20, 14)).toEqual([14, null]);
    expect(withRates(undefined, null)).toEqual([null, null]);
  });

  it("is asked for once in five minutes, whichever process asks", async () => {
    const { services, another, story } = await tellSesStory(ses, { due: 3 });
    const quota = vi.fn(services.mailer.quota!);
    const counting = (one: typeof services) => ({ ...one, mailer: { ...one.mailer, quota } });
    await tick(counting(services));
    await story.invoices(invoice({ customerRef: "C0", dueOn: day("2026-03-02") }));
    await tick(counting(await another()));
    expect(quota).toHaveBeenCalledTimes(1);
    story.clock.advance({ minutes: 5 });
    await story.invoices(invoice({ customerRef: "C1", dueOn: day("2026-03-02") }));
    await tick(counting(services));
    expect(quota).toHaveBeenCalledTimes(2);
  });

  it("does not hold up a mail for slots that a wrong clock has taken", async () => {
    const { tick, story } = await tellSesStory(ses, { due: 3, settings: { SES_MAX_RATE: 50 } });
    const tomorrow = Date.now() + 86_400_000;
    await story.db.client.execute({
      sql: "INSERT INTO settings (key, value) VALUES ('send_slot', ?)",
      args: [tomorrow],
    });
    expect((await tick()).sent).toBe(3);
  });

  it("is kept after slots that others have taken", async () => {
    const { tick, story } = await tellSesStory(ses, { due: 1, settings: { SES_MAX_RATE: 50 } });
    await story.db.client.execute({
      sql: "INSERT INTO settings (key, value) VALUES ('send_slot', ?)",
      args: [Date.now() + 1_500],
    });
    const before = performance.now();
    await tick();
    expect(performance.now() - before).toBeGreaterThan(1_000);
  });
});

const CIRCUIT = { failures: 0, outage: 0, openedAt: null, openUntil: null, probes: 0 };

describe("throttling", () => {
  it("is waited out, and what it met leaves once in the same tick", async () => {
    const { tick } = await tellSesStory(ses, { due: 20 });
    ses.fail({ kind: "refuse", code: "Throttling" }, { times: 8 });
    vi.spyOn(Math, "random").mockReturnValue(0.2);
    expect((await tick()).sent).toBe(20);
    expect(ses.arrivals).toHaveLength(28);
    expect(new Set(ses.mails.map(({ to }) => to[0])).size).toBe(20);
  });

  it("that does not end puts mails off after a few tries: nothing is lost and nothing leaves twice", async () => {
    const { tick, states, story } = await tellSesStory(ses, { due: 30 });
    vi.spyOn(Math, "random").mockReturnValue(0.01);
    ses.fail({ kind: "refuse", code: "Throttling" }, { times: 1000 });
    const { sent, counts } = await tick();
    expect([sent, counts.deferred]).toEqual([0, 30]);
    expect(ses.arrivals.length).toBeLessThanOrEqual(20);
    expect((await tick()).counts).toEqual({});
    ses.forgive();
    story.clock.advance({ minutes: 15 });
    expect((await tick()).sent).toBe(30);
    expect(ses.mails).toHaveLength(30);
    expect(await states()).toEqual({ deferred: 30, sent: 30 });
  });

  it("is no failure of the service", async () => {
    const { tick, told, story } = await tellSesStory(ses, { due: 30 });
    vi.spyOn(Math, "random").mockReturnValue(0.01);
    ses.fail({ kind: "refuse", code: "Throttling" }, { times: 1000 });
    await tick();
    story.clock.advance({ minutes: 15 });
    await tick();
    expect(told("circuit_open")).toEqual([]);
  });

  it("is waited out for up to twice as long each time, by chance", () => {
    const longest = [0, 1, 2, 3, 4, 10].map((tries) => backOffMs(tries, 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
    expect(backOffMs(2, 0.25)).toBe(500);
    expect(backOffMs(2, 0)).toBe(0);
  });
});

describe("the day's quota", () => {
  it("ends the sending where it is reached, the oldest first, and says so", async () => {
    Object.assign(ses.quota, { max24HourSend: 10, sentLast24Hours: 4 });
    const { tick, story } = await tellSesStory(ses, { due: 8 });
    const report = await tick();
    expect(report.sent).toBe(6);
    expect(report.counts.sending_limit).toBe(2);
    expect(ses.arrivals).toHaveLength(6);
    const reached = ses.mails.map(({ to }) => to[0]).sort();
    expect(reached).toEqual(["C0", "C1", "C2", "C3", "C4", "C5"].map(emailOf));
    const { reason, explanation } = await why(story, { invoiceNumber: "I-C7" });
    expect(reason).toBe("sending_limit");
    expect(explanation[0]).toMatch(/limit/);
  });

  it("leaves the rest for when there is room: asked every hour, told once a day", async () => {
    Object.assign(ses.quota, { max24HourSend: 5, sentLast24Hours: 0 });
    const { tick, story, told, states } = await tellSesStory(ses, { due: 8 });
    await tick();
    for (let hour = 0; hour < 4; hour++) {
      story.clock.advance({ hours: 1 });
      await tick();
    }
    expect(ses.mails).toHaveLength(5);
    expect(told("sending_limit")).toMatchObject([{ note: "5 / 5" }]);
    story.clock.advance({ hours: 20 });
    await tick();
    expect(told("sending_limit")).toHaveLength(2);
    ses.quota.sentLast24Hours = 0;
    story.clock.advance({ hours: 1 });
    expect((await tick()).sent).toBe(3);
    expect(await states()).toEqual({ sent: 8 });
  });

  it("that others have used up is taken from the provider's word: nothing is tried once it said so", async () => {
    const { services, story, told } = await tellSesStory(ses, { due: 150 });
    Object.assign(ses.quota, { max24HourSend: 20, sentLast24Hours: 0 });
    const stale = { perSecond: null, perDay: 1000, sentInDay: 0 };
    const report = await tick({ ...services, mailer: { ...services.mailer, quota: async () => stale } });
    expect(report.sent).toBe(20);
    expect(ses.mails).toHaveLength(20);
    expect(ses.arrivals.length).toBeLessThanOrEqual(20 + services.mailer.concurrency);
    expect(report.counts.deferred! + report.counts.sending_limit!).toBe(130);
    expect(report.left).toBe(0);
    expect(told("sending_limit")).toHaveLength(1);
    Object.assign(ses.quota, { max24HourSend: 1000 });
    story.clock.advance({ hours: 1 });
    expect((await tick(services)).sent).toBe(130);
    expect(new Set(ses.mails.map(({ to }) => to[0])).size).toBe(150);
  });

  it("is no limit where the provider does not say", async () => {
    const { services } = await tellSesStory(ses, { due: 3 });
    const report = await tick({ ...services, mailer: { ...services.mailer, quota: async () => null } });
    expect(report.sent).toBe(3);
  });
});

describe("an address that the provider refuses", () => {
  const refuse = (email: string) =>
    ses.fail({ kind: "refuse", code: "InvalidParameterValue" }, { to: email, times: 1000 });

  it("stops nobody else: its reminder goes to the others, and the ledger says so", async () => {
    const { story, tick } = await tellSesStory(ses, { due: 1 });
    await story.customers({
      ...NORDWIND,
      ref: "C0",
      contact: { email: "boss@debtor.example", role: "manager" },
    });
    await tick();
    story.clock.advance({ days: 60 });
    refuse(emailOf("C0"));
    expect((await tick()).sent).toBe(1);
    expect(ses.mails.at(-1)!.to).toEqual(["boss@debtor.example"]);
    const { rows } = await story.db.client.execute(
      "SELECT recipients FROM reminders ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.parse(String(rows[0]!.recipients))).toEqual(["boss@debtor.example"]);
    expect(await refusedOnLedger(story)).toEqual([[emailOf("C0")]]);
    expect(await suppressedOf(story)).toEqual([{ address: emailOf("C0"), reason: "bounce" }]);
  });

  it("is not blamed alone, for the fault may be the mail's: the owner is told once, and it is tried daily", async () => {
    const { story, tick, told } = await tellSesStory(ses, { due: 3 });
    refuse(emailOf("C1"));
    expect((await tick()).counts).toMatchObject({ refused: 1, sent: 2 });
    expect((await tick()).counts).toEqual({});
    story.clock.advance({ days: 1 });
    expect((await tick()).counts).toEqual({ refused: 1 });
    expect(await suppressedOf(story)).toEqual([]);
    expect(told("notice_failed")).toMatchObject([{ customer: { ref: "C1" }, note: "refused" }]);
  });

  it("is not the customer's in a rehearsal", async () => {
    const { services, story } = await tellSesStory(ses, { due: 8 });
    const settings = { ...services.settings, MAIL_REDIRECT_TO: "tests@acme.example" };
    ses.fail({ kind: "refuse", code: "InvalidParameterValue" });
    expect((await tick({ ...services, settings })).counts).toMatchObject({ sent: 7, refused: 1 });
    expect(await suppressedOf(story)).toEqual([]);
  });

  type Stored = { db: { client: { execute(sql: string): Promise<{ rows: Record<string, unknown>[] }> } } };

  async function suppressedOf({ db }: Stored) {
    const { rows } = await db.client.execute("SELECT address, reason FROM suppressions");
    return rows.map(({ address, reason }) => ({ address, reason }));
  }

  async function refusedOnLedger({ db }: Stored) {
    const { rows } = await db.client.execute("SELECT data->'refused_addresses' AS refused FROM ledger");
    return rows.flatMap(({ refused }) => (refused ? [JSON.parse(String(refused))] : []));
  }
});

function startProcess({ url, path, rate }: { url: string; path: string; rate: number }): ChildProcess {
  const script = fileURLToPath(new URL("../../support/sending-process.ts", import.meta.url));
  const settings = {
    DATABASE_URL: url,
    MAILER: "ses",
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    LINK_SECRET: "a secret of this test",
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_SES: `${ses.url}${path}`,
    SES_MAX_RATE: String(rate),
  };
  return spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...TEST_KEY, ...settings },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function nextLine({ stdout }: ChildProcess): Promise<string> {
  const [line] = await once(stdout!, "data");
  return String(line).trim();
}
