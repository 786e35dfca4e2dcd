import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { evidenceFiles, type Packed } from "../evidence/bundle.ts";
import { zip } from "../evidence/zip.ts";
import { gatherEvidence } from "../reminders/operation/gather-evidence.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";
import { makeFile } from "./whole-file.ts";

type Options = { out: string; force?: boolean };

export function evidenceCommand(context: CliContext): Command {
  return new Command("evidence")
    .description(
      "pack everything on record for an invoice: messages, replies, money, documents, and how to check them without Dunwell",
    )
    .argument("<invoice>", "the invoice's number")
    .requiredOption("--out <file>", "the ZIP file to make")
    .option("--force", "replace the file if it is there")
    .action((invoice: string, options: Options) => pack(context, invoice, options));
}

async function pack(
  context: CliContext,
  invoiceNumber: string,
  { out, force = false }: Options,
): Promise<void> {
  const evidence = await gatherEvidence(await context.services(), { invoiceNumber });
  let packed: Packed = { files: 0, faults: [] };
  const files = evidenceFiles(evidence, (result) => {
    packed = result;
  });
  await makeFile(out, { replaces: force, advice: "--force replaces it" }, (temporary) =>
    pipeline(zip(files), createWriteStream(temporary)),
  );
  const { size } = await stat(out);
  const entries = evidence.ledger.length;
  for (const fault of packed.faults) context.note(`warning: invoice ${invoiceNumber}: ${fault}`);
  if (context.json) {
    const said = { invoice: invoiceNumber, file: out, bytes: size, files: packed.files, entries };
    return context.out(JSON.stringify({ ...said, faults: packed.faults }));
  }
  const ledger = entries === 1 ? "1 ledger entry" : `${entries} ledger entries`;
  const made = `${out}: ${count(packed.files, "file")}, ${ledger}, ${size} bytes`;
  context.out(
    packed.faults.length > 0 ? `${made}. The record does not hold; README.txt says why.` : `${made}.`,
  );
}
