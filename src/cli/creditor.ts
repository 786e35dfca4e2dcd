import { Command } from "commander";
import { applyCreditor } from "../reminders/records/apply-creditor.ts";
import type { CliContext } from "./context.ts";
import { readJson, withFileNamed } from "./read-json.ts";

export function creditorCommand(context: CliContext): Command {
  const apply = new Command("apply")
    .description("store who is owed the money: names, address, zone, sender, bank details, finance owner")
    .argument("<file>", "a JSON file")
    .action((path: string) => applyFile(context, path));
  return new Command("creditor").description("who is owed the money").addCommand(apply);
}

async function applyFile(context: CliContext, path: string): Promise<void> {
  const file = await readJson(path);
  const services = await context.services({ createsDatabase: true, takesEmptyFile: true });
  const { creditor, warnings, changed } = await withFileNamed(path, () => applyCreditor(services, file));
  const { legalName } = creditor;
  if (context.json) return context.out(JSON.stringify({ creditor: legalName, changed, warnings }));
  for (const warning of warnings) context.note(`warning: ${warning}`);
  context.out(changed ? `The creditor is ${legalName}.` : `The creditor is ${legalName}, as before.`);
}
