import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { ledgerCommand } from "../../src/cli/ledger.ts";
import { migrateCommand } from "../../src/cli/migrate.ts";
import { serveCommand } from "../../src/cli/serve.ts";
import { tickCommand } from "../../src/cli/tick.ts";
import { openDatabase } from "../../src/db/open.ts";
import { makeCaller } from "../http/call.ts";
import { invoice } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";
import { COMMAND } from "./run-dunwell.ts";
import { runHere } from "./run-here.ts";

const CURE = "`dunwell restore BACKUP --replace` puts a backup in its place";
const PAGE = 4096;

const folder = await mkdtemp(join(tmpdir(), "dunwell-damage-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
let sound: Buffer;

beforeAll(async () => {
  await copyFile((await testDatabaseUrl()).slice("file:".length), at("sound.db"));
  const db = await openDatabase({ url: `file:${at("sound.db")}` });
  const story = await tellStory({ db });
  await story.invoices(...Array.from({ length: 2000 }, (_, n) => invoice({ number: `N-${n}` })));
  await db.client.execute("PRAGMA journal_mode = DELETE");
  db.close();
  sound = await readFile(at("sound.db"));
});

const COMMANDS = {
  tick: (options: Options) => runHere(tickCommand, [], options),
  "ledger verify": (options: Options) => runHere(ledgerCommand, ["verify"], options),
  serve: (options: Options) => runHere(serveCommand, [], options),
};
type Options = { db: string };

describe.each([
  ["cut in half", () => sound.subarray(0, sound.length >> 1), "is damaged or is no database"],
  ["cut within its first page", () => sound.subarray(0, 2000), "is damaged or is no database"],
  ["a text", () => Buffer.from("no database at all\n".repeat(999)), "is damaged or is no database"],
  ["without a byte", () => Buffer.alloc(0), "is a file without content"],
])("a database file that is %s", (name, content, message) => {
  test.each(Object.entries(COMMANDS))("is told of in one line by %s, and left as it is", async (_, run) => {
    const path = at(`${name.replaceAll(" ", "-")}.db`);
    await writeFile(path, content());
    const { out, notes, error } = await run({ db: `file:${path}` });
    expect([out, notes, error]).toEqual([[], [], expect.stringContaining(message)]);
    expect(error).toContain(CURE);
    expect(error).not.toMatch(/\n|SQLITE|at .*\.ts/);
    expect((await readFile(path)).equals(content())).toBe(true);
  });

  test("fails the doctor's look, with the way to mend it", async () => {
    const path = at(`${name.replaceAll(" ", "-")}.db`);
    await writeFile(path, content());
    const { out, error } = await runHere(doctorCommand, [], { db: `file:${path}`, json: true });
    const database = out.map((line) => JSON.parse(line)).find(({ check }) => check === "database");
    expect(database).toMatchObject({ result: "fail", detail: expect.stringContaining(message) });
    expect([database.detail, error]).toEqual([expect.stringContaining(CURE), "one check failed"]);
  });
});

describe("a database file with noise in its middle", () => {
  const noisy = async (name: string) => {
    await writeFile(at(name), Buffer.from(sound).fill(0xa5, PAGE * Math.floor(sound.length / PAGE / 2)));
    return { db: `file:${at(name)}` };
  };

  test.each(Object.entries(COMMANDS))("is told of in one line by %s", async (name, run) => {
    const { out, notes, error } = await run(await noisy(`noise-${name}.db`));
    expect([out, notes, error]).toEqual([[], [], expect.stringContaining(CURE)]);
    expect(error).not.toMatch(/\n|SQLITE|at .*\.ts/);
  });

  test("fails the doctor's look, which reads all of it", async () => {
    const { out } = await runHere(doctorCommand, [], { ...(await noisy("noise-doctor.db")), json: true });
    expect(out.map((line) => JSON.parse(line))[1]).toMatchObject({
      check: "database",
      result: "fail",
      detail: expect.stringContaining(CURE),
    });
  });

  test("answers the API that the service is unavailable, and tells the log no more than that", async () => {
    const { db: url } = await noisy("noise-api.db");
    const caller = await makeCaller({ services: { db: await openAgain(url) } });
    const { status, body } = await caller.call("GET", "/api/invoices?owner=x");
    expect([status, body.detail]).toEqual([503, expect.stringContaining("damaged")]);
    expect(caller.services.log.events.filter(({ level }) => level === "error")).toEqual([]);
  });
});

test("an empty file is filled by who means to make a database", async () => {
  await writeFile(at("made.db"), "");
  const { error, out } = await runHere(migrateCommand, [], { db: `file:${at("made.db")}` });
  expect([error, out[0]]).toEqual([null, expect.stringMatching(/^Applied: /)]);
});

describe("a database that this user", () => {
  /** Root may do anything: then it is asked as nobody. */
  const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const run = (args: string[]) =>
    new Promise<[code: number, stdout: string, stderr: string]>((resolve) => {
      const options = { ...asNobody, cwd: "/", env: { NODE_DISABLE_COMPILE_CACHE: "1" } };
      execFile(process.execPath, [COMMAND, ...args], options, (error, stdout, stderr) =>
        resolve([Number(error?.code ?? 0), stdout, stderr]),
      );
    });

  test.each([
    ["may read but not write is told of as such", 0o444, "may not be written by this user"],
    ["may not even read is told of as such", 0o000, "this user's to write"],
  ])("%s", async (name, mode, message) => {
    const path = at(`${name.length}.db`);
    await writeFile(path, sound);
    await chmod(path, mode);
    await chmod(folder, 0o555);
    const [code, stdout, stderr] = await run(["tick", "--db", `file:${path}`]);
    await chmod(folder, 0o755);
    expect([code, stdout, stderr.trim().split("\n")]).toEqual([1, "", [expect.stringContaining(message)]]);
    expect((await stat(path)).size).toBe(sound.length);
  });
});
