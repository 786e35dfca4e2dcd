import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

type SettingKey =
  | "fresh_through"
  | "backlog_released_at"
  | "link_secret"
  | "stop"
  | "backup_taken_at"
  | "zones_watched_on"
  | "send_quota"
  | "circuit"
  | "chat_waits_until"
  | "overdue_told_on"
  | "retention_seen";

/** A stored setting, or undefined. */
export async function findSetting<T>(db: Db, key: SettingKey): Promise<T | undefined> {
  return readSetting(await db.client.execute(settingQuery(key)));
}

export function settingQuery(key: SettingKey): InStatement {
  return { sql: "SELECT value FROM settings WHERE key = ?", args: [key] };
}

export function readSetting<T>({ rows }: ResultSet): T | undefined {
  return rows[0] ? (JSON.parse(String(rows[0].value)) as T) : undefined;
}

export function deleteSettingStatement(key: SettingKey): InStatement {
  return { sql: "DELETE FROM settings WHERE key = ?", args: [key] };
}

export function putSettingStatement(key: SettingKey, value: unknown) {
  return {
    sql: "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    args: [key, JSON.stringify(value)],
  };
}

/** Whether this day is the first asker's: for what is done once a day, by whichever process comes first. */
export async function claimDay(db: Db, key: SettingKey, day: CivilDay): Promise<boolean> {
  const [claimed] = await db.batch([
    {
      sql: `INSERT INTO settings (key, value) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value RETURNING key`,
      args: [key, JSON.stringify(day)],
    },
  ]);
  return claimed!.rows.length > 0;
}
