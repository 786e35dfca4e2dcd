import type { Notice, NoticeBody, NoticeItem } from "../domain/notice.ts";
import { inertLine, webLink } from "./inert-text.ts";
import { totalsText } from "./letter-arguments.ts";
import type { Words } from "./words.ts";

export type NoticeArguments = ReturnType<typeof noticeArguments>;

const LONGEST_TEXT = 200;

/** What the sentences of a notice may name, formatted and inert. Yes-or-no arguments are for `select`. */
export function noticeArguments(notice: Notice, words: Words) {
  const { creditor, debtor, body } = notice;
  const { items, instalments = [] } = body;
  const facts = {
    creditor: inertLine(creditor.legalName),
    debtor: inertLine(debtor.name),
    debtorLegal: inertLine(debtor.legalName),
    ...named("contact", inertLine(debtor.contactName ?? "")),
    us: inertLine(creditor.contact.name),
    ...named("phone", inertLine(creditor.contact.phone ?? "")),
    hasPage: yes(webLink(notice.pageUrl) !== null),
    on: dayText(body.on, words),
    ...named("former", dayText(body.formerOn, words), "formerOn"),
    ...named("lastDay", body.lastDay === body.on ? "" : dayText(body.lastDay, words)),
    ...named("paidOn", dayText(body.paidOn, words)),
    ...named("heldUntil", dayText(body.heldUntil, words)),
    ...named("name", whoActed(notice)),
    ...named("email", short(body.email)),
    ...named("reference", short(body.reference)),
    canChange: yes(body.canChange !== false),
    waives: yes(body.waivesInterest === true),
    isChanged: yes(body.isChanged === true),
    isFulfilled: yes(body.isFulfilled === true),
    outcome: body.outcome ?? "",
    ...creditOf(body, words),
    reason: body.reason ?? "",
    copies: copiesOf(notice),
    count: items.length,
    hasPart: yes(items.some(({ isPart }) => isPart === true)),
    number: inertLine(items[0]?.number ?? ""),
    total: totalsText(
      items.map(({ currency, amountMinor }) => [currency, amountMinor]),
      words,
    ),
    instalments: instalments.length,
    ...instalmentOn(notice, words),
  };
  return { ...facts, ...phrases(facts, words) };
}

/** What is credited of a disputed share, and what of it stays due. */
function creditOf({ items, creditMinor }: NoticeBody, { formats }: Words) {
  const { currency, amountMinor } = items[0] ?? { currency: "", amountMinor: 0 };
  const restMinor = creditMinor === undefined ? 0 : amountMinor - creditMinor;
  return {
    credit: creditMinor === undefined ? "" : formats.money(creditMinor, currency),
    ...named("rest", restMinor > 0 ? formats.money(restMinor, currency) : ""),
  };
}

/** Empty where it is the person written to, who is told "you". */
function whoActed({ kind, body, debtor }: Notice): string {
  const name = short(body.name);
  const isReader = kind !== "contact_proposed" && name === short(debtor.contactName);
  return isReader ? "" : name;
}

/** Parts of sentences that several notices share. */
function phrases(facts: Record<string, string | number>, words: Words) {
  return {
    about: words.say("notice.about", facts),
    where: words.say("notice.where", facts),
    noted: words.say("notice.noted", facts),
    talk: words.say("notice.talk", facts),
  };
}

/** The instalment of the day that the notice is about. */
function instalmentOn({ body }: Notice, words: Words) {
  const { instalments = [], currency = body.items[0]?.currency, on } = body;
  const index = instalments.findIndex((instalment) => instalment.on === on);
  const isKnown = index >= 0 && currency !== undefined;
  return {
    seq: index + 1,
    hasInstalment: yes(isKnown),
    instalment: isKnown ? words.formats.money(instalments[index]!.amountMinor, currency) : "",
  };
}

/** Whether copies of all invoices come along: by links, attached, in part or not at all. */
function copiesOf({ body: { items }, files }: Notice): "all" | "attached" | "some" | "none" {
  const attached = new Set(files.map(({ number }) => number));
  const isLinked = ({ invoiceUrl = null }: NoticeItem) => webLink(invoiceUrl) !== null;
  const atHand = items.filter((item) => isLinked(item) || attached.has(item.number)).length;
  if (atHand === 0) return "none";
  if (atHand < items.length) return "some";
  return attached.size > 0 ? "attached" : "all";
}

function named<K extends string, V extends string = K>(name: K, value: string, argument?: V) {
  return {
    [argument ?? name]: value,
    [`has${name[0]!.toUpperCase()}${name.slice(1)}`]: yes(value !== ""),
  } as Record<V | `has${Capitalize<K>}`, string>;
}

function dayText(day: number | null | undefined, words: Words): string {
  return day === null || day === undefined ? "" : words.formats.day(day);
}

function short(text: string | null | undefined): string {
  const line = inertLine(text ?? "");
  const characters = [...line];
  return characters.length > LONGEST_TEXT ? `${characters.slice(0, LONGEST_TEXT - 1).join("")}…` : line;
}

function yes(is: boolean): "yes" | "no" {
  return is ? "yes" : "no";
}
