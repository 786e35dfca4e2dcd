import type { Creditor } from "../domain/letter.ts";
import type { Db } from "./open.ts";

/** Who we are, or undefined while nobody said. */
export async function findCreditor(_db: Db): Promise<Creditor | undefined> {
  throw new Error("not written");
}

/** Who we are; throws `not_found` with what to do about it. */
export async function getCreditor(_db: Db): Promise<Creditor> {
  throw new Error("not written");
}
