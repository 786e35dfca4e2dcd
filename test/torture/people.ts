import type { Client } from "@libsql/client";
import type { RecordedMail } from "../support/ses-recorder.ts";
import { type Book, machineNow } from "./book.ts";
import type { Actor, Reply } from "./crew.ts";
import { createInputs, DEED_WEIGHTS, isMovement } from "./deeds.ts";
import type { BookEntry, Evidence } from "./evidence.ts";
import type { MailEvent } from "./provider.ts";
import type { Random } from "./random.ts";

export type People = {
  /** Who the creditor is, and its policies. */
  introduce(at: number, told: { creditor: unknown; policies: unknown[] }): Promise<void>;
  /** One deed at this moment, by one of them. */
  act(random: Random, at: number): Promise<void>;
  /** Looks up what is due now, for a deed about that at the moment when a tick has just read the same. */
  lieInWait(random: Random, at: number): Promise<() => Promise<void>>;
  /** Finance approves all that it is asked about, the operator lets go what has piled up, and the bank's file is in. */
  answerAll(at: number): Promise<void>;
  /** Tells what the provider told; whoever does that may die of it, and it is told again. */
  deliver(at: number, events: MailEvent[]): Promise<void>;
  /** A person looks with SES what became of mails of which nobody knows, and says so. */
  settleUnknown(at: number, mails: RecordedMail[]): Promise<void>;
  /** Everything told is confirmed, and nothing is stopped. */
  settleDown(at: number): Promise<void>;
  deeds: Record<string, number>;
  /** What was refused where it made sense, or thrown. */
  surprises: string[];
  suppressedAt: Evidence["suppressedAt"];
};

const DAY_MS = 24 * 3600 * 1000;
const MOST_TRIES = 5;
/** How many invoices meet something just as a tick is about to remind them. */
const PREY = 5;
/** People who pay, hold, dispute and decide, at random and through processes of their own. */
export function employ(input: { book: Book; actors: Actor[]; reader: Client }): People {
  const { book, actors, reader } = input;
  const inputs = createInputs(book, reader);
  const people: People = {
    deeds: {},
    surprises: [],
    suppressedAt: {},
    introduce,
    act,
    lieInWait,
    deliver,
    answerAll,
    settleUnknown,
    settleDown,
  };
  const told = async (actor: Actor, deed: string, at: number, given: unknown): Promise<Reply> => {
    const reply = await actor.do(deed, at, given);
    const outcome = reply.kind === "refused" ? `${deed} ${reply.code}` : `${deed} ${reply.kind}`;
    people.deeds[outcome] = (people.deeds[outcome] ?? 0) + 1;
    if (reply.kind === "refused" && !EXPECTED.has(reply.code)) {
      people.surprises.push(`${deed} ${JSON.stringify(given)}: ${reply.code} ${reply.message}`);
    }
    return reply;
  };

  async function introduce(at: number, { creditor, policies }: { creditor: unknown; policies: unknown[] }) {
    await told(actors[0]!, "creditor", at, creditor);
    for (const policy of policies) await told(actors[0]!, "policy", at, policy);
  }

  async function act(random: Random, at: number): Promise<void> {
    const actor = random.pick(actors);
    const deed = random.weighted(DEED_WEIGHTS);
    if (isMovement(deed)) {
      const entry = book.unconfirmed()[0] ?? book.draw(random, deed);
      if (entry) await pay(actor, entry, at);
      return;
    }
    const given = await inputs.of(deed, random, at);
    if (given) await told(actor, deed === "hold_customer" ? "hold" : deed, at, given);
  }

  async function lieInWait(random: Random, at: number): Promise<() => Promise<void>> {
    const due = await inputs.dueAt(at);
    const prey = Array.from({ length: Math.min(PREY, due.length) }, () => random.pick(due));
    const deed = random.weighted({ pay: 6, hold: 2, dispute: 2 });
    return async () => {
      const deeds = prey.map(async (invoice, i) => {
        const actor = actors[i % actors.length]!;
        const entry = deed === "pay" ? book.drawFor(invoice, "pay") : null;
        if (entry) await pay(actor, entry, at);
        else if (deed !== "pay")
          await told(actor, deed, at, await inputs.about(invoice, deed, { random, at }));
      });
      await Promise.all(deeds);
    };
  }

  async function pay(actor: Actor, entry: BookEntry, at: number): Promise<void> {
    const reply = await told(actor, "pay", at, { records: [recordOf(entry, at)] });
    if (reply.kind === "done") book.confirm(entry);
    if (reply.kind === "refused" && reply.code === "refused") book.refuse(entry);
  }

  async function answerAll(at: number): Promise<void> {
    await told(actors[0]!, "fresh", at, {});
    await told(actors[0]!, "release", at, {});
    for (const asked of await inputs.awaiting()) await told(actors[0]!, "approve", at, { asked });
  }

  async function deliver(at: number, events: MailEvent[]): Promise<void> {
    if (events.length === 0) return;
    const reply = await told(actors[0]!, "deliver", at, { events });
    if (reply.kind === "dead") return deliver(at, events);
    for (const { kind, address } of events) {
      if (address === null || (kind !== "bounce" && kind !== "complaint")) continue;
      people.suppressedAt[address.toLowerCase()] ??= machineNow();
    }
  }

  async function settleUnknown(at: number, mails: RecordedMail[]): Promise<void> {
    const taken = new Set(mails.map(({ tags }) => tags.reminder));
    for (const asked of await inputs.unknown()) {
      await told(actors[0]!, "settle", at, { asked, outcome: taken.has(asked) ? "sent" : "not_sent" });
    }
  }

  async function settleDown(at: number): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      for (const entry of book.unconfirmed()) await pay(actors[0]!, entry, at);
    }
    await told(actors[0]!, "resume", at, {});
  }

  return people;
}

/** A second person was quicker, or the ladder is elsewhere: said in a sentence, and changes nothing. */
const EXPECTED = new Set(["conflict", "not_found", "unavailable", "invalid"]);

/** What is told again is told as before. */
function recordOf(entry: BookEntry, at: number) {
  const { invoice, customer, kind, currency, amountMinor, reference } = entry;
  const target = invoice === null ? { customerRef: customer } : { invoiceNumber: invoice };
  entry.paidOn ??= Math.floor(at / DAY_MS);
  return { ...target, kind, currency, amountMinor, reference, paidOn: entry.paidOn, occurrence: 0 };
}
