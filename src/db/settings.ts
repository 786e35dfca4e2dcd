import type { Db } from "./open.ts";

type SettingKey = "fresh_through" | "backlog_released_at" | "link_secret" | "stopped_at";

/** A stored setting, or undefined. */
export async function findSetting<T>(db: Db, key: SettingKey): Promise<T | undefined> {
  const { rows } = await db.client.execute({ sql: "SELECT value FROM settings WHERE key = ?", args: [key] });
  return rows[0] ? (JSON.parse(String(rows[0].value)) as T) : undefined;
}

export function putSettingStatement(key: SettingKey, value: unknown) {
  return {
    sql: "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    args: [key, JSON.stringify(value)],
  };
}
