import { putKeyStatement, type StoredKey } from "../../db/api-keys.ts";
import { newId } from "../../domain/ids.ts";
import { SCOPES, type Scope } from "../../domain/scope.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { hashOfKey, KEY_BEGINS } from "./find-key.ts";

const RANDOM_BYTES = 32;
const PREFIX_CHARS = KEY_BEGINS.length + 6;
const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/i;

/**
 * Makes a key to the API and returns it, the only time that anybody sees it. Throws `invalid` for a name or a scope that cannot be,
 * `conflict` where a key of this name is in force.
 */
export async function createKey(
  { db, clock, log }: Pick<Services, "db" | "clock" | "log">,
  told: { name: string; scopes: string[]; author: string },
): Promise<{ key: string; stored: StoredKey }> {
  const { name, author } = told;
  if (!NAME.test(name)) {
    throw new AppError(
      "invalid",
      "the name of a key has 1 to 40 letters, digits, dots, dashes or underscores",
    );
  }
  const scopes = readScopes(told.scopes);
  const at = clock();
  const key = `${KEY_BEGINS}${randomText()}`;
  const stored: StoredKey = {
    id: newId("key", at),
    name,
    prefix: key.slice(0, PREFIX_CHARS),
    scopes,
    createdAt: at,
    createdBy: author,
    lastUsedOn: null,
    revokedAt: null,
  };
  const [put] = await db.batch([putKeyStatement(stored, hashOfKey(key))]);
  if (put!.rowsAffected === 0) {
    throw new AppError("conflict", `a key named ${name} is in force; revoke it, or take another name`);
  }
  log("info", "api_key_created", { id: stored.id, name, scopes, author });
  return { key, stored };
}

function readScopes(told: string[]): Scope[] {
  const wrong = told.find((scope) => !SCOPES.includes(scope as Scope));
  if (wrong !== undefined || told.length === 0) {
    const what = wrong === undefined ? "a key has at least one scope" : `there is no scope ${wrong}`;
    throw new AppError("invalid", `${what}: name ${SCOPES.join(", ")}`);
  }
  return SCOPES.filter((scope) => told.includes(scope));
}

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))).toString("base64url");
}
