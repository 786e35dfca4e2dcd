import { expect, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { deliver, reminded, writtenMail } from "../support/incoming.ts";

async function answered(text: string) {
  const { story, replyTo } = await reminded();
  const raw = writtenMail({ text, to: replyTo });
  const { id } = await deliver(story, raw);
  const app = createApp(story, { isWorker: false, remoteAddress: () => "127.0.0.1" });
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = { "Content-Type": "application/json" };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    return app.request(`http://localhost:8787/api/replies${path}`, init);
  };
  return { story, id, raw, call };
}

test("the replies that wait are listed with what is proposed", async () => {
  const { id, call } = await answered("We will pay EUR 400.00 on 20 March 2026.");
  expect(await (await call("GET", "")).json()).toEqual({
    cursor: null,
    replies: [
      {
        reply: id,
        received_at: "2026-03-09T11:00:00.000Z",
        customer_ref: "NORDWIND",
        invoices: ["A-100"],
        from: "bills@nordwind.example",
        subject: "Re: your invoice",
        sender: "passed",
        kind: "promise",
        sentence: "We will pay EUR 400.00 on 20 March 2026.",
        confidence: expect.any(Number),
        proposal: {
          action: "accept_promise",
          on: "2026-03-20",
          invoices: [{ invoice_number: "A-100", amount: "400.00" }],
          email: null,
        },
      },
    ],
  });
});

test("a reply is accepted once; who comes second reads who was first", async () => {
  const { id, call } = await answered("We will pay on 20 March 2026.");
  const accepted = await call("PUT", `/${id}/decision`, { decision: "accept" });
  expect(await accepted.json()).toEqual({ reply: id, action: "accept_promise" });
  const second = await call("PUT", `/${id}/decision`, { decision: "handled" });
  expect(second.status).toBe(409);
  expect(await second.json()).toMatchObject({ detail: expect.stringContaining("was accepted by api") });
  expect(await (await call("GET", "")).json()).toMatchObject({ replies: [] });
});

test("a reply is said to be handled", async () => {
  const { id, call } = await answered("Which order was this for?");
  expect((await call("PUT", `/${id}/decision`, { decision: "accept" })).status).toBe(422);
  expect(await (await call("PUT", `/${id}/decision`, { decision: "handled" })).json()).toEqual({
    reply: id,
    action: null,
  });
});

test("its mail is read as it came, and one that is not there is not found", async () => {
  const { id, raw, call } = await answered("Which order was this for? Größe 京");
  const mail = await call("GET", `/${id}/mail`);
  expect(mail.headers.get("Content-Type")).toBe("message/rfc822");
  expect(Buffer.from(await mail.arrayBuffer()).equals(raw)).toBe(true);
  expect((await call("GET", "/rpl_0/mail")).status).toBe(404);
  expect((await call("PUT", "/rpl_0/decision", { decision: "handled" })).status).toBe(404);
});
