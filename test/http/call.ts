import { createApp } from "../../src/http/app.ts";
import { ACME } from "../support/cast.ts";
import { makeServices, type TestServices } from "../support/database.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is what the test expects it to be
type Answer = { status: number; body: any; headers: Headers };

export type Caller = {
  services: TestServices;
  /** Calls as a person on the same machine does, unless told otherwise. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same with whatever body, and the answer as it came. */
  request(path: string, init?: RequestInit): Promise<Response>;
};

/** The whole app on a database of its own. */
export async function makeCaller(
  options: { services?: Partial<TestServices>; remote?: string | null; isWorker?: boolean } = {},
): Promise<Caller> {
  const services = await makeServices(options.services);
  const { remote = "127.0.0.1", isWorker = false } = options;
  const app = createApp(services, { isWorker, remoteAddress: () => remote });
  return {
    services,
    request: async (path, init) => app.request(`http://localhost:8787${path}`, init),
    async call(method, path, body, headers = {}) {
      const json = body === undefined ? {} : { "Content-Type": "application/json" };
      const response = await app.request(`http://localhost:8787${path}`, {
        method,
        headers: { ...json, ...headers },
        body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
      return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
    },
  };
}

/** A creditor, a customer and an open invoice of 1,000.00 EUR, due on 4 March 2026. */
export async function tellBasics({ call }: Caller): Promise<void> {
  await call("PUT", "/api/creditor", ACME);
  await call("PUT", "/api/customers/NORDWIND", {
    name: "Nordwind Handel",
    country: "DE",
    locale: "en",
    timezone: "Europe/Berlin",
    owner_email: "rita.rep@acme.example",
    contacts: [{ name: "Bela Buch", email: "bills@nordwind.example", role: "billing" }],
  });
  await call("PUT", "/api/invoices/A-1", invoiceBody());
}

export function invoiceBody(overrides: Record<string, unknown> = {}) {
  return {
    customer_ref: "NORDWIND",
    currency: "EUR",
    amount: "1000.00",
    issued_on: "2026-02-02",
    due_on: "2026-03-04",
    ...overrides,
  };
}
