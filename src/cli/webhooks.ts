import { Command } from "commander";
import { listEndpoints } from "../db/webhook-endpoints.ts";
import { listMessages } from "../db/webhook-messages.ts";
import { EVENT_TYPES } from "../domain/outgoing-event.ts";
import { addWebhookEndpoint } from "../reminders/webhooks/add-webhook-endpoint.ts";
import { closeWebhookEndpoint } from "../reminders/webhooks/close-webhook-endpoint.ts";
import { redeliverMessage } from "../reminders/webhooks/redeliver-message.ts";
import {
  type EndpointLine,
  endpointLine,
  type MessageLine,
  messageLine,
} from "../reminders/webhooks/webhook-lines.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

const MOST_LISTED = 200;

export function webhooksCommand(context: CliContext): Command {
  return new Command("webhooks")
    .description("systems of your own that are told what happens, each message signed (Standard Webhooks)")
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(closeCommand(context))
    .addCommand(logCommand(context))
    .addCommand(redeliverCommand(context));
}

function addCommand(context: CliContext): Command {
  return new Command("add")
    .description("have a system told from now on, and print the secret that signs; it is shown this once")
    .argument("<url>", "where to post to, like https://erp.example/hooks")
    .option("--event <type...>", `only these: ${EVENT_TYPES.join(", ")}`)
    .option("--author <name>", "who adds it, for the record")
    .action(async (url: string, { event: events, ...options }: { event?: string[]; author?: string }) => {
      const wanted = { url, events, author: author(options.author) };
      const { endpoint, secret } = await addWebhookEndpoint(await context.services(), wanted);
      if (context.json) context.out(JSON.stringify({ ...endpointLine(endpoint), secret }));
      else {
        context.out(secret);
        context.note(`Keep it now. \`dunwell webhooks close ${endpoint.id}\` ends what begins here.`);
      }
    });
}

function listCommand(context: CliContext): Command {
  return new Command("list")
    .description("the last 200 of them, the newest first, those closed too")
    .action(async () => {
      const endpoints = await listEndpoints((await context.services()).db, MOST_LISTED);
      for (const line of endpoints.map(endpointLine))
        context.out(context.json ? JSON.stringify(line) : formatEndpoint(line));
      if (endpoints.length === 0) context.note("no system is told anything yet");
    });
}

function formatEndpoint({ endpoint, url, events, closed_at, closed_by }: EndpointLine): string {
  const state = closed_at === null ? "open" : `closed on ${closed_at.slice(0, 10)} by ${closed_by}`;
  return `${endpoint}  ${url}  ${events?.join(" ") ?? "all events"}  ${state}`;
}

function closeCommand(context: CliContext): Command {
  return new Command("close")
    .description("tell a system nothing any more, for good")
    .argument("<endpoint>", "its id, like whe_…")
    .option("--author <name>", "who closes it, for the record")
    .action(async (id: string, options: { author?: string }) => {
      await closeWebhookEndpoint(await context.services(), { id, author: author(options.author) });
      context.out(
        context.json
          ? JSON.stringify({ endpoint: id, closed: true })
          : `The endpoint ${id} is told nothing any more.`,
      );
    });
}

function logCommand(context: CliContext): Command {
  return new Command("log")
    .description("the last 200 messages, the newest first, and what came of each")
    .option("--endpoint <id>", "only this system's")
    .action(async ({ endpoint: endpointId }: { endpoint?: string }) => {
      const { db } = await context.services();
      const messages = await listMessages(db, { endpointId, limit: MOST_LISTED });
      for (const line of messages.map(messageLine))
        context.out(context.json ? JSON.stringify(line) : formatMessage(line));
      if (messages.length === 0) context.note("nothing was told yet");
    });
}

function formatMessage({
  message,
  endpoint,
  type,
  state,
  created_at,
  next_try_at,
  attempts,
}: MessageLine): string {
  const last = attempts.at(-1);
  const tries = last
    ? `${attempts.length}: ${last.status ?? last.error} in ${last.duration_ms} ms`
    : "not tried";
  const next = next_try_at === null ? "" : `, next ${next_try_at.slice(0, 16)}Z`;
  return `${created_at.slice(0, 16)}Z  ${message}  ${endpoint}  ${type}  ${state} (${tries}${next})`;
}

function redeliverCommand(context: CliContext): Command {
  return new Command("redeliver")
    .description("have the next tick send a message again, under the same id")
    .argument("<message>", "its id, like msg_…")
    .action(async (id: string) => {
      await redeliverMessage(await context.services(), id);
      context.out(
        context.json ? JSON.stringify({ message: id, state: "pending" }) : `${id} is about to be sent again.`,
      );
    });
}
