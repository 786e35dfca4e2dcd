import { type Client, createClient, type Row } from "@libsql/client";

// What the database says, read with statements of the auditor's own.

export type LedgerRow = {
  invoiceId: string;
  seq: number;
  at: number;
  kind: string;
  author: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: entries say what they say
  data: any;
  prevHash: string;
  hash: string;
};

export type Customer = {
  id: string;
  ref: string;
  kind: string;
  zone: string;
  policy: string;
  addresses: string[];
};

export type Invoice = {
  id: string;
  number: string;
  customer: Customer;
  currency: string;
  amountMinor: number;
  balanceMinor: number;
  dueOn: number | null;
  isOpen: boolean;
  ledger: LedgerRow[];
  /** Money by its reference; negative for what went back. */
  money: Map<string, number>;
};

/** A reminder or a notice, with the message that was kept of it. */
export type Mailing = { id: string; state: string; bytes: Buffer | null };

export type Records = {
  customers: Map<string, Customer>;
  invoices: Map<string, Invoice>;
  reminders: Map<string, Mailing>;
  notices: Map<string, Mailing>;
  /** Stages that stand as sent or waived, with their civil day, by invoice id. */
  steps: Map<string, { stage: string; on: number }[]>;
  holds: { customerId: string; invoiceId: string | null; until: number | null; endedAt: number | null }[];
  payments: {
    reference: string;
    amountMinor: number;
    kind: string;
    isAllocated: boolean;
    customerId: string;
    currency: string;
  }[];
  policies: Map<string, Record<string, unknown>>;
  suppressed: Set<string>;
  heads: Map<string, { seq: number; hash: string }>;
};

/** Reads everything that an audit needs. */
export async function readRecords(database: string): Promise<Records> {
  const client = createClient({ url: `file:${database}` });
  try {
    return await read(client);
  } finally {
    client.close();
  }
}

async function read(client: Client): Promise<Records> {
  const all = async (sql: string) => (await client.execute(sql)).rows;
  const customers = new Map<string, Customer>();
  for (const row of await all("SELECT id, ref, kind, timezone, policy FROM customers")) {
    const zone = String(row.timezone ?? "Europe/Berlin");
    const [id, ref, kind, policy] = [
      String(row.id),
      String(row.ref),
      String(row.kind),
      String(row.policy ?? "standard"),
    ];
    customers.set(id, { id, ref, kind, zone, policy, addresses: [] });
  }
  for (const row of await all("SELECT customer_id, email FROM contacts")) {
    customers.get(String(row.customer_id))!.addresses.push(String(row.email).toLowerCase());
  }
  const invoices = new Map<string, Invoice>();
  for (const row of await all("SELECT * FROM invoices"))
    invoices.set(String(row.id), invoiceOf(row, customers));
  for (const row of await all("SELECT * FROM ledger ORDER BY invoice_id, seq")) {
    invoices.get(String(row.invoice_id))?.ledger.push(ledgerOf(row));
  }
  const moneyRows = await all(
    "SELECT a.invoice_id, p.reference, a.amount_minor FROM allocations a JOIN payments p ON p.id = a.payment_id",
  );
  for (const row of moneyRows) {
    invoices.get(String(row.invoice_id))!.money.set(String(row.reference), Number(row.amount_minor));
  }
  const steps: Records["steps"] = new Map();
  const stepRows = await all(
    `SELECT ri.invoice_id, ri.stage, r.leaves_on AS day FROM reminder_invoices ri JOIN reminders r ON r.id = ri.reminder_id
     WHERE ri.counts = 1 UNION ALL SELECT invoice_id, stage, waived_on FROM waived_stages`,
  );
  for (const row of stepRows) {
    const id = String(row.invoice_id);
    steps.set(id, [...(steps.get(id) ?? []), { stage: String(row.stage), on: Number(row.day) }]);
  }
  return {
    customers,
    invoices,
    steps,
    reminders: new Map((await all(REMINDERS)).map((row) => [String(row.id), mailingOf(row)])),
    notices: new Map(
      (await all("SELECT id, state, raw FROM notices")).map((row) => [String(row.id), mailingOf(row)]),
    ),
    holds: (await all("SELECT * FROM holds")).map((row) => ({
      customerId: String(row.customer_id),
      invoiceId: row.invoice_id as string | null,
      until: row.until as number | null,
      endedAt: row.ended_at as number | null,
    })),
    payments: (await all("SELECT * FROM payments")).map((row) => ({
      reference: String(row.reference),
      amountMinor: Number(row.amount_minor),
      kind: String(row.kind),
      isAllocated: Number(row.amount_minor) === Math.abs(Number(row.allocated_minor)),
      customerId: String(row.customer_id),
      currency: String(row.currency),
    })),
    policies: new Map(
      (await all("SELECT name, body, max(version) FROM policies GROUP BY name")).map((row) => [
        String(row.name),
        JSON.parse(String(row.body)),
      ]),
    ),
    suppressed: new Set((await all("SELECT address FROM suppressions")).map((row) => String(row.address))),
    heads: new Map(
      (await all("SELECT * FROM ledger_heads")).map((row) => [
        String(row.invoice_id),
        { seq: Number(row.seq), hash: String(row.hash) },
      ]),
    ),
  };
}

const REMINDERS = `SELECT r.id, r.state, m.raw FROM reminders r
  LEFT JOIN messages m ON m.reminder_id = r.id`;

function invoiceOf(row: Row, customers: Map<string, Customer>): Invoice {
  return {
    id: String(row.id),
    number: String(row.number),
    customer: customers.get(String(row.customer_id))!,
    currency: String(row.currency),
    amountMinor: Number(row.amount_minor),
    balanceMinor: Number(row.balance_minor),
    dueOn: row.due_on as number | null,
    isOpen: row.status === "open",
    ledger: [],
    money: new Map(),
  };
}

function ledgerOf(row: Row): LedgerRow {
  const text = String(row.data);
  return {
    invoiceId: String(row.invoice_id),
    seq: Number(row.seq),
    at: Number(row.at),
    kind: String(row.kind),
    author: String(row.author),
    text,
    data: JSON.parse(text),
    prevHash: String(row.prev_hash),
    hash: String(row.hash),
  };
}

function mailingOf(row: Row): Mailing {
  return {
    id: String(row.id),
    state: String(row.state),
    bytes: row.raw === null ? null : Buffer.from(row.raw as ArrayBuffer),
  };
}
