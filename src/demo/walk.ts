import { setImmediate } from "node:timers/promises";
import { createCalendar } from "../domain/calendar.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import { STANDARD_POLICY } from "../domain/policy.ts";
import { type Instant, instantOf } from "../domain/zone.ts";
import type { Chat, ChatMessage } from "../ports.ts";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import type { SendLine } from "../reminders/sending/send-line.ts";
import { tick } from "../reminders/sending/tick.ts";
import type { Services } from "../services.ts";
import { type Bank, openBank } from "./bank.ts";
import type { Beat, Row, Told } from "./beat.ts";
import type { Cast } from "./sample.ts";
import { HAPPENINGS, type Happening, STORY, STORY_ZONE } from "./script.ts";
import { createNoticeWatch, createWatch, watchSent } from "./watch.ts";

/** In Hamburg: morning in East Asia, then in Europe, then in America. */
const TICKS_AT = ["03:30", "10:00", "18:00"];
const BANK_FILE_AT = "08:00";

export type Walk = {
  services: Services;
  cast: Cast;
  /** Moves the clock that `services` read. */
  setClock(at: Instant): void;
  /** What people were told in chat since it was last taken. */
  takeMessages(): ChatMessage[];
  onSend(line: SendLine): void;
};

/** Walks the clock through the story, day by day, with the product's own tick; gives what happened, for days with something to tell. */
export async function* walkStory(walk: Walk): AsyncGenerator<Beat[]> {
  const { services, cast, setClock } = walk;
  const bank = await openBank(cast);
  const watchWaiting = createWatch(services, cast);
  const watchNotices = createNoticeWatch(services);
  for (let day = STORY.from; day <= STORY.until; day++) {
    const beats: Beat[] = [];
    let changed = new Set<string>();
    for (const { at, happen } of stepsOf(day, walk, { bank, watchNotices })) {
      setClock(instantOf(day, minutes(at), STORY_ZONE));
      const { isTick, rows } = await happen();
      beats.push(...rows);
      for (const { customer } of rows) changed.add(customer);
      if (!isTick) continue;
      beats.push(...(await watchWaiting(day, changed)), ...toldOn(day, walk.takeMessages()));
      changed = new Set();
    }
    // The embedded engine never lets other work in by itself, such as Ctrl+C.
    await setImmediate();
    if (beats.length > 0) yield beats;
  }
}

type Step = { at: string; happen(): Promise<{ isTick: boolean; rows: Row[] }> };

type Watched = { bank: Bank; watchNotices: () => Promise<Row[]> };

function stepsOf(day: CivilDay, walk: Walk, { bank, watchNotices }: Watched): Step[] {
  const { services, cast } = walk;
  const steps: Step[] = TICKS_AT.map((at) => ({
    at,
    happen: async () => ({ isTick: true, rows: [...(await runTick(walk)), ...(await watchNotices())] }),
  }));
  if (isWorkingDay(day)) {
    steps.push({
      at: BANK_FILE_AT,
      happen: async () => ({ isTick: false, rows: await bank.sendFile(services, day) }),
    });
  }
  for (const happening of HAPPENINGS.filter(({ on }) => on === day)) {
    steps.push({
      at: happening.at,
      async happen() {
        await happening.record(services);
        await confirmByMail(services);
        return { isTick: false, rows: [newsRow(happening, cast), ...(await watchNotices())] };
      },
    });
  }
  return steps.sort((a, b) => a.at.localeCompare(b.at));
}

async function runTick({ services, cast, onSend }: Walk): Promise<Row[]> {
  const lines: SendLine[] = [];
  await tick(services, { onSend: (line) => lines.push(line) });
  lines.forEach(onSend);
  return watchSent(services, lines, cast);
}

function newsRow({ on, what, customer, invoice = "", amount = "", notes }: Happening, cast: Cast): Row {
  const item = { key: what, invoice, amount };
  return { kind: "news", day: on, customer: cast.get(customer)!.name, items: [item], notes };
}

function toldOn(day: CivilDay, messages: ChatMessage[]): Told[] {
  return messages.map(({ toEmail, text }) => ({ kind: "told", day, to: toEmail ?? "everyone", text }));
}

function isWorkingDay(day: CivilDay): boolean {
  const rules = STANDARD_POLICY.calendar;
  return createCalendar({ rules, zone: STORY_ZONE, country: "DE" }).isSendingDay(day);
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

/** A chat that keeps what it is told until somebody reads it. */
export function createStoryChat(): Chat & { take(): ChatMessage[] } {
  let messages: ChatMessage[] = [];
  return {
    name: "log",
    async post(message) {
      messages.push(message);
      return { kind: "posted", channel: "demo", ts: "" };
    },
    take() {
      const taken = messages;
      messages = [];
      return taken;
    },
  };
}
