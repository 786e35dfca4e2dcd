import { readFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { formatCivilDay, parseCivilDay } from "../domain/civil-date.ts";
import type { ReplyKind } from "../domain/reply/lexicon/lexicon.ts";
import type { MailReading } from "../domain/reply/received-mail.ts";
import { readMail, readText } from "../email/read-mail.ts";
import type { GroundContext } from "./context.ts";
import { fileFault } from "./read-json.ts";

type WrittenAt = { sentAt: number; offsetMinutes: number };
type Options = { text?: string; sentAt?: WrittenAt; locale?: string };

const SAYS: Record<ReplyKind, string> = {
  promise: "promises to pay",
  paid: "says that it is paid",
  dispute: "contests the invoice",
  hardship: "asks for instalments or time",
  not_received: "does not have the invoice",
  in_approval: "waits for an approval",
  wrong_person: "is not the right person",
  insolvency: "tells of an insolvency",
  question: "asks a question",
  stop: "wants no more mails",
  other: "says nothing that changes what is owed",
};
const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|([+-])(\d{2}):?([0-5]\d))?)?$/;

export function readCommand(context: GroundContext): Command {
  const command = new Command("read")
    .description("how a mail from outside is understood; touches nothing")
    .argument("[file]", "a raw message, as it came")
    .option("--text <text>", "what somebody wrote, instead of a file")
    .option(
      "--sent-at <moment>",
      "when it was written, in the sender's zone, like 2026-11-19T10:00:00+08:00",
      momentArgument,
    )
    .option(
      "--locale <locale>",
      "the sender's language, like zh-CN; without it the text tells",
      localeArgument,
    );
  return command.action(async (path: string | undefined, options: Options) => {
    const { text, sentAt } = options;
    if ((path === undefined) === (text === undefined)) command.error("error: name a file, or give --text");
    if (text !== undefined && !sentAt)
      command.error("error: --text needs --sent-at: dates are read as of that day");
    const reading = await read(context, path, options);
    if (context.json) context.out(JSON.stringify(jsonOf(reading)));
    else for (const line of wordsFor(reading)) context.out(line);
  });
}

async function read(
  context: GroundContext,
  path: string | undefined,
  options: Options,
): Promise<MailReading> {
  const { text, sentAt, locale } = options;
  if (path === undefined) return readText(text!, { ...sentAt!, locale });
  const raw = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw fileFault(path, error);
  });
  return readMail(raw, { receivedAt: sentAt?.sentAt ?? context.clock(), locale });
}

function jsonOf({ isMachine, kind, text, sentence, promise, bounce, returnsOn, confidence }: MailReading) {
  return {
    machine: isMachine,
    kind,
    text,
    sentence,
    promise: promise && { ...promise, on: dayOf(promise.on) },
    bounce: bounce && { type: bounce.type, address: bounce.address, status: bounce.status },
    returns_on: dayOf(returnsOn),
    confidence,
  };
}

function wordsFor(reading: MailReading): string[] {
  const {
    isMachine,
    kind,
    sentence,
    promise,
    bounce,
    complaint,
    returnsOn,
    confidence,
    invoices,
    isCut,
    text,
  } = reading;
  const lines = [
    `${isMachine ? "A machine wrote this." : "A person wrote this,"} ${isMachine ? "" : `and ${SAYS[kind]}`}`.trim(),
  ];
  if (!isMachine) lines[0] += ` (${Math.round(confidence * 100)} % sure).`;
  if (bounce) {
    const address = bounce.address ?? "an address it does not name";
    const gravity = bounce.type === "hard" ? "cannot be reached" : "could not be reached for now";
    lines.push(`${address} ${gravity}${bounce.status ? ` (${bounce.status})` : ""}.`);
  }
  if (complaint) lines.push(`${complaint.address ?? "Somebody"} counts a mail as unwanted.`);
  if (returnsOn !== null) lines.push(`Back on ${formatCivilDay(returnsOn)}.`);
  if (promise)
    lines.push(
      `Pays ${[moneyOf(promise), dayOf(promise.on) ?? "on a day not named"].filter(Boolean).join(", ")}.`,
    );
  if (sentence) lines.push(`It says so here: ${oneLine(sentence)}`);
  if (invoices.length) lines.push(`Invoices named: ${invoices.join(", ")}`);
  if (isCut) lines.push("It is too long: only its beginning was read.");
  return [...lines, "", text];
}

function moneyOf({ amount, currency }: { amount: string | null; currency: string | null }): string {
  return [amount, currency].filter(Boolean).join(" ");
}

function dayOf(day: number | null): string | null {
  return day === null ? null : formatCivilDay(day);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** A moment without an offset is one in the sender's zone too: it is the day that counts. */
function momentArgument(text: string): WrittenAt {
  const [, date, hour = "00", minute = "00", sign, hours, minutes] = MOMENT.exec(text) ?? [];
  const day = date === undefined ? null : parseCivilDay(date);
  if (day === null)
    throw new InvalidArgumentError("It must be an ISO date or moment, like 2026-11-19T10:00:00+08:00.");
  const offsetMinutes = sign ? (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) : 0;
  const local = (day * 24 + Number(hour)) * 60 + Number(minute);
  return { sentAt: (local - offsetMinutes) * 60_000, offsetMinutes };
}

function localeArgument(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    if (locale) return locale;
  } catch {}
  throw new InvalidArgumentError("It must be a language tag, like en or zh-CN.");
}
