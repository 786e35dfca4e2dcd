import type { InStatement, ResultSet } from "@libsql/client";
import type { Db } from "./open.ts";

type SettingKey = "fresh_through" | "backlog_released_at" | "link_secret" | "stop";

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
