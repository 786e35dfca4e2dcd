import type { InvoiceRecord } from "../../src/domain/records.ts";
import { LINK_LASTS_MS, signLink } from "../../src/reminders/links/link.ts";
import { linkSecret } from "../../src/reminders/links/link-secret.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import type { Services } from "../../src/services.ts";
import { invoice, NORDWIND } from "./cast.ts";
import { type Form, formOf } from "./form.ts";

type Fields = Record<string, string | string[] | File | File[]>;
export type Answer = { status: number; body: string; headers: Headers; path: string };

/** The debtor's pages on some runtime, and the database behind them. */
export type DebtorSite = {
  services: Services;
  request(path: string, init?: RequestInit): Promise<Response>;
};

/** Somebody at a customer with a link, who fills in forms as a browser without JavaScript does. */
export type Visitor = {
  ref: string;
  customerId: string;
  /** `/p/…` */
  path: string;
  numbers: string[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form with what is typed in it, and follows where that leads. */
  send(form: Form, typed?: Fields, headers?: Record<string, string>): Promise<Answer>;
  /** Opens a way, fills it in, and answers the page to confirm. */
  fillIn(way: string, typed?: Fields): Promise<Answer>;
  confirm(page: Answer, typed?: Fields): Promise<Answer>;
};

let visitors = 0;

/** A customer of its own with open invoices, due 20 days ago unless told otherwise, and a link. */
export async function visitorOf(
  site: DebtorSite,
  options: { invoices?: Partial<InvoiceRecord>[]; locale?: string } = {},
): Promise<Visitor> {
  const { services } = site;
  const at = services.clock();
  const today = Math.floor(at / 86_400_000);
  const ref = `VISITOR-${++visitors}`;
  const context = { author: "test", at };
  const email = `bills@${ref.toLowerCase()}.example`;
  const customer = {
    ...NORDWIND,
    ref,
    locale: options.locale ?? "en",
    contact: { email, role: "billing" as const },
  };
  await putCustomers(services, [customer], context);
  const records = (options.invoices ?? [{}]).map((own, index) =>
    invoice({
      number: `${ref}-${index + 1}`,
      customerRef: ref,
      issuedOn: today - 50,
      dueOn: today - 20,
      ...own,
    }),
  );
  const outcomes = await putInvoices(services, records, context);
  if (outcomes.some(({ ok }) => !ok)) throw new Error(`refused: ${JSON.stringify(outcomes)}`);
  const { rows } = await services.db.client.execute({
    sql: "SELECT id FROM customers WHERE ref = ?",
    args: [ref],
  });
  const customerId = String(rows[0]!.id);
  const path = await linkOf(services, { customerId });
  return { ref, customerId, path, numbers: records.map(({ number }) => number), ...browsing(site, path) };
}

/** A link as a reminder carries it. */
export async function linkOf(
  services: DebtorSite["services"],
  link: { customerId: string; reminderId?: string; expiresAt?: number },
): Promise<string> {
  const { customerId, reminderId = "rem_0test", expiresAt = services.clock() + LINK_LASTS_MS } = link;
  return `/p/${signLink(await linkSecret(services), { customerId, reminderId, expiresAt })}`;
}

/** What is recorded: every row of every table but the clock's own. */
export async function everythingIn({ db }: DebtorSite["services"]): Promise<string> {
  const { rows: tables } = await db.client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  );
  const contents = await Promise.all(
    tables.map(({ name }) =>
      db.client.execute(`SELECT '${name}' AS of_table, * FROM "${name}" ORDER BY rowid`),
    ),
  );
  return JSON.stringify(contents.map(({ rows }) => rows));
}

/** The rows of a customer in a table. */
export async function rowsOf({ services }: DebtorSite, table: string, { customerId }: Visitor) {
  const { rows } = await services.db.client.execute({
    sql: `SELECT * FROM "${table}" WHERE customer_id = ?`,
    args: [customerId],
  });
  return rows;
}

function browsing(site: DebtorSite, home: string): Pick<Visitor, "get" | "send" | "fillIn" | "confirm"> {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    answerOf(await site.request(path, { headers, redirect: "manual" }), path);
  const send: Visitor["send"] = async ({ action, fields }, typed = {}, headers = {}) => {
    const { type, bytes } = await encoded(fields, typed);
    const path = action || home;
    const init = { method: "POST", headers: { ...headers, "Content-Type": type }, body: bytes };
    const answer = await answerOf(await site.request(path, { ...init, redirect: "manual" }), path);
    const next = answer.headers.get("Location");
    return next ? get(next) : answer;
  };
  return {
    get,
    send,
    fillIn: async (way, typed) => send(formOf((await get(`${home}/${way}`)).body), typed),
    confirm: (page, typed) => send(formOf(page.body), { confirm: "yes", name: "Bela Buch", ...typed }),
  };
}

/** As a browser encodes it: in parts where a file is among it, and whole, since a cut stream of parts trips Node's own fetch. */
async function encoded(
  fields: [string, string][],
  typed: Fields,
): Promise<{ type: string; bytes: ArrayBuffer }> {
  const untouched = fields.filter(([name]) => !(name in typed));
  const entered = Object.entries(typed).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string | File] => [name, one]),
  );
  const all = [...untouched, ...entered];
  const form = new FormData();
  for (const [name, value] of all) form.append(name, value);
  const hasFile = all.some(([, value]) => value instanceof File);
  const body = new Response(hasFile ? form : new URLSearchParams(all as [string, string][]));
  return { type: body.headers.get("Content-Type")!, bytes: await body.arrayBuffer() };
}

async function answerOf(response: Response, path: string): Promise<Answer> {
  return { status: response.status, body: await response.text(), headers: response.headers, path };
}
