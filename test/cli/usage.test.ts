import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { main } from "../../src/cli/main.ts";
import { openDesk } from "./run-dunwell.ts";

const desk = await openDesk();

// Tells on stderr which modules were loaded.
const SPY = `import { registerHooks } from "node:module";
  registerHooks({ load: (url, context, next) => (console.error(url), next(url, context)) });`;

describe("dunwell", () => {
  it("lists every command, and loads none of them for it", async () => {
    const spy = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SPY)}` };
    const { code, stdout, errors } = await desk.run("--help", spy);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(`  ${name} `);
    expect(errors.some((url) => url.endsWith("/cli/main.ts"))).toBe(true);
    expect(errors.filter((url) => /\/db\/|libsql|drizzle|aws-sdk|slack|zod/.test(url))).toEqual([]);
  });

  it("explains a command with an example and the options that all share", async () => {
    const { code, stdout } = await desk.run("help tick");
    expect(code).toBe(0);
    expect(stdout).toContain("--confirm-backlog");
    expect(stdout).toContain("--at <instant>");
    expect(stdout).toContain("dunwell tick --dry-run");
  });

  it.each([
    ["tock", /unknown command 'tock'.*tick/],
    ["tick --at 2026-01-05", /an instant with Z or an offset/],
    ["calendar --country UK --year 2026", /GB/],
  ])("calls `dunwell %s` wrong usage", async (args, message) => {
    const { code, stdout, errors } = await desk.run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(errors).toEqual([expect.stringMatching(message)]);
  });

  it("shows its help on stderr to who names no command", async () => {
    const { code, stdout, errors } = await desk.run("");
    expect([code, stdout]).toEqual([2, ""]);
    expect(errors[0]).toContain("Usage: dunwell");
  });
});

describe("wrong usage", () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
  });
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ["tick --dry", /unknown option '--dry'/],
    ["tick --limit 0", /whole number from 1/],
    ["tick --at 2026-02-30T10:00:00Z", /an instant with Z or an offset/],
    ["tick --at 2026-01-05T10:00:00", /an instant with Z or an offset/],
    ["why", /missing required argument 'invoice'/],
    ["why INV-1 --db ./dunwell.db", /starts with file:/],
    ["why INV-1 --db postgres://me:s3cret@db.example", /^(?!.*s3cret)error: --db starts with file:/],
    ["simulate --from 2026-01-02", /--to/],
    ["simulate --from 2026-01-02 --to 2026-01-01", /--from must not be after --to/],
    ["simulate --from 2026-02-30 --to 2026-03-01", /a date like/],
    ["hold --until 2026-01-01 --reason later", /either an invoice or --customer/],
    ["hold INV-1 --customer ACME --until 2026-01-01 --reason later", /either an invoice or --customer/],
    ["preview --locale xx", /one of en/],
    ["import foo x.csv", /^error: import customers, invoices or payments, not "foo"$/m],
  ])("is told in one line: %s", async (args, message) => {
    expect(await main(args.split(" "))).toBe(2);
    expect(written).toEqual([expect.stringMatching(message)]);
    expect(written[0]!.indexOf("\n")).toBe(written[0]!.length - 1);
  });
});
