import { LARGEST_DOCUMENT_BYTES, MOST_DEBTOR_DOCUMENTS } from "../../domain/document.ts";
import type { Words } from "../../email/words.ts";
import { AppError } from "../../errors.ts";
import { attachDocuments } from "../../reminders/records/attach-document.ts";
import { settleMediaType } from "../../reminders/records/media-type.ts";
import type { Services } from "../../services.ts";
import type { AnyWay, Mistake, Page } from "./way.ts";

const MOST_FILES = 10;

/** The files in a form; browsers send an empty one where none was chosen. */
export function filesOf(sent: FormData): File[] {
  return sent.getAll("files").filter((value) => value instanceof File && value.size > 0) as File[];
}

/** What is wrong with files, told before anything is recorded: how many, their size, and what they are by their content. */
export async function refuseFiles(files: File[], way: AnyWay, words: Words): Promise<Mistake[]> {
  if (files.length > MOST_FILES) {
    return [{ field: "files", text: words.say("page.mistake.fileCount", { most: MOST_FILES }) }];
  }
  const mistakes: Mistake[] = [];
  for (const file of files) {
    const { name, size } = file;
    if (size > LARGEST_DOCUMENT_BYTES) {
      mistakes.push({ field: "files", text: words.say("page.mistake.fileSize", { name }) });
    } else if (!(await isTaken(file, way))) {
      mistakes.push({
        field: "files",
        text: words.say("page.mistake.file", { name, isProof: isProof(way) }),
      });
    }
  }
  return mistakes;
}

/** Whether a way takes a proof of payment rather than whatever helps, as words ask. */
export function isProof({ files }: AnyWay): "yes" | "no" {
  return files?.kind === "proof" ? "yes" : "no";
}

/** Keeps the files of a form with their invoice; where that takes no more of them it keeps none, and answers what is wrong. */
export async function attachFiles(
  services: Services,
  { files, way, draft, page }: { files: File[]; way: AnyWay; draft: unknown; page: Page },
): Promise<Mistake[]> {
  if (files.length === 0) return [];
  const number = way.fileInvoice!(draft);
  const { kind } = way.files!;
  try {
    await attachDocuments(services, {
      invoiceNumber: number,
      files: await Promise.all(
        files.map(async (file) => ({
          kind,
          name: file.name,
          content: new Uint8Array(await file.arrayBuffer()),
        })),
      ),
      author: "debtor",
      customerId: page.account.customerId,
    });
    return [];
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "conflict" || error.retry) throw error;
    const text = page.words.say("page.mistake.filesFull", { number, most: MOST_DEBTOR_DOCUMENTS });
    return [{ field: "files", text }];
  }
}

async function isTaken(file: File, way: AnyWay): Promise<boolean> {
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    const { mediaType } = await settleMediaType(content, file.name);
    return way.files!.takes.test(mediaType);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
