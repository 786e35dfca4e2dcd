import type { InValue, Row } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

export const LISTED_STATUSES = ["open", "paid", "void", "written_off"] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];

/** An invoice as lists show it. */
export type ListedInvoice = {
  id: string;
  number: string;
  customerId: string;
  customerRef: string;
  customerName: string;
  ownerEmail: string | null;
  currency: string;
  amountMinor: number;
  balanceMinor: number;
  issuedOn: CivilDay | null;
  dueOn: CivilDay | null;
  /** `paid` is an open invoice with nothing left. */
  status: ListedStatus;
  /** The stage of the last reminder that left for it. */
  stage: string | null;
  poNumber: string | null;
  paymentUrl: string | null;
  invoiceUrl: string | null;
  isMissing: boolean;
};

export type InvoiceFilter = { status?: ListedStatus; stage?: string; owner?: string };

const STAGE = `(SELECT ri.stage FROM reminder_invoices ri JOIN reminders r ON r.id = ri.reminder_id
  WHERE ri.invoice_id = i.id AND ri.counts = 1 AND r.sent_at IS NOT NULL ORDER BY r.sent_at DESC LIMIT 1)`;
const SELECT = `SELECT i.id, i.number, i.customer_id, c.ref, c.name, c.owner_email, i.currency, i.amount_minor,
  i.balance_minor, i.issued_on, i.due_on, i.status, i.po_number, i.payment_url, i.invoice_url, i.missing_since,
  ${STAGE} AS stage FROM invoices i JOIN customers c ON c.id = i.customer_id`;

const STATUS_SQL: Record<ListedStatus, string> = {
  open: "i.status = 'open' AND i.balance_minor > 0",
  paid: "i.status = 'open' AND i.balance_minor = 0",
  void: "i.status = 'void'",
  written_off: "i.status = 'written_off'",
};

/** Invoices in the order in which they were first recorded; `after` is the id of the last one of the page before. */
export async function listInvoices(
  db: Db,
  filter: InvoiceFilter,
  page: { after?: string; limit: number },
): Promise<ListedInvoice[]> {
  const conditions: string[] = ["true"];
  const args: InValue[] = [];
  const also = (condition: string, ...values: InValue[]) => {
    conditions.push(condition);
    args.push(...values);
  };
  if (filter.status) also(STATUS_SQL[filter.status]);
  if (filter.stage) also(`${STAGE} = ?`, filter.stage);
  if (filter.owner) also("c.owner_email = ? COLLATE NOCASE", filter.owner);
  if (page.after) also("i.id > ?", page.after);
  const { rows } = await db.client.execute({
    sql: `${SELECT} WHERE ${conditions.join(" AND ")} ORDER BY i.id LIMIT ?`,
    args: [...args, page.limit],
  });
  return rows.map(toListed);
}

/** One invoice by its number. */
export async function findListedInvoice(db: Db, number: string): Promise<ListedInvoice | undefined> {
  const { rows } = await db.client.execute({ sql: `${SELECT} WHERE i.number = ?`, args: [number] });
  return rows[0] && toListed(rows[0]);
}

function toListed(row: Row): ListedInvoice {
  const text = (value: unknown) => (value === null ? null : String(value));
  const day = (value: unknown) => (value === null ? null : Number(value));
  const balanceMinor = Number(row.balance_minor);
  return {
    id: String(row.id),
    number: String(row.number),
    customerId: String(row.customer_id),
    customerRef: String(row.ref),
    customerName: String(row.name),
    ownerEmail: text(row.owner_email),
    currency: String(row.currency),
    amountMinor: Number(row.amount_minor),
    balanceMinor,
    issuedOn: day(row.issued_on),
    dueOn: day(row.due_on),
    status: row.status === "open" && balanceMinor === 0 ? "paid" : (row.status as ListedStatus),
    stage: text(row.stage),
    poNumber: text(row.po_number),
    paymentUrl: text(row.payment_url),
    invoiceUrl: text(row.invoice_url),
    isMissing: row.missing_since !== null,
  };
}
