import { Command } from "commander";
import { SCOPES } from "../domain/scope.ts";
import { createKey } from "../reminders/operation/create-key.ts";
import { type KeyLine, listKeys } from "../reminders/operation/list-keys.ts";
import { revokeKey } from "../reminders/operation/revoke-key.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

export function keysCommand(context: CliContext): Command {
  return new Command("keys")
    .description("keys to the API beside API_KEY: each with a name for the record, and scopes")
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(revokeCommand(context));
}

function createCommand(context: CliContext): Command {
  type Options = { name: string; scope: string[]; author?: string };
  return new Command("create")
    .description("make a key and print it; it is shown this once")
    .requiredOption("--name <name>", "what uses it, for the record, like billing-system")
    .requiredOption("--scope <scope...>", `what it may do: ${SCOPES.join(", ")}`)
    .option("--author <name>", "who makes it, for the record")
    .action(async ({ name, scope: scopes, ...options }: Options) => {
      const by = author(options.author);
      const { key, stored } = await createKey(await context.services(), { name, scopes, author: by });
      if (context.json) context.out(JSON.stringify({ name, scopes: stored.scopes, key }));
      else {
        context.out(key);
        context.note(
          `Keep it now: what is stored cannot be turned back into it. \`dunwell keys revoke ${name}\` ends it.`,
        );
      }
    });
}

function listCommand(context: CliContext): Command {
  return new Command("list")
    .description("the last 200 keys, the newest first, those revoked too")
    .action(async () => {
      const keys = await listKeys(await context.services());
      for (const key of keys) context.out(context.json ? JSON.stringify(key) : formatKey(key));
      if (keys.length === 0) context.note("no key was made yet");
    });
}

function formatKey(key: KeyLine): string {
  const { name, prefix, scopes, created_at, created_by, last_used_on, revoked_at } = key;
  const used = last_used_on === null ? "never used" : `last used on ${last_used_on}`;
  const state = revoked_at === null ? used : `revoked on ${revoked_at.slice(0, 10)}`;
  return `${name}  ${prefix}…  ${scopes.join(" ")}  made on ${created_at.slice(0, 10)} by ${created_by}, ${state}`;
}

function revokeCommand(context: CliContext): Command {
  return new Command("revoke")
    .description("end a key and those that were made with it, from this moment on and for good")
    .argument("<name>", "the key's name")
    .option("--author <name>", "who ends it, for the record")
    .action(async (name: string, options: { author?: string }) => {
      const by = author(options.author);
      const { keys } = await revokeKey(await context.services(), { name, author: by });
      const others = keys > 1 ? `, nor ${count(keys - 1, "key")} made with it` : "";
      context.out(
        context.json
          ? JSON.stringify({ name, revoked: true, keys })
          : `The key ${name} opens nothing any more${others}.`,
      );
    });
}
