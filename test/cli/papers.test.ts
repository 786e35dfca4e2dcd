import { once } from "node:events";
import { open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, vi } from "vitest";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();

describe("dunwell calendar", () => {
  it("prints China's days off and make-up working days as announced", async () => {
    const { code, errors, json } = await desk.run("calendar --country cn --year 2026 --json");
    expect([code, errors]).toEqual([0, []]);
    expect(json()).toContainEqual({ date: "2026-10-01", name: "国庆节", sending: false });
    expect(json()).toContainEqual({ date: "2026-10-10", name: "国庆节", sending: true });
  });

  it("says on stderr that it knows nothing of a year", async () => {
    const { code, stdout, errors } = await desk.run("calendar --country DE --year 2099 --json");
    expect([code, stdout]).toEqual([0, ""]);
    expect(errors).toEqual(["there is no holiday data for DE in 2099, so no public holidays are assumed"]);
  });

  it("ends well when its reader goes away, and says in one line where its output cannot be written", async () => {
    const child = desk.start("calendar --country DE --year 2026");
    child.stdout!.destroy();
    expect(await once(child, "exit")).toEqual([0, null]);
    const full = await open("/dev/full", "w").catch(() => undefined);
    if (!full) return;
    const failing = desk.start("calendar --country DE --year 2026", {}, full.fd);
    const [errors] = await Promise.all([text(failing.stderr!), once(failing, "exit")]);
    expect([failing.exitCode, errors]).toEqual([1, "error: the output could not be written: ENOSPC\n"]);
    await full.close();
  });
});

describe("dunwell policy", () => {
  it("prints the standard policy, before there is a database too, to start one's own from", async () => {
    const url = "--db file:./none.db";
    const { code, stdout } = await desk.run(`policy show ${url}`);
    expect([code, JSON.parse(stdout)]).toEqual([0, STANDARD_POLICY]);
    expect(await readdir(desk.folder)).not.toContain("none.db");
    await desk.write("own.json", stdout.replace('"standard"', '"own"'));
    await desk.run("policy apply own.json");
    expect((await desk.run("policy show own --json")).json()).toEqual([{ ...STANDARD_POLICY, name: "own" }]);
    expect((await desk.run("policy show")).stdout).toBe(stdout);
    const unknown = await desk.run("policy show gentle");
    expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
    expect(unknown.errors).toEqual(['error: there is no policy "gentle"; known: standard, own']);
  });

  it("checks a good policy, and warns of what looks wrong", async () => {
    const interest = { kind: "daily", rate: 0.001, basis: "clause 7.2" };
    await desk.write("good.json", { ...STANDARD_POLICY, name: "stern", interest });
    const { code, stdout, errors } = await desk.run("policy check good.json");
    expect(code).toBe(0);
    expect(stdout).toContain('"stern" is in order: pre_due, overdue_3');
    expect(errors).toEqual([expect.stringMatching(/^warning: interest.rate/)]);
  });

  it("says what minimums in minor units come to", async () => {
    const minBalance = { USD: 25, JPY: 3000, KWD: 5000 };
    const formal = STANDARD_POLICY.stages.at(-1)!;
    await desk.write("small.json", {
      name: "small",
      minBalance,
      stages: [{ ...formal, minBalance: { EUR: 25000 } }],
    });
    const { stdout } = await desk.run("policy check small.json");
    expect(stdout.split("\n").slice(1)).toEqual([
      "  every stage: nothing below USD 0.25, JPY 3000, KWD 5.000",
      "  formal_notice: nothing below EUR 250.00",
      "",
    ]);
  });

  it("names every mistake in one line, and stores nothing of it", async () => {
    await desk.write("bad.json", { freshnessDays: -1, stages: [] });
    for (const command of ["check", "apply"]) {
      const { code, stdout, errors } = await desk.run(`policy ${command} bad.json --json`);
      expect([code, stdout]).toEqual([1, ""]);
      expect(errors).toEqual([
        expect.stringMatching(/^error: bad.json: freshnessDays is -1.*; stages is \[\]/),
      ]);
    }
  });

  it("stores a policy as a new version, and once", async () => {
    const first = await desk.run("policy apply good.json --json");
    expect(first.json()).toMatchObject([{ policy: "stern", version: 1, changed: true }]);
    const again = await desk.run("policy apply good.json");
    expect([again.code, again.stdout]).toEqual([0, 'The policy "stern" is at version 1, as before.\n']);
  });

  it.each([
    ["missing.json", "does not exist"],
    [".", "is a folder, not a file"],
    ["no.json", "is not JSON"],
  ])("refuses %s in one line", async (file, message) => {
    await desk.write("no.json", '{"name":\n');
    const { code, stdout, errors } = await desk.run(`policy check ${file}`);
    expect([code, stdout, errors.length]).toEqual([1, "", 1]);
    expect(errors[0]).toContain(`${file} ${message}`);
  });
});

describe("dunwell preview", () => {
  it("writes a stage's letters as HTML, text and raw message", async () => {
    const { code, json } = await desk.run("preview --stage overdue_30 --locale zh-CN --out letters --json");
    expect(code).toBe(0);
    const [letter] = json();
    expect(letter).toMatchObject({ locale: "zh-CN", subject: expect.stringContaining("发票") });
    expect(await readdir(join(desk.folder, "letters"))).toHaveLength(json().length * 3);
    expect(await readFile(join(desk.folder, letter.html), "utf8")).toContain("<html");
    expect(await readFile(join(desk.folder, letter.raw), "utf8")).toContain("Auto-Submitted: auto-generated");
  });

  it("writes a notice alone, with its calendar in the raw message", async () => {
    const { code, json } = await desk.run(
      "preview --notice promise-withdrawn --locale en --out notices --json",
    );
    expect(code).toBe(0);
    expect(json()).toMatchObject([{ letter: "promise-withdrawn.single", locale: "en" }]);
    expect(await readFile(join(desk.folder, json()[0].raw), "utf8")).toContain("method=CANCEL");
  });

  it("says in one line where it cannot write", async () => {
    await desk.write("taken", "");
    const { code, errors } = await desk.run("preview --stage pre_due --out taken/inside");
    expect([code, errors.length]).toEqual([1, 1]);
  });
});
