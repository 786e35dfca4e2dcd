import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/domain/reply/language.ts";
import { visibleText } from "../../src/domain/reply/visible-text.ts";
import { readMail } from "../../src/email/read-mail.ts";
import expected from "./samples.json" with { type: "json" };

const SAMPLES = process.env.DUNWELL_SAMPLES;
const FOLDER = join(SAMPLES ?? "", "mail");
const RECEIVED = { receivedAt: Date.UTC(2026, 10, 19) };

// The samples may not be copied: of what is to be seen of a reply there is a hash, of who wrote a mail only which are machines'.
const visible: Record<string, string> = expected.visible;
const machines = new Set<string>(expected.machines);
const bounces: Record<string, string> = expected.bounces;

describe.skipIf(!SAMPLES)("the samples of real mail (skipped where DUNWELL_SAMPLES names no folder)", () => {
  it("show of each reply what its writer wrote, in 95 of 100 and more", () => {
    const files = filesIn(join(FOLDER, "replies"));
    const right = files.filter(
      (path) => hashOf(visibleText(readFileSync(path, "utf8"))) === visible[nameOf(path, "replies")],
    );
    expect(files.length).toBeGreaterThan(90);
    expect(right.length / files.length).toBeGreaterThanOrEqual(0.95);
  });

  it("are read without a throw, each well under a second, and told by whom, man or machine", async () => {
    for (const locale of LANGUAGES)
      await readMail("From: a@b.example\r\n\r\nWarm 1.", { ...RECEIVED, locale });
    const wrong: string[] = [];
    const slow: string[] = [];
    for (const path of filesIn(join(FOLDER, "mime"))) {
      const name = nameOf(path, "mime");
      const start = performance.now();
      const { isMachine, bounce } = await readMail(readFileSync(path), RECEIVED);
      if (performance.now() - start > 1000) slow.push(name);
      if (isMachine !== machines.has(name)) wrong.push(`${name} is ${isMachine ? "no" : "a"} machine's`);
      const told = bounce && `${bounce.type} ${bounce.status}`;
      if (told !== (bounces[name] ?? null)) wrong.push(`${name} bounced as ${told}`);
    }
    expect({ wrong, slow }).toEqual({ wrong: [], slow: [] });
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function nameOf(path: string, folder: string): string {
  return path.slice(join(FOLDER, folder).length + 1);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text.replace(/\s+/g, " ").trim()).digest("hex").slice(0, 16);
}
