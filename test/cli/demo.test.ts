import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { widthOf } from "../../src/demo/columns.ts";
import { samplePath } from "../../src/demo/sample.ts";
import type { SendLine } from "../../src/reminders/sending/send-line.ts";

const MINUTES_MS = 60_000;
const entry = fileURLToPath(new URL("../../src/cli/dunwell.js", import.meta.url));

type Run = {
  process: ChildProcess;
  folder: string;
  stdout: string;
  stderr: string;
  ended: Promise<number | null>;
};

const runs: Run[] = [];
afterAll(async () => {
  for (const run of runs) {
    run.process.kill();
    await run.ended;
    await rm(run.folder, { recursive: true, force: true });
  }
});

async function startDemo(args: string[], environment: Record<string, string> = {}): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "demo-test-"));
  const { FORCE_COLOR: _, ...inherited } = process.env;
  // Node's own cache of compiled code would lie in that folder too.
  const env = { ...inherited, NODE_DISABLE_COMPILE_CACHE: "1", TMPDIR: folder, ...environment };
  const child = spawn(process.execPath, [entry, "demo", ...args], { env });
  const run: Run = {
    process: child,
    folder,
    stdout: "",
    stderr: "",
    ended: new Promise((resolve) => child.once("close", resolve)),
  };
  runs.push(run);
  child.stdout.setEncoding("utf8").on("data", (text) => {
    run.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    run.stderr += text;
  });
  return run;
}

async function paymentsInFull(): Promise<{ invoice: string; paidOn: string }[]> {
  const [, ...rows] = (await readFile(samplePath("payments.csv"), "utf8")).trim().split("\n");
  return rows
    .map((row) => row.split(","))
    .map(([invoice, , , , paidOn]) => ({ invoice: invoice!, paidOn: paidOn! }))
    .filter(({ invoice }) => invoice !== "" && invoice !== "PE-0588");
}

describe("demo --exit --json", () => {
  let run: Run;
  let sends: SendLine[];
  const stagesOf = (invoice: string) =>
    sends.filter((line) => line.invoice === invoice).map(({ date, stage }) => `${date} ${stage}`);

  beforeAll(async () => {
    // What would reach people or somebody's database is not read.
    run = await startDemo(["--exit", "--json"], { MAILER: "ses", DATABASE_URL: "file:/nowhere/dunwell.db" });
    await run.ended;
    sends = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }, 2 * MINUTES_MS);

  test("ends with code 0, says nothing on stderr, and leaves nothing behind", async () => {
    expect([run.process.exitCode, run.stderr]).toEqual([0, ""]);
    expect(Object.keys(sends[0]!)).toEqual(["date", "invoice", "customer", "stage", "action", "reminder"]);
    expect(await readdir(run.folder)).toEqual([]);
  });

  test.for([
    ["BR-1207 is paid after one nudge", "2026-09-04 pre_due", "2026-09-14 overdue_3"],
    [
      "KS-0415 breaks a promise, and the ladder goes on",
      "2026-09-11 pre_due",
      "2026-09-17 overdue_3",
      "2026-10-29 overdue_30",
    ],
    [
      "PE-0588 is half disputed, and the other half goes on",
      "2026-09-18 pre_due",
      "2026-09-24 overdue_3",
      "2026-10-21 overdue_30",
    ],
    ["PE-0591 waits for the gap between contacts", "2026-09-18 pre_due", "2026-09-29 overdue_3"],
    ["AG-0077 is reminded once there is somebody to write to", "2026-09-22 overdue_3"],
    [
      "IV-3301 gets its formal notice once finance has approved it and the gap has passed",
      "2026-09-04 pre_due",
      "2026-09-11 overdue_3",
      "2026-10-08 overdue_30",
      "2026-11-12 formal_notice",
    ],
    ["BM-5512 is spared while the bank is silent", "2026-09-25 pre_due", "2026-10-01 overdue_3"],
    ["AN-0260 is reminded on working Sundays", "2026-10-04 pre_due", "2026-10-11 overdue_3"],
    ["HY-1021 has its Golden Week", "2026-09-18 pre_due", "2026-10-08 overdue_3"],
    ["LJ-0801 is reminded on a working Saturday", "2026-10-10 pre_due"],
    ["HK-0901 is covered by credit"],
    ["HK-0944 is reminded after the September holidays", "2026-09-15 pre_due", "2026-09-24 overdue_3"],
  ])("%s", ([title, ...stages]) => {
    expect(stagesOf(title!.slice(0, 7))).toEqual(stages);
  });

  test("reminds neither the consumer nor of twelve pounds", () => {
    expect(sends.filter(({ customer }) => customer === "MIA" || customer === "CORNER")).toEqual([]);
  });

  test("reminds nobody who has paid", async () => {
    for (const { invoice, paidOn } of await paymentsInFull()) {
      const after = sends.filter((line) => line.invoice === invoice && line.date > paidOn);
      expect(after, `${invoice}, paid on ${paidOn}`).toEqual([]);
    }
  });

  test("writes one mail for several invoices", () => {
    const reminderOf = (invoice: string) => sends.find((line) => line.invoice === invoice)!.reminder;
    expect(reminderOf("LJ-0801")).toBe(reminderOf("LJ-0802"));
    expect(reminderOf("PE-0588")).toBe(reminderOf("PE-0591"));
  });
});

