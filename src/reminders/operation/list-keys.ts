import { readKeys, type StoredKey } from "../../db/api-keys.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import type { Scope } from "../../domain/scope.ts";
import type { Services } from "../../services.ts";

const LISTED = 200;

/** A key as it is shown: never the key itself. */
export type KeyLine = {
  name: string;
  prefix: string;
  scopes: Scope[];
  created_at: string;
  created_by: string;
  last_used_on: string | null;
  revoked_at: string | null;
};

/** The last 200 keys, the newest first, those revoked too. */
export async function listKeys({ db }: Pick<Services, "db">): Promise<KeyLine[]> {
  return (await readKeys(db, LISTED)).map(keyLine);
}

export function keyLine(key: StoredKey): KeyLine {
  return {
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    created_at: new Date(key.createdAt).toISOString(),
    created_by: key.createdBy,
    last_used_on: key.lastUsedOn === null ? null : formatCivilDay(key.lastUsedOn),
    revoked_at: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  };
}
