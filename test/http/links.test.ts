import { expect, test } from "vitest";
import { linkOf } from "../support/debtor-site.ts";
import { makeCaller, tellBasics } from "./call.ts";

test("the links of a customer are closed through the API", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { rows } = await caller.services.db.client.execute("SELECT id FROM customers");
  const link = await linkOf(caller.services, { customerId: String(rows[0]!.id) });
  expect((await caller.call("GET", link)).status).toBe(200);
  expect((await caller.call("DELETE", "/api/customers/NORDWIND/links")).status).toBe(204);
  expect((await caller.call("GET", link)).status).toBe(404);
  expect((await caller.call("DELETE", "/api/customers/NOBODY/links")).status).toBe(404);
});
