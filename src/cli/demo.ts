import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { compose } from "../compose.ts";
import { readSettings } from "../config.ts";
import { migrate } from "../db/migrate.ts";
import { ending, opening, signposts } from "../demo/frame.ts";
import { importSample } from "../demo/sample.ts";
import { STORY, STORY_ZONE } from "../demo/script.ts";
import { listStandings } from "../demo/standing.ts";
import { createTeller } from "../demo/tell.ts";
import { createStoryChat, type Walk, walkStory } from "../demo/walk.ts";
import { instantOf } from "../domain/zone.ts";
import { toSendLine } from "../reminders/sending/send-line.ts";
import type { Services } from "../services.ts";
import type { GroundContext } from "./context.ts";

/** `dunwell demo`: a story told on a throw-away database, then served. It reads no setting but PORT and mails nobody. */
export function demoCommand(context: GroundContext): Command {
  return new Command("demo")
    .description("tell a story on sample data and serve what came of it; nothing is kept, nobody is mailed")
    .option("--exit", "end after the story instead of serving it")
    .action(async ({ exit = false }: { exit?: boolean }) => {
      const folder = await mkdtemp(join(tmpdir(), "dunwell-demo-"));
      const remove = () => rmSync(folder, { recursive: true, force: true });
      process.once("exit", remove);
      try {
        await runDemo(context, { folder, isServed: !exit });
      } finally {
        remove();
        process.off("exit", remove);
      }
    });
}

async function runDemo(
  context: GroundContext,
  options: { folder: string; isServed: boolean },
): Promise<void> {
  const { folder, isServed } = options;
  const stop = untilStopped();
  let now = instantOf(STORY.from, 0, STORY_ZONE);
  // Letters link to the port, so it is chosen before the first one is written.
  const port = isServed ? await freePort(readSettings({ PORT: context.environment.PORT }).PORT) : undefined;
  const environment = { DATABASE_URL: `file:${join(folder, "demo.db")}`, PORT: port?.toString() };
  const composed = await compose(environment, { clock: () => now });
  const chat = createStoryChat();
  const services: Services = { ...composed, chat, log: () => {} };
  const setClock = (at: number) => {
    now = at;
  };
  try {
    await tellStory(context, { services, setClock, takeMessages: chat.take }, stop);
    if (isServed && !stop.isStopped()) await serveStory(context, services, stop);
  } finally {
    services.db.close();
  }
}

async function tellStory(
  context: GroundContext,
  walk: Pick<Walk, "services" | "setClock" | "takeMessages">,
  stop: Stop,
): Promise<void> {
  const { services } = walk;
  const say = (lines: string[]) => {
    if (!context.json) print(lines);
  };
  await migrate(services.db, services.clock());
  const sample = await importSample(services);
  const reminders = new Set<string>();
  const teller = createTeller();
  say(opening(sample));
  const story = walkStory({
    ...walk,
    cast: sample.cast,
    onSend(line) {
      reminders.add(line.reminder);
      if (context.json) context.out(JSON.stringify(toSendLine(line)));
    },
  });
  for await (const beats of story) {
    if (stop.isStopped()) return;
    say(teller.day(beats));
  }
  say(ending(await listStandings(services), reminders.size));
}

async function serveStory(context: GroundContext, services: Services, stop: Stop): Promise<void> {
  // Most of what a server needs is not needed to tell a story.
  const { startService } = await import("../node.ts");
  const service = await startService(services, { hasClock: false });
  const lines = signposts(service.url);
  if (context.json) lines.forEach(context.note);
  else print(lines);
  await stop.stopped;
  await service.stop();
}

/** Past the context, which takes away what could be meant for the terminal: here it is colours, and every word is ours. */
function print(lines: string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

type Stop = { stopped: Promise<void>; isStopped(): boolean };

/** Ctrl+C ends the story in an orderly way; a second one does not wait. */
function untilStopped(): Stop {
  let isStopped = false;
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        isStopped = true;
        resolve();
      });
    }
  });
  return { stopped, isStopped: () => isStopped };
}

/** The wanted port, else any that is free. */
function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
