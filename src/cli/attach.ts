import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Command, Option } from "commander";
import { DOCUMENT_KINDS, type DocumentKind, LARGEST_DOCUMENT_BYTES } from "../domain/document.ts";
import { attachDocument } from "../reminders/records/attach-document.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { fileFault, withFileNamed } from "./read-json.ts";

type Options = { kind: DocumentKind; name?: string; author?: string };

export function attachCommand(context: CliContext): Command {
  return new Command("attach")
    .description("keep a document with an invoice: a contract, an order, a delivery note, a proof")
    .argument("<invoice>", "the invoice's number")
    .argument("<file>", "the document, of at most 10 MB")
    .addOption(new Option("--kind <kind>", "what it is").choices([...DOCUMENT_KINDS]).makeOptionMandatory())
    .option("--name <name>", "what to call it, instead of the file's name")
    .option("--author <name>", "who attaches it, for the record")
    .action(async (invoiceNumber: string, path: string, { kind, name, ...options }: Options) => {
      const content = await readDocument(path);
      const services = await context.services();
      const document = {
        invoiceNumber,
        kind,
        name: name ?? basename(path),
        content,
        author: author(options.author),
      };
      const kept = await withFileNamed(path, () => attachDocument(services, document));
      if (context.json) {
        const { id, mediaType, bytes, sha256, changed } = kept;
        const { kind: as, name: called } = kept;
        const said = { document: id, invoice: invoiceNumber, kind: as, name: called, media_type: mediaType };
        return context.out(JSON.stringify({ ...said, bytes, sha256, changed }));
      }
      const there = kept.changed ? "is kept with" : "was kept before with";
      context.out(
        `${kept.name} (${words(kept.kind)}) ${there} invoice ${invoiceNumber}; SHA-256 ${kept.sha256}`,
      );
    });
}

/** The file's content; no more of one that is too large than what shows that it is. */
async function readDocument(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_DOCUMENT_BYTES) return new Uint8Array(LARGEST_DOCUMENT_BYTES + 1);
    return await readFile(path);
  } catch (error) {
    throw fileFault(path, error as NodeJS.ErrnoException);
  }
}

function words(kind: DocumentKind): string {
  return kind.replaceAll("_", " ");
}