describe("demo", () => {
  let run: Run;
  let url: string;
  let wantedPort: number;

  beforeAll(async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    wantedPort = (taken.address() as AddressInfo).port;
    run = await startDemo([], { PORT: String(wantedPort) });
    await vi.waitFor(() => expect(run.stdout).toContain("/timeline\n"), {
      timeout: 2 * MINUTES_MS,
      interval: 200,
    });
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(run.stdout)![0];
    taken.close();
  }, 3 * MINUTES_MS);

  test("tells each day in plain lines of at most 80 columns", () => {
    const lines = run.stdout.split("\n");
    expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(run.stdout).not.toMatch(/(?!\n)\p{Cc}/u);
    const told = [
      "Fri  4 Sep → pre_due            Brandt Optik         BR-1207        EUR 4,200.00",
      "· consumer           Mia Vogt             MV-0012           EUR 89.00",
      "· paid               春香精機             HK-0901         JPY 480,000",
      "· contact_gap        Pélican Éditions     PE-0591          EUR 940.00",
      "· not_a_sending_day  华悦贸易             HY-1021       CNY 86,000.00",
      "Wed 21 Oct → overdue_30         Pélican Éditions     PE-0588        EUR 3,120.00",
      "· held_promise       Kestrel & Sons       KS-0415        GBP 7,850.00",
      "· stale_ledger       Blue Mesa Labs       BM-5512        USD 3,310.75",
      "· awaiting_approval  Ironvale Supply      IV-3301       USD 18,400.00",
      "due in 3 days; to ap@bluemesa.example",
      "3 days overdue; to june@bluemesa.example",
      "# Slack → rita       Alpenglas: nobody left to write to",
      "# Slack → fatima     Ironvale Supply: has this been paid?",
      "← approval           Ironvale Supply      IV-3301",
      "· customer_escalated Ironvale Supply      IV-3344        USD 2,950.00",
    ];
    for (const line of told) expect(run.stdout).toContain(line);
  });

  test("serves what it told, at a free port where the wanted one is taken, with links that lead there", async () => {
    expect(new URL(url).port).not.toBe(String(wantedPort));
    const outbox = await (await fetch(`${url}/outbox`)).text();
    const [id] = /rem_[a-z0-9]+/.exec(outbox)!;
    const mail = await (await fetch(`${url}/outbox/${id}/body`)).text();
    const link = mail.match(/http:\/\/127\.0\.0\.1:\d+\/p\/[\w.-]+/)![0];
    expect(new URL(link).origin).toBe(url);
    expect(await (await fetch(link)).text()).toContain("Hallig Instruments GmbH");
    for (const path of ["/docs", "/api/aging", "/api/invoices/IV-3301/why"]) {
      expect((await fetch(`${url}${path}`)).status, path).toBe(200);
    }
  });

  test("ends at Ctrl+C and leaves nothing behind", async () => {
    run.process.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(await readdir(run.folder)).toEqual([]);
  });
});
