import { LARGEST_DOCUMENT_BYTES } from "../../domain/document.ts";
import type { Words } from "../../email/words.ts";
import { AppError } from "../../errors.ts";
import { settleMediaType } from "../../reminders/media-type.ts";
import type { AnyWay, Mistake } from "./way.ts";

/** The files in a form; browsers send an empty one where none was chosen. */
export function filesOf(sent: FormData): File[] {
  return sent.getAll("files").filter((value) => value instanceof File && value.size > 0) as File[];
}

/** What is wrong with files, told before anything is recorded: their size, and what they are by their content. */
export async function refuseFiles(files: File[], way: AnyWay, words: Words): Promise<Mistake[]> {
  const mistakes: Mistake[] = [];
  for (const file of files) {
    const { name, size } = file;
    if (size > LARGEST_DOCUMENT_BYTES) {
      mistakes.push({ field: "files", text: words.say("page.mistake.fileSize", { name }) });
    } else if (!(await isTaken(file, way))) {
      mistakes.push({ field: "files", text: words.say("page.mistake.file", { name }) });
    }
  }
  return mistakes;
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
