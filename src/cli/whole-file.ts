import { link, open, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { AppError } from "../errors.ts";

const FAULTS: Record<string, string> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "that disk may only be read",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk's quota is used up",
  ENAMETOOLONG: "its name is too long",
};

/**
 * Makes a file whole or not at all: `write` fills one of another name beside it, which is put in its place at the end. Throws
 * AppError `conflict` where there is one already and it is not to be replaced, `unavailable` where it cannot be written.
 */
export async function makeFile(
  path: string,
  { replaces, advice }: { replaces: boolean; advice: string },
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const whole = resolve(path);
  const temporary = `${whole}.${process.pid}.part`;
  const taken = new AppError("conflict", `${path} exists already; ${advice}`);
  try {
    await requirePlace(whole, path);
    if (!replaces && (await isThere(whole))) throw taken;
    await rm(temporary, { force: true });
    await write(temporary);
    await flush(temporary);
    if (replaces) await rename(temporary, whole);
    else if (!(await nameOnce(temporary, whole))) throw taken;
  } catch (error) {
    throw named(error, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** It has to be a file, or nothing yet, in a folder that is there. */
async function requirePlace(whole: string, path: string): Promise<void> {
  const folder = await stat(dirname(whole)).catch(() => null);
  if (!folder?.isDirectory())
    throw new AppError("invalid", `${path} cannot be written: there is no such folder`);
  const there = await stat(whole).catch(() => null);
  if (there && !there.isFile()) throw new AppError("invalid", `${path} cannot be written: it is no file`);
}

/** What is told as written has to be there after a power cut too. */
async function flush(path: string): Promise<void> {
  const file = await open(path, "r+");
  await file.sync().finally(() => file.close());
}

/** Gives a file its name unless another has it by now, in one step where the disk can do that. */
async function nameOnce(temporary: string, whole: string): Promise<boolean> {
  try {
    await link(temporary, whole);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (await isThere(whole)) return false;
    await rename(temporary, whole);
  }
  return true;
}

function named(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof AppError || !code || !/^E[A-Z]+$/.test(code)) return error;
  return new AppError("unavailable", `${path} cannot be written: ${FAULTS[code] ?? code}`, { cause: error });
}
