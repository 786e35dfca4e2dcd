import { expect, test } from "vitest";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ledgerOf } from "../support/stored.ts";
import { type Caller, makeCaller, tellBasics } from "./call.ts";

const STAGES = [
  { key: "soft", offsetDays: -2, template: "pre-due", to: ["billing"] },
  { key: "formal", offsetDays: 0, template: "formal-notice", to: ["billing"], approval: "finance" },
];

/** Invoice A-1 is due on 4 March, and finance is asked about its formal notice on 9 March. */
async function asked(): Promise<Caller & { id: string }> {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { services, call } = caller;
  await applyPolicy(services, { name: "standard", stages: STAGES });
  await tick(services);
  services.clock.set("2026-03-09T10:00:00Z");
  await tick(services);
  const { body } = await call("GET", "/api/invoices/A-1");
  const waiting = body.reminders.find(({ state }: { state: string }) => state === "awaiting_approval");
  return { ...caller, id: waiting.reminder };
}

test("a letter is approved once, and its approval is entered under the API", async () => {
  const { call, services, id } = await asked();
  const approved = await call("PUT", `/api/reminders/${id}/approval`, { decision: "approve" });
  expect(approved).toMatchObject({
    status: 200,
    body: {
      reminder: id,
      stage: "formal",
      invoices: ["A-1"],
      decision: "approve",
      approved_until: "2026-03-16T10:00:00.000Z",
      held_until: null,
    },
  });
  expect(await call("PUT", `/api/reminders/${id}/approval`, { decision: "approve" })).toMatchObject({
    status: 409,
    body: { detail: `reminder ${id} was approved by api on 2026-03-09 already` },
  });
  expect((await ledgerOf(services.db, "A-1")).at(-1)).toMatchObject({
    kind: "approval_given",
    author: "api",
  });
});

test("a letter is declined with a reason, and held", async () => {
  const { call, id } = await asked();
  expect(await call("PUT", `/api/reminders/${id}/approval`, { decision: "decline" })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "reason" }] },
  });
  const declined = await call("PUT", `/api/reminders/${id}/approval`, {
    decision: "decline",
    reason: "paid by cheque",
  });
  expect(declined).toMatchObject({
    status: 200,
    body: { decision: "decline", approved_until: null, held_until: "2026-03-23" },
  });
  expect((await call("GET", "/api/invoices/A-1")).body.holds).toMatchObject([
    { kind: "manual", reason: "paid by cheque", until: "2026-03-23", author: "api" },
  ]);
});

test("an answer to nobody's question is not found, and one that is none is refused", async () => {
  const { call, id } = await asked();
  const none = await call("PUT", "/api/reminders/rem_none/approval", { decision: "approve" });
  expect(none).toMatchObject({
    status: 404,
    body: { detail: "there is no reminder, promise, plan, contact or invoice rem_none" },
  });
  expect((await call("PUT", `/api/reminders/${id}/approval`, { decision: "maybe" })).status).toBe(422);
});

test("a stage is waived, and reset", async () => {
  const { call } = await asked();
  const reason = "key account";
  expect(await call("PUT", "/api/invoices/A-1/waivers/soft", { reason })).toMatchObject({ status: 409 });
  expect(await call("PUT", "/api/invoices/A-1/waivers/formal", {})).toMatchObject({ status: 422 });
  expect(await call("PUT", "/api/invoices/A-1/waivers/formal", { reason })).toMatchObject({
    status: 200,
    body: { invoice_number: "A-1", stage: "formal", next_stage: null },
  });
  expect(await call("POST", "/api/invoices/A-1/resets", { stage: "formal", reason })).toMatchObject({
    status: 201,
    body: { invoice_number: "A-1", stage: "formal" },
  });
  expect(await call("POST", "/api/invoices/A-1/resets", { stage: "formal", reason })).toMatchObject({
    status: 409,
  });
});

test("everything is stopped and resumed, and health says since when, not by whom", async () => {
  const { call, services } = await makeCaller();
  expect(await call("DELETE", "/api/stop")).toMatchObject({ status: 404 });
  const stopped = await call("PUT", "/api/stop", { reason: "wrong bank file" });
  expect(stopped).toMatchObject({ status: 200, body: { author: "api", reason: "wrong bank file" } });
  const health = (await call("GET", "/healthz")).body;
  expect(health).toMatchObject({ ok: true, stopped_since: new Date(services.clock()).toISOString() });
  expect(JSON.stringify(health)).not.toContain("bank file");
  expect((await call("DELETE", "/api/stop")).status).toBe(204);
  expect((await call("GET", "/healthz")).body.stopped_since).toBeNull();
});

test("a notice that is not lost is not settled by a word", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { services, call } = caller;
  await call("POST", "/api/invoices/A-1/promises", { on: "2026-03-13" });
  const { rows } = await services.db.client.execute("SELECT id, state FROM notices");
  const path = `/api/notices/${rows[0]!.id}/outcome`;
  const word = { outcome: "not_sent", reason: "no trace of it" };
  expect(await call("PUT", path, word)).toMatchObject({ status: 409 });
  await services.db.client.execute("UPDATE notices SET state = 'unknown'");
  const settled = { notice: rows[0]!.id, kind: "promise_confirmed", invoices: ["A-1"], outcome: "not_sent" };
  expect(await call("PUT", path, word)).toMatchObject({ status: 200, body: settled });
  expect(await call("PUT", "/api/notices/ntc_none/outcome", word)).toMatchObject({ status: 404 });
});

test("an outcome that nobody knows is settled by a word, once", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { services, call } = caller;
  await applyPolicy(services, { name: "standard", stages: STAGES });
  services.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
  await tick(services);
  const { body } = await call("GET", "/api/invoices/A-1");
  const [{ reminder: id, state }] = body.reminders;
  expect(state).toBe("unknown");
  const path = `/api/reminders/${id}/outcome`;
  expect(await call("PUT", path, { outcome: "perhaps", reason: "?" })).toMatchObject({
    status: 422,
    body: { errors: [{ field: "outcome", detail: 'is "sent" or "not_sent"' }] },
  });
  const word = { outcome: "sent", reason: "they confirmed it by phone" };
  expect(await call("PUT", path, word)).toMatchObject({
    status: 200,
    body: { reminder: id, stage: "soft", invoices: ["A-1"], outcome: "sent" },
  });
  expect(await call("PUT", path, word)).toMatchObject({ status: 409 });
  expect(await call("PUT", "/api/reminders/rem_none/outcome", word)).toMatchObject({ status: 404 });
  expect((await ledgerOf(services.db, "A-1")).at(-1)).toMatchObject({ kind: "reminder_sent", author: "api" });
});
