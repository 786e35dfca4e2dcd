import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { watchSocket } from "../../src/reminders/operation/watch-socket.ts";
import { openDesk } from "../cli/run-dunwell.ts";
import { makeServices } from "../support/database.ts";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { until } from "../support/world.ts";

/** Longer than the library waits before it tries again by itself. */
const OUTAGE_MS = 7_000;

const desk = await openDesk();
let slack: SlackStandIn;
let child: ChildProcess;
let log: { level: string; event: string; reason?: string }[];

afterEach(async () => {
  child?.kill("SIGKILL");
  await slack?.close();
});

test("a connection that Slack closes is followed by another, without a word", async () => {
  slack = await startSlackStandIn();
  await serve();
  await hear();
  slack.sockets.refresh();
  await until(() => slack.sockets.count() === 0);
  await hear();
  expect(hearing()).toEqual([]);
  await stop();
  expect(slack.sockets.count()).toBe(0);
});

test("the service lives on while Slack is away, and hears it again afterwards; both are logged once", async () => {
  slack = await startSlackStandIn();
  const url = await serve();
  await hear();
  await slack.close();
  await until(() => hearing().length > 0);
  await pause(OUTAGE_MS);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await comeBack();
  await hear();
  expect(hearing()).toMatchObject([
    ["warn", "slack_socket_lost"],
    ["info", "slack_socket_back"],
  ]);
  await stop();
});

test("a service that starts while Slack is away hears it once it is there", async () => {
  slack = await startSlackStandIn();
  await slack.close();
  await serve();
  await until(() => hearing().length > 0);
  await comeBack();
  await hear();
  await stop();
});

test("a service that does not hear Slack ends as any other does", async () => {
  slack = await startSlackStandIn();
  slack.fail("apps.connections.open", { error: "invalid_auth" }, 100);
  await serve();
  await until(() => slack.calls.length >= 3);
  const began = performance.now();
  await stop();
  expect(performance.now() - began).toBeLessThan(3_000);
  expect(log.find(({ event }) => event === "slack_socket_lost")).toMatchObject({ reason: "invalid_auth" });
});

test("an hour without hearing Slack is told to whoever runs the service, once a day", async () => {
  const services = await makeServices();
  const { clock } = services;
  const told = async () => {
    const { rows } = await services.db.client.execute("SELECT payload FROM alerts ORDER BY rowid");
    return rows.map(({ payload }) => String(payload));
  };
  const watch = watchSocket(services);
  for (let minute = 0; minute < 60; minute++) {
    await watch.deaf("invalid_auth");
    clock.advance({ minutes: 1 });
  }
  expect(await told()).toEqual([]);
  for (let hour = 0; hour < 24; hour++) {
    await watch.deaf("invalid_auth");
    clock.advance({ hours: 1 });
  }
  expect(await told()).toEqual(Array(2).fill(expect.stringContaining("(invalid_auth)")));
  watch.heard();
  clock.advance({ days: 1 });
  await watch.deaf("invalid_auth");
  expect(await told()).toHaveLength(2);
});

/** A promise that nobody caught ends this process, as it does everywhere. */
async function serve(): Promise<string> {
  child = desk.start("serve --json", {
    DATABASE_URL: "file:socket.db",
    PORT: "0",
    SLACK_BOT_TOKEN: slack.token,
    SLACK_APP_TOKEN: "xapp-stand-in",
    SLACK_API_URL: slack.url,
  });
  log = [];
  createInterface(child.stderr!).on("line", (line) => line.startsWith("{") && log.push(JSON.parse(line)));
  const [line] = await once(child.stdout!, "data");
  return JSON.parse(String(line)).url;
}

async function comeBack(): Promise<void> {
  slack = await startSlackStandIn({ port: Number(new URL(slack.url).port) });
}

/** Somebody opens the app's Home, and sees it. */
async function hear(): Promise<void> {
  slack.homes.clear();
  await until(() => slack.sockets.count() === 1);
  const sent = slack.sockets.sendEvent({ type: "app_home_opened", user: "U1RITA", tab: "home" });
  await until(() => slack.homes.has("U1RITA") && slack.sockets.acknowledged.has(sent));
}

/** What the log says of the connection. */
function hearing(): [string, string][] {
  return log.filter(({ event }) => /slack/.test(event)).map(({ level, event }) => [level, event]);
}

async function stop(): Promise<void> {
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(log.at(-1)).toMatchObject({ event: "stopped" });
}
