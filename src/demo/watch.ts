import { findListedInvoice, type ListedInvoice, listInvoices } from "../db/invoice-list.ts";
import { findMail, listMails } from "../db/outbox.ts";
import { readTimeline } from "../db/timeline.ts";
import { type CivilDay, parseCivilDay, weekdayOf } from "../domain/civil-date.ts";
import type { NoticeKind } from "../domain/notice.ts";
import type { Reason } from "../domain/reasons.ts";
import { civilDayAt, type Instant, minuteOfDayAt } from "../domain/zone.ts";
import { type WhyAnswer, why } from "../reminders/forecast/why.ts";
import type { SendLine } from "../reminders/sending/send-line.ts";
import type { Services } from "../services.ts";
import { NOTICE_NAMES } from "../slack/notice-names.ts";
import { formatAmount } from "./amounts.ts";
import type { Row } from "./beat.ts";
import type { Cast } from "./sample.ts";
import { STORY_ZONE } from "./script.ts";
import { shortDay } from "./short-day.ts";

const LONGEST_LEDGER = 200;
const MOST_INVOICES = 100;
const MOST_NOTICES = 20;

/** What a tick sent: one row a message, with each invoice in it and what was asked for it. */
export async function watchSent(services: Services, lines: SendLine[], cast: Cast): Promise<Row[]> {
  const reminders = Map.groupBy(lines, ({ reminder }) => reminder);
  return Promise.all([...reminders].map(([id, sent]) => sentRow(services, { id, lines: sent, cast })));
}

async function sentRow(
  { db }: Services,
  { id, lines, cast }: { id: string; lines: SendLine[]; cast: Cast },
): Promise<Row> {
  const { date, customer } = lines[0]!;
  const day = parseCivilDay(date)!;
  const mail = await findMail(db, id);
  const sent = await Promise.all(
    lines.map(async ({ invoice: number, stage }) => {
      const invoice = (await findListedInvoice(db, number))!;
      const amount = formatAmount(await askedMinor(db, invoice.id, id), invoice.currency);
      return { item: { key: stage, invoice: number, amount }, daysOverdue: day - invoice.dueOn! };
    }),
  );
  const age = ageOf(Math.max(...sent.map(({ daysOverdue }) => daysOverdue)));
  return {
    kind: "sent",
    day,
    customer: cast.get(customer)!.name,
    items: sent.map(({ item }) => item),
    notes: [`${age}${weekend(day)}; to ${mail!.recipients.join(", ")}`],
  };
}

function ageOf(daysOverdue: number): string {
  const days = `${Math.abs(daysOverdue)} day${Math.abs(daysOverdue) === 1 ? "" : "s"}`;
  return daysOverdue < 0 ? `due in ${days}` : `${days} overdue`;
}

/** Elsewhere the week has other days, and China works on some weekends to make up for holidays. */
function weekend(day: CivilDay): string {
  const name = { sat: "Saturday", sun: "Sunday" }[weekdayOf(day) as string];
  return name ? `; a working ${name} there` : "";
}

/** What the ledger says was asked, which is what the letter says. */
async function askedMinor(db: Services["db"], invoiceId: string, reminder: string): Promise<number> {
  const entries = await readTimeline(db, invoiceId, { after: 0, limit: LONGEST_LEDGER });
  return Number(
    entries.find(({ kind, data }) => kind === "reminder_sending" && data.reminder === reminder)!.data.asked,
  );
}

/** Tells the mails that confirm or thank, each once. */
export function createNoticeWatch({ db, clock }: Services) {
  let told = new Set<string>();
  return async function watchNotices(): Promise<Row[]> {
    const mails = (await listMails(db, { limit: MOST_NOTICES })).filter(({ id }) => id.startsWith("ntc_"));
    const news = mails.filter(({ id }) => !told.has(id)).reverse();
    told = new Set(mails.map(({ id }) => id));
    return news.map(({ occasion, customerName, recipients }) => ({
      kind: "sent",
      day: civilDayAt(clock(), STORY_ZONE),
      customer: customerName,
      items: [{ key: occasion, invoice: "", amount: "" }],
      notes: [`${NOTICE_NAMES.en[occasion as NoticeKind]}; to ${recipients.join(", ")}`],
    }));
  };
}

/** Reasons that tell nothing new: the day has not come, or is over. */
const UNEVENTFUL: ReadonlySet<Reason> = new Set(["not_due", "ladder_done"]);
/** Reasons that no day of the calendar changes. */
const LASTING: ReadonlySet<Reason> = new Set(["consumer", "paid", "below_minimum"]);

/** `on` of what is not due yet counts the gap between contacts, so the stage may be due this much earlier. */
const SPACED_OUT_DAYS = 10;

type Seen = { day: CivilDay; answer: WhyAnswer };

/** Looks at what did not leave, and tells each reason once for as long as it lasts. */
export function createWatch(services: Services, cast: Cast) {
  const seen = new Map<string, Seen>();
  const told = new Map<string, Reason>();

  /** `changed` names the customers about whom something came in since the last look. */
  return async function watchWaiting(today: CivilDay, changed: Set<string>): Promise<Row[]> {
    const rows = new Map<string, Row>();
    for (const invoice of await listInvoices(services.db, { status: "open" }, { limit: MOST_INVOICES })) {
      const { name, zone } = cast.get(invoice.customerRef)!;
      const { number, currency, balanceMinor } = invoice;
      const before = changed.has(name) ? undefined : seen.get(number);
      if (isAsleep(services.clock(), zone) || (before && isStillTrue(before, today))) continue;
      const answer = await why(services, { invoiceNumber: number });
      seen.set(number, { day: today, answer });
      if (!isNews(told, invoice, answer)) continue;
      const key = `${name} ${answer.explanation.join()}`;
      const notes = notesOf(answer, today);
      const row = rows.get(key) ?? { kind: "waits", day: today, customer: name, items: [], notes };
      rows.set(key, row);
      row.items.push({ key: answer.reason!, invoice: number, amount: formatAmount(balanceMinor, currency) });
    }
    return [...rows.values()];
  };
}

/** While Hamburg sleeps, only what happens where it is day is told: elsewhere the day has not begun or is over. */
function isAsleep(at: Instant, zone: string): boolean {
  return [STORY_ZONE, zone].every((place) => {
    const minute = minuteOfDayAt(at, place);
    return minute < 8 * 60 || minute > 18 * 60;
  });
}

function isStillTrue({ day, answer: { reason, on } }: Seen, today: CivilDay): boolean {
  if (day === today || (reason && LASTING.has(reason))) return true;
  return reason === "not_due" && on !== null && today < parseCivilDay(on)! - SPACED_OUT_DAYS;
}

function isNews(
  told: Map<string, Reason>,
  { customerRef, number }: ListedInvoice,
  { reason }: WhyAnswer,
): boolean {
  if (reason === null || UNEVENTFUL.has(reason)) {
    told.delete(number);
    return false;
  }
  // That it is night there is worth telling once.
  const key = reason === "outside_hours" ? customerRef : number;
  if (told.get(key) === reason) return false;
  told.set(key, reason);
  return true;
}

function notesOf({ explanation, on }: WhyAnswer, today: CivilDay): string[] {
  if (on === null || parseCivilDay(on) === today) return [explanation[0]!];
  return [
    `${explanation[0]} It leaves on ${shortDay(parseCivilDay(on)!, "in a sentence")} if nothing changes.`,
  ];
}
