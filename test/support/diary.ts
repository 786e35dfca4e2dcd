import type { Db } from "../../src/db/open.ts";

/** The mails that debtors got besides reminders, by day: `promise_confirmed A`. */
export async function noticesByDay(db: Db): Promise<Record<string, string[]>> {
  const { rows } = await db.client.execute(
    `SELECT sent_at AS at, kind || (SELECT coalesce(group_concat(' ' || number, ''), '') FROM (SELECT i.number FROM notice_invoices x
       JOIN invoices i ON i.id = x.invoice_id WHERE x.notice_id = n.id ORDER BY i.number)) AS told
     FROM notices n WHERE state = 'sent' ORDER BY id`,
  );
  return byDay(rows);
}

/** What people at the creditor were told besides reminders that left and digests, by day: `promise_made A to rita.rep`. */
export async function alertsByDay(db: Db): Promise<Record<string, string[]>> {
  const { rows } = await db.client.execute(
    `SELECT created_at AS at, kind || (SELECT coalesce(group_concat(' ' || (value->>'number'), ''), '') FROM json_each(payload->'invoices'))
       || ' to ' || substr(to_email, 1, instr(to_email, '@') - 1) AS told
     FROM alerts WHERE kind NOT IN ('reminder_sent', 'digest') AND payload->>'key' IS NULL ORDER BY id`,
  );
  return byDay(rows);
}

function byDay(rows: Record<string, unknown>[]): Record<string, string[]> {
  const days: Record<string, string[]> = {};
  for (const row of rows) {
    const day = new Date(Number(row.at)).toISOString().slice(0, 10);
    days[day] = [...(days[day] ?? []), String(row.told)];
  }
  return days;
}
