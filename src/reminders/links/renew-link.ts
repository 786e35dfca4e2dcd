import { planNotices } from "../../db/notices.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import type { Services } from "../../services.ts";
import type { Link } from "./link.ts";

/** Mails a new link to the contacts on record, at most once a day for each customer, whoever asks for it. */
export async function renewLink(
  { db, clock }: Pick<Services, "db" | "clock">,
  { link, name }: { link: Link; name: string },
): Promise<void> {
  const at = clock();
  const { customerId } = link;
  const fact = `link_renewed ${customerId} ${Math.floor(at / DAY_MS)}`;
  const body = { items: [], name };
  await db.batch(
    planNotices([{ fact, kind: "link_renewed", customerId, invoiceIds: [], leavesAt: at, body }], at),
  );
}
