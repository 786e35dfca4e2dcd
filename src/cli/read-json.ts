import { readFile } from "node:fs/promises";
import { AppError } from "../errors.ts";

const FAULTS: Record<string, string> = {
  ENOENT: "does not exist",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read by this user",
  EPERM: "may not be read by this user",
};

/** The JSON in a file. Throws AppError `invalid` naming the file and what is wrong with it. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw fileFault(path, error);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new AppError("invalid", `${path} is not JSON: ${(error as Error).message}`);
  }
}

/** What keeps a file from being read, in a sentence. */
export function fileFault(path: string, { code }: NodeJS.ErrnoException): AppError {
  return new AppError("invalid", `${path} ${FAULTS[code ?? ""] ?? `cannot be read (${code})`}`);
}

/** Does the work on a file's content, and names the file in what it refuses. */
export async function withFileNamed<T>(path: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid") throw error;
    throw new AppError("invalid", `${path}: ${error.message}`, { cause: error });
  }
}
