import type { Db } from "./open.ts";

/** What is not known about customers that owe something, consumers aside. */
export type Gaps = {
  /** Customers without a country: of them no holidays are known. */
  withoutCountry: number;
  /** Open invoices of customers who have no address, or none that may be written to. */
  withoutAddress: number;
};

/** Reads what is open by its index, and each customer once. */
export async function countGaps(db: Db): Promise<Gaps> {
  const { rows } = await db.client.execute(
    `SELECT coalesce(sum(c.country IS NULL), 0) AS countries, coalesce(sum(iif(EXISTS (
         SELECT 1 FROM contacts n WHERE n.customer_id = c.id
           AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.address = lower(n.email))), 0, owing.invoices)), 0) AS addresses
     FROM (SELECT customer_id, count(*) AS invoices FROM invoices WHERE balance_minor > 0 AND status = 'open'
           GROUP BY customer_id) owing JOIN customers c ON c.id = owing.customer_id WHERE c.kind <> 'consumer'`,
  );
  return { withoutCountry: Number(rows[0]!.countries), withoutAddress: Number(rows[0]!.addresses) };
}
