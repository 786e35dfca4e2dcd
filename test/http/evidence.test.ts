import { expect, test } from "vitest";
import { pack, unpack } from "../evidence/packed.ts";
import { makeCaller, tellBasics } from "./call.ts";

test("the evidence for an invoice comes as a file to save, the same bytes as the command makes", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const answer = await caller.request("/api/invoices/A-1/evidence");
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/zip"]);
  expect(answer.headers.get("Content-Disposition")).toBe(
    "attachment; filename=\"evidence-A-1.zip\"; filename*=UTF-8''evidence-A-1.zip",
  );
  expect(bytes.equals((await pack(caller.services, "A-1")).bytes)).toBe(true);
  expect(await (await unpack(bytes)).verify()).toEqual([]);
  expect((await caller.call("GET", "/api/invoices/A-9/evidence")).status).toBe(404);
});

test("a record that does not hold is logged for whoever runs the service", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  await caller.services.db.client.executeMultiple(
    "DROP TRIGGER ledger_keeps_its_entries; UPDATE ledger SET author = 'nobody'",
  );
  await (await caller.request("/api/invoices/A-1/evidence")).arrayBuffer();
  expect(caller.services.log.events).toContainEqual(
    expect.objectContaining({ level: "error", event: "record_does_not_hold" }),
  );
});
