import { Command } from "commander";
import { type BrokenLink, verifyLedger } from "../reminders/operation/verify-ledger.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

const MOST_LISTED = 50;

export function ledgerCommand(context: CliContext): Command {
  const command = new Command("ledger").description("the record of what happened to each invoice");
  command
    .command("verify")
    .description("check that no entry was changed, taken away, added or moved, and name where one was")
    .action(() => verify(context));
  return command;
}

async function verify(context: CliContext): Promise<void> {
  let first: BrokenLink | undefined;
  let listed = 0;
  const { invoices, entries, broken } = await verifyLedger(await context.services(), (link) => {
    first ??= link;
    if (context.json) context.out(JSON.stringify({ ok: false, ...link }));
    else if (++listed <= MOST_LISTED) context.out(describe(link));
  });
  if (context.json) context.out(JSON.stringify({ summary: { invoices, entries, broken } }));
  else if (listed > MOST_LISTED) context.out(`and ${listed - MOST_LISTED} more`);
  const checked = `${entries === 1 ? "1 entry" : `${entries} entries`} of ${count(invoices, "invoice")}`;
  if (first)
    context.fail(`the ledger is broken for ${count(broken, "invoice")}, first at ${describe(first)}`);
  if (!context.json) context.out(`The ledger holds: ${checked}.`);
}

function describe({ invoice, seq, problem, detail }: BrokenLink): string {
  return `invoice ${invoice}, entry ${seq}: ${PROBLEMS[problem]}; ${detail}`;
}

const PROBLEMS: Record<BrokenLink["problem"], string> = {
  changed: "it was changed",
  missing: "it is missing",
  added: "it was added or moved",
};
