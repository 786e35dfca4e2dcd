import { revokeLinksStatement } from "../../db/revoked-links.ts";
import { isIdOf } from "../../domain/ids.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** All links that a customer got until now, or those that came with one reminder or notice. */
export type RevokedLinks = { customerRef: string } | { mailId: string };

/** Closes links for good. Throws `not_found` for a customer, a reminder or a notice that is not there. */
export async function revokeLinks(
  { db, clock }: Pick<Services, "db" | "clock">,
  { author, ...revoked }: RevokedLinks & { author: string },
): Promise<void> {
  const subject = "mailId" in revoked ? revoked.mailId : revoked.customerRef;
  const { rows } = await db.client.execute({ sql: sourceOf(revoked), args: [subject] });
  if (!rows[0]) throw new AppError("not_found", `there is no ${describe(revoked)} ${subject}`);
  await db.batch([revokeLinksStatement({ subject: String(rows[0].id), at: clock(), author })]);
}

function sourceOf(revoked: RevokedLinks): string {
  if ("customerRef" in revoked) return "SELECT id FROM customers WHERE ref = ?";
  return `SELECT id FROM ${isIdOf("ntc", revoked.mailId) ? "notices" : "reminders"} WHERE id = ?`;
}

function describe(revoked: RevokedLinks): string {
  return "customerRef" in revoked ? "customer" : "reminder";
}
