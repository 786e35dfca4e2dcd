import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createOutboxMailer } from "../../src/email/outbox-mailer.ts";
import { getSesQuota, isSesIdentityVerified } from "../../src/email/ses-account.ts";
import { createSesClient } from "../../src/email/ses-client.ts";
import { createSesMailer } from "../../src/email/ses-mailer.ts";
import type { OutgoingMail } from "../../src/ports.ts";
import { type SesRecorder, startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";

const RAW = [
  "From: Acme Accounts <ar@acme.example>",
  "To: billing@fern.example",
  "Message-ID: <rem_1@dunwell.example>",
  "",
  "Hello 中",
];

let ses: SesRecorder;

beforeAll(async () => {
  ses = await startSesRecorder();
});

afterAll(() => ses.close());

beforeEach(() => {
  ses.mails.length = 0;
  ses.arrivals.length = 0;
  Object.assign(ses.quota, { max24HourSend: 50_000, sentLast24Hours: 0 });
  ses.verified.add("acme.example");
});

function settings(overrides = {}) {
  return { AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL_SES: ses.url, ...TEST_KEY, ...overrides };
}

function mail(overrides: Partial<OutgoingMail> = {}): OutgoingMail {
  const raw = new TextEncoder().encode(RAW.join("\r\n"));
  return {
    id: "rem_1",
    from: "Acme Accounts <ar@acme.example>",
    to: ["billing@fern.example"],
    raw,
    ...overrides,
  };
}

describe("a mail that SES takes", () => {
  test("arrives byte for byte, tagged, and comes back with the Message-ID that its reader will see", async () => {
    const mailer = createSesMailer(settings({ SES_CONFIGURATION_SET: "dunwell" }));
    const outcome = await mailer.send(mail());
    const [taken] = ses.mails;
    expect(taken).toMatchObject({
      source: "ar@acme.example",
      to: ["billing@fern.example"],
      tags: { reminder: "rem_1" },
      configurationSet: "dunwell",
      raw: RAW.join("\r\n"),
    });
    expect(outcome).toEqual({
      kind: "accepted",
      providerId: taken!.id,
      messageId: `<${taken!.id}@eu-central-1.amazonses.com>`,
    });
  });

  test("carries the plain domain of the first region in its Message-ID", async () => {
    const outcome = await createSesMailer(settings({ AWS_REGION: "us-east-1" })).send(mail());
    expect(outcome).toMatchObject({ messageId: `<${ses.mails[0]!.id}@email.amazonses.com>` });
  });

  test("has its envelope in ASCII", async () => {
    await createSesMailer(settings()).send(mail({ to: ["Müller <rechnung@müller.example>"] }));
    expect(ses.mails[0]!.to).toEqual(["rechnung@xn--mller-kva.example"]);
  });
});

describe("a mail that is not taken", () => {
  const refusals = [
    ["a wrong key", { AWS_ACCESS_KEY_ID: "AKIDOTHER" }, "account", "InvalidClientTokenId"],
    ["a wrong secret", { AWS_SECRET_ACCESS_KEY: "wrong" }, "account", "SignatureDoesNotMatch"],
  ] as const;
  test.each(refusals)("is refused for the account's sake with %s", async (_, overrides, fault, code) => {
    const outcome = await createSesMailer(settings(overrides)).send(mail());
    expect(outcome).toMatchObject({ kind: "refused", fault, code });
    expect(ses.mails).toEqual([]);
  });

  test.each([
    ["AccountSendingPausedException", "account"],
    ["ConfigurationSetDoesNotExistException", "account"],
    ["MailFromDomainNotVerifiedException", "account"],
    ["MessageRejected", "message"],
    ["InvalidParameterValue", "message"],
  ])("is refused by %s as a fault of the %s", async (code, fault) => {
    ses.fail({ kind: "refuse", code });
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({ kind: "refused", fault, code });
  });

  test("is the account's fault when the sender is not verified", async () => {
    ses.verified.clear();
    ses.fail({ kind: "refuse", code: "MessageRejected" });
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({
      kind: "refused",
      fault: "account",
    });
  });

  test("is the address's fault when nobody can be written to there", async () => {
    const outcome = await createSesMailer(settings()).send(mail({ to: ["bill ing@fern.example"] }));
    expect(outcome).toMatchObject({ kind: "refused", fault: "address", code: "InvalidRecipient" });
    expect(outcome).toMatchObject({ badAddresses: ["bill ing@fern.example"] });
  });

  test("is the account's fault when it may only write to addresses that it has verified", async () => {
    ses.quota.max24HourSend = 200;
    ses.fail({ kind: "refuse", code: "MessageRejected" });
    const outcome = await createSesMailer(settings()).send(mail());
    expect(outcome).toMatchObject({ kind: "refused", fault: "account" });
  });

  test("is not its only address's fault where a parameter is refused, for it may be the mail's", async () => {
    ses.fail({ kind: "refuse", code: "InvalidParameterValue" });
    const outcome = await createSesMailer(settings()).send(mail());
    expect(outcome).toMatchObject({ kind: "refused", fault: "message" });
    expect(outcome).not.toHaveProperty("badAddresses");
  });

  test("is deferred by throttling, which is no quota", async () => {
    ses.fail({ kind: "refuse", code: "Throttling" });
    const mailer = createSesMailer(settings());
    const throttled = { kind: "deferred", code: "Throttling", isQuota: false, isThrottled: true };
    expect(await mailer.send(mail())).toMatchObject(throttled);
    expect(await mailer.send(mail())).toMatchObject({ kind: "accepted" });
  });

  test("is deferred by the day's quota, and says so", async () => {
    ses.quota.sentLast24Hours = ses.quota.max24HourSend;
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({ kind: "deferred", isQuota: true });
    expect(ses.mails).toEqual([]);
  });

  test("is deferred when SES is unavailable or nobody answers the door", async () => {
    ses.fail({ kind: "error", status: 503, code: "ServiceUnavailable" });
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({ kind: "deferred" });
    const closed = settings({ AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${await closedPort()}` });
    expect(await createSesMailer(closed).send(mail())).toMatchObject({
      kind: "deferred",
      code: "ECONNREFUSED",
    });
    const nowhere = settings({ AWS_ENDPOINT_URL_SES: "http://ses.invalid" });
    expect(await createSesMailer(nowhere).send(mail())).toMatchObject({ kind: "deferred" });
    expect(ses.mails).toEqual([]);
  });
});

describe("a mail of which nobody knows", () => {
  test.each([
    ["the line goes dead after it went out", { kind: "hang_up" }],
    ["the answer cannot be read", { kind: "garble" }],
    ["the server fails inside", { kind: "error", status: 500 }],
    ["something between answers", { kind: "error", status: 502, code: "BadGateway" }],
  ] as const)("is unknown when %s, and is not sent again", async (_, fault) => {
    ses.fail(fault);
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({ kind: "unknown" });
    expect(ses.arrivals).toHaveLength(1);
  });

  test("is unknown when the line goes dead before an answer, taken or not", async () => {
    ses.fail({ kind: "drop" });
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({
      kind: "unknown",
      code: "ECONNRESET",
    });
  });
});

describe("a mail to several", () => {
  const [anna, ben, odd] = ["anna@fern.example", "ben@fern.example", "o dd@fern.example"];

  test.each(["InvalidParameterValue", "MessageRejected"])(
    "reaches the others when SES refuses one of them by %s",
    async (code) => {
      ses.fail({ kind: "refuse", code }, { to: anna, times: 2 });
      const outcome = await createSesMailer(settings()).send(mail({ to: [anna, ben] }));
      expect(outcome).toMatchObject({ kind: "accepted", providerId: ses.mails[0]!.id, badAddresses: [anna] });
      expect(ses.mails.map(({ to }) => to)).toEqual([[ben]]);
    },
  );

  test("goes once to those that are addresses at all", async () => {
    const outcome = await createSesMailer(settings()).send(mail({ to: [odd, anna, ben] }));
    expect(outcome).toMatchObject({ kind: "accepted", badAddresses: [odd] });
    expect(ses.mails.map(({ to }) => to)).toEqual([[anna, ben]]);
  });

  test.each([
    ["is put off", { kind: "refuse", code: "Throttling" }],
    ["is unknown", { kind: "hang_up" }],
    ["is refused for the account's sake", { kind: "refuse", code: "AccountSendingPausedException" }],
  ] as const)("that went to one of them names the other, for whom it %s, as open", async (_, fault) => {
    ses.fail({ kind: "refuse", code: "InvalidParameterValue" });
    ses.fail(fault, { to: ben });
    const outcome = await createSesMailer(settings()).send(mail({ to: [anna, ben] }));
    expect(outcome).toMatchObject({ kind: "accepted", openAddresses: [ben] });
    expect(outcome).not.toHaveProperty("badAddresses");
  });

  test("is refused for its own sake when nobody gets it", async () => {
    ses.fail({ kind: "refuse", code: "MessageRejected" }, { times: 3 });
    const outcome = await createSesMailer(settings()).send(mail({ to: [anna, ben] }));
    expect(outcome).toEqual({
      kind: "refused",
      fault: "message",
      code: "MessageRejected",
      detail: "as told",
    });
  });

  test("is unknown as soon as it is of one, and blames nobody", async () => {
    ses.fail({ kind: "refuse", code: "InvalidParameterValue" }, { to: anna, times: 2 });
    ses.fail({ kind: "hang_up" }, { to: ben });
    const outcome = await createSesMailer(settings()).send(mail({ to: [anna, ben] }));
    expect(outcome.kind).toBe("unknown");
    expect(outcome).not.toHaveProperty("badAddresses");
  });
});

describe.concurrent("a connection", () => {
  test("waits for a slow answer", async () => {
    ses.fail({ kind: "delay", ms: 2_500 });
    expect(await createSesMailer(settings()).send(mail())).toMatchObject({ kind: "accepted" });
  });

  test("that idled is not trusted with a mail", async () => {
    let connections = 0;
    const door = createServer((socket) => {
      connections += 1;
      socket.once("data", () => socket.write("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"));
    }).listen(0, "127.0.0.1");
    await once(door, "listening");
    const { port } = door.address() as { port: number };
    const mailer = createSesMailer(settings({ AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}` }));
    await mailer.send(mail());
    await pause(2_500);
    expect(await mailer.send(mail())).toMatchObject({ kind: "deferred" });
    expect(connections).toBe(2);
    door.close();
  });
});

test("the account tells its quota and whom it sends for", async () => {
  const client = createSesClient(settings(), 1);
  ses.quota.sentLast24Hours = 3;
  ses.quota.maxSendRate = 14;
  const quota = { max24HourSend: 50_000, sentLast24Hours: 3, maxSendRate: 14, isSandbox: false };
  expect(await getSesQuota(client)).toEqual(quota);
  expect(await isSesIdentityVerified(client, "ar@acme.example")).toBe(true);
  expect(await isSesIdentityVerified(client, "ar@other.example")).toBe(false);
});

test("the outbox takes everything and keeps the Message-ID", async () => {
  const outcome = await createOutboxMailer().send(mail());
  expect(outcome).toEqual({ kind: "accepted", providerId: "rem_1", messageId: "<rem_1@dunwell.example>" });
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
