import { describe, expect, it } from "vitest";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { readMail } from "../../src/email/read-mail.ts";
import machines from "./mails/machines.json" with { type: "json" };
import people from "./mails/people.json" with { type: "json" };

// Written after the manner of each program; what is to be seen was written down by reading, before any of it was run.
const RECEIVED = { receivedAt: Date.UTC(2026, 10, 19, 12) };

describe("of an answer its writer's words are seen, as sent by", () => {
  it.each(people.map((mail) => [mail.client, mail] as const))("%s", async (_, { body, html, seen }) => {
    const type = html === undefined ? "text/plain" : "text/html";
    const raw = mailOf({ headers: [`Content-Type: ${type}; charset=utf-8`], body: html ?? body ?? "" });
    expect((await readMail(raw, RECEIVED)).text).toBe(seen);
  });
});

describe("man or machine, the day of return and what bounced are told of", () => {
  it.each(machines.map((mail) => [mail.what, mail] as const))("%s", async (_, mail) => {
    const headers = [...mail.headers, "Content-Type: text/plain; charset=utf-8"];
    const { isMachine, returnsOn, bounce } = await readMail(mailOf({ ...mail, headers }), RECEIVED);
    const told = {
      isMachine,
      returnsOn: returnsOn === null ? null : formatCivilDay(returnsOn),
      bounce: bounce && `${bounce.type} ${bounce.status} ${bounce.address}`,
    };
    expect(told).toEqual({ bounce: null, ...mail.expected });
  });
});

type Written = { from?: string; subject?: string; headers: string[]; body: string };

function mailOf({ from = "lena@debtor.example", subject = "Re: INV-7", headers, body }: Written): string {
  const date = "Date: Thu, 19 Nov 2026 10:00:00 +0100";
  const head = [`From: ${from}`, `Subject: ${subject}`, date, "MIME-Version: 1.0", ...headers];
  return `${head.join("\r\n")}\r\n\r\n${body.replaceAll("\n", "\r\n")}`;
}
