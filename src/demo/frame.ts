import { STANDARD_POLICY } from "../domain/policy.ts";
import type { Sample } from "./sample.ts";
import { STORY } from "./script.ts";
import { shortDay } from "./short-day.ts";
import type { Standing } from "./standing.ts";
import { heading, legend, paragraph, table } from "./tell.ts";

/** What a reader has to know before the first day. */
export function opening({ cast, invoices }: Sample): string[] {
  const stages = STANDARD_POLICY.stages.map(({ key }) => key).join(", ");
  return [
    heading("Dunwell gets invoices paid and keeps the customer."),
    "",
    ...paragraph(
      `Hallig Instruments of Hamburg has ${invoices} invoices with ${cast.size} customers from Denver to Tokyo. ` +
        "Rita and Wei look after the customers, Fatima after the money. You are about to watch their autumn " +
        "of 2026, on a throw-away database: no mail leaves this machine.",
    ),
    "",
    ...paragraph(
      `Each invoice climbs a ladder (${stages}) until it is paid. Whatever is not sent has a reason: those ` +
        "below are Dunwell's own answers to “why?”.",
    ),
    "",
    legend(),
    "",
  ];
}

const WIDTHS = [17, 8, 14, 19, 14];

/** Where everybody stands when the clock stops. */
export function ending(standings: Standing[], reminders: number): string[] {
  let last = "";
  const rows = standings.map(({ customer, invoice, stages, reason, left }) => {
    const name = customer === last ? "" : customer;
    last = customer;
    return [name, invoice, stages.at(-1) ?? "", reason, left];
  });
  const paid = standings.filter(({ reason }) => reason === "paid").length;
  const days = STORY.until - STORY.from + 1;
  return [
    heading(`${shortDay(STORY.until, "in a sentence")}: where everybody stands`),
    "",
    ...table(["customer", "invoice", "last reminder", "now", "left to pay"], rows, WIDTHS),
    "",
    `${reminders} reminders in ${days} days; ${paid} of ${standings.length} invoices are settled.`,
    "",
  ];
}

/** Where to look once the story is served. */
export function signposts(url: string): string[] {
  return [
    heading("Have a look around. Ctrl+C ends it; nothing is kept."),
    `  ${url}/outbox      every mail as its reader sees it`,
    `  ${url}/docs        the API, and what can be asked of it`,
    `  ${url}/api/aging   what is owed, by age and currency`,
    `  ${url}/api/invoices/IV-3301/why`,
    `  ${url}/api/invoices/IV-3301/timeline`,
  ];
}
