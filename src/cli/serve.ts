import { Command } from "commander";
import { requireSound } from "../db/integrity.ts";
import { serve } from "../node.ts";
import type { CliContext } from "./context.ts";

export function serveCommand(context: CliContext): Command {
  return new Command("serve")
    .description(
      "HTTP server and clock on this machine: a tick every 15 minutes; applies migrations first. HOST and PORT say where",
    )
    .action(async (_: unknown, command: Command) => {
      const { at } = command.optsWithGlobals<{ at?: number }>();
      const services = await context.services({ createsDatabase: true, migration: "none", logLevel: "info" });
      if (services.settings.DATABASE_URL.startsWith("file:")) await requireSound(services.db);
      await serve(services, {
        byMachineClock: at === undefined,
        onListening: (url) => context.out(context.json ? JSON.stringify({ url }) : greeting(url)),
      });
    });
}

function greeting(url: string): string {
  return `Dunwell is at ${url} (mails: /outbox, API: /docs). It ticks at each quarter of the hour; Ctrl-C ends it.`;
}
