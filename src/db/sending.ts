import type { InStatement, ResultSet } from "@libsql/client";
import { type Circuit, CLOSED, type Quota } from "../domain/sending.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";
import { findSetting, putSettingStatement } from "./settings.ts";

/** Further ahead than all processes together wait for their turn: left by a clock that was wrong. */
const FURTHEST_SLOT_MS = 5 * 60_000;

/** The database's clock, which all processes share. */
const NOW = "unixepoch('subsec') * 1000";

/** Takes the next slots for so many recipients, after those of all other processes; `readSlots` understands its result. */
export function takeSlots({ units, perSecond }: { units: number; perSecond: number }): InStatement {
  return {
    sql: `INSERT INTO settings (key, value) VALUES ('send_slot', ${NOW} + ?1)
          ON CONFLICT (key) DO UPDATE SET value = ?1 +
            CASE WHEN CAST(value AS real) BETWEEN ${NOW} AND ${NOW} + ${FURTHEST_SLOT_MS} THEN CAST(value AS real) ELSE ${NOW} END
          RETURNING CAST(value AS real) - ?1 - ${NOW} AS starts_in`,
    args: [(units * 1000) / perSecond],
  };
}

/** In how many milliseconds the first of the slots comes. */
export function readSlots({ rows }: ResultSet): number {
  return Math.max(0, Number(rows[0]!.starts_in));
}

export function putQuota(quota: Quota): InStatement {
  return putSettingStatement("send_quota", quota);
}

/** Counts what left under the quota that is on record. */
export function countSent(recipients: number): InStatement {
  return {
    sql: `UPDATE settings SET value = json_set(value, '$.sentInDay', value->>'sentInDay' + ?) WHERE key = 'send_quota'`,
    args: [recipients],
  };
}

/** Stores the circuit; one that was closed stays as another process has opened it meanwhile. */
export function putCircuit(circuit: Circuit, before: Circuit): InStatement {
  const { sql, args } = putSettingStatement("circuit", circuit);
  return { sql: before.openUntil === null ? `${sql} WHERE value->>'openUntil' IS NULL` : sql, args };
}

/** Whether this process may let a mail through a circuit whose time is over: one at a time may, until `until`. */
export async function takeProbe(db: Db, { openUntil }: Circuit, until: Instant): Promise<boolean> {
  const [taken] = await db.batch([
    {
      sql: `UPDATE settings SET value = json_set(value, '$.openUntil', ?) WHERE key = 'circuit' AND value->>'openUntil' = ?`,
      args: [until, openUntil],
    },
  ]);
  return taken!.rowsAffected > 0;
}

/** The circuit while nothing leaves because of it, or null. */
export async function findCircuit(db: Db): Promise<Circuit | null> {
  const circuit = (await findSetting<Circuit>(db, "circuit")) ?? CLOSED;
  return circuit.openUntil === null ? null : circuit;
}

/** Takes addresses that a mail did not go to from the recipients of its reminder. */
export function dropRecipients(id: string, addresses: string[]): InStatement {
  return {
    sql: `UPDATE reminders SET recipients = (SELECT json_group_array(r.value) FROM json_each(recipients) r
            WHERE r.value NOT IN (SELECT value FROM json_each(?))) WHERE id = ?`,
    args: [JSON.stringify(addresses), id],
  };
}
