import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../src/compose.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { openDesk } from "../cli/run-dunwell.ts";
import type { LiveService } from "../support/live-service.ts";
import { SERVICE_CHECKS } from "../support/service-checks.ts";
import { countRuns, putOverdue, startWorld, until, type World } from "../support/world.ts";

const desk = await openDesk();
let world: World;
let child: ReturnType<typeof desk.start>;
let url: string;
let log = "";
/** The answer to somebody who never comes to the end of what he asks. */
let cutOff: Promise<string>;

const settings = () => ({ ...world.vars, ...world.secrets, PORT: "0" });

beforeAll(async () => {
  world = await startWorld();
  child = desk.start("serve --json", settings());
  child.stderr!.on("data", (chunk) => {
    log += chunk;
  });
  const [line] = await once(child.stdout!, "data");
  url = JSON.parse(String(line)).url;
  cutOff = answerTo(url, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
}, 60_000);

afterAll(async () => {
  child?.kill("SIGKILL");
  await world?.close();
});

describe("the service on Node, against a remote database", () => {
  const service: LiveService = {
    get world() {
      return world;
    },
    get services() {
      return world.services;
    },
    request: (path, init) => fetch(`${url}${path}`, init),
    // As another process beside it would.
    tick: async () => {
      const beside = await compose(settings(), { clock: () => Date.now(), logLevel: "error" });
      await tick(beside, { byMachineClock: true }).finally(() => beside.db.close());
    },
  };
  for (const [name, check] of Object.entries(SERVICE_CHECKS)) test(name, () => check(service));
});

test("who does not come to the end of a request is cut off; an idle connection outlives those of proxies", async () => {
  expect(await cutOff).toMatch(/^HTTP\/1.1 408 /);
  expect((await fetch(`${url}/healthz`)).headers.get("Keep-Alive")).toBe("timeout=75");
});

test("it wrote no error all the while, and ends in good order", async () => {
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(log.split("\n").filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect(log).toContain('"event":"stopped"');
});

test("a second signal does not wait", async () => {
  const other = desk.start("serve --json", settings());
  const [line] = await once(other.stdout!, "data");
  const { port } = new URL(JSON.parse(String(line)).url);
  void answerTo(
    `http://127.0.0.1:${port}`,
    "POST /webhooks/ses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
  );
  await pause(300);
  const exit = once(other, "exit");
  other.kill("SIGTERM");
  await pause(500);
  other.kill("SIGINT");
  expect(await exit).toEqual([null, "SIGINT"]);
});

const QUARTER_MS = 900_000;
const GUESTS = 30;

test("two services on one database whose clocks ring together remind nobody twice", async () => {
  const { services, ses } = world;
  await putOverdue(
    services,
    Array.from({ length: GUESTS }, (_, n) => `PAIR-${n}`),
  );
  const before = await countRuns(services);
  const ring = Math.ceil(Date.now() / QUARTER_MS) * QUARTER_MS;
  const clock = {
    NODE_OPTIONS: `--import=${new URL("../torture/shifted-clock.ts", import.meta.url)}`,
    TORTURE_NOW_MS: String(ring - 2000),
  };
  const pair = [1, 2].map(() => desk.start("serve --json", { ...settings(), ...clock }));
  await until(async () => (await countRuns(services)) >= before + pair.length);
  for (const one of pair) one.kill("SIGTERM");
  await Promise.all(pair.map((one) => once(one, "exit")));
  const guests = ses.mails.flatMap(({ to }) => to).filter((to) => to.includes("@pair-"));
  expect([guests.length, new Set(guests).size]).toEqual([GUESTS, GUESTS]);
});

/** What comes back for the beginning of a request that never ends. */
function answerTo(at: string, beginning: string): Promise<string> {
  const { hostname, port } = new URL(at);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(beginning));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
