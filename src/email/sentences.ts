import type { Letter } from "../domain/letter.ts";
import { inertLine } from "./inert-text.ts";
import type { LetterArguments } from "./letter-arguments.ts";
import type { TemplateName } from "./templates.generated.ts";
import type { WordKey, Words } from "./words.ts";

/** The sentences around the figures. */
export type Sentences = {
  preheader: string;
  title: string;
  greeting: string;
  opening: string[];
  after: string[];
  summaryLabel: string;
  summaryNote: string;
  tableTitle: string;
  interestRule: string;
  waysIntro: string;
  closing: string;
  sentTo: string;
};

export function sentencesOf(
  letter: Letter,
  template: TemplateName,
  words: Words,
  args: LetterArguments,
): Sentences {
  const say = (key: WordKey) => words.say(key, args);
  const isFormal = template === "formal-notice";
  return {
    preheader: say(`${template}.preheader`),
    title: say(`${template}.title`),
    greeting: words.say("greeting", isFormal ? { ...args, debtor: args.debtorLegal } : args),
    opening: openingOf(letter, template, args).map(say),
    after: afterOf(letter, template).map(say),
    summaryLabel: say(SUMMARY_LABELS[template]),
    summaryNote: say(summaryNoteOf(letter, template)),
    tableTitle: say(tableTitleOf(letter, template)),
    interestRule: isFormal ? interestRuleOf(letter, words, args) : "",
    waysIntro: say("ways.intro"),
    closing: say(isFormal ? "closing.formal" : "closing"),
    sentTo: say("sentTo"),
  };
}

const SUMMARY_LABELS: Record<TemplateName, WordKey> = {
  "pre-due": "summary.due",
  "overdue-3": "summary.open",
  "overdue-30": "summary.open",
  "formal-notice": "summary.claim",
};

function openingOf(letter: Letter, template: TemplateName, args: LetterArguments): WordKey[] {
  if (template === "pre-due") return ["pre-due.opening", ...detailsOf(args), "pre-due.paid"];
  const details = detailsOf(args);
  const first: WordKey[] = letter.isFirstAndLate ? ["firstLetter"] : [];
  if (template === "overdue-30") return ["overdue-30.opening", ...first, ...details, "overdue-30.paid"];
  if (template === "formal-notice") return ["formal-notice.opening", ...first, ...details];
  if (!letter.isFirstAndLate) return ["overdue-3.opening", ...details, "overdue-3.paid"];
  return ["overdue-3.late", "firstLetter", "overdue-3.statement", ...details, "overdue-3.paid"];
}

function detailsOf({ count, notYetDue, held }: LetterArguments): WordKey[] {
  const details: WordKey[] = [];
  if (notYetDue > 0 && notYetDue < count) details.push("notYetDue");
  if (held !== "") details.push("part");
  return details;
}

function afterOf(letter: Letter, template: TemplateName): WordKey[] {
  if (template === "overdue-30") return ["overdue-30.answer", "overdue-30.next"];
  if (template !== "formal-notice") return [];
  const hasInterest = letter.asked.some(({ interest }) => interest !== null);
  return [
    "formal-notice.deadline",
    "formal-notice.next",
    "formal-notice.paid",
    "formal-notice.objection",
    ...(hasInterest ? [] : (["formal-notice.reserved"] as const)),
    "formal-notice.rights",
  ];
}

function summaryNoteOf({ asked, finalOn }: Letter, template: TemplateName): WordKey {
  if (template === "formal-notice" && finalOn !== null) return "summary.final";
  if (asked.length > 1) return "summary.count";
  return asked[0]!.status === "overdue" ? "summary.overdue" : "summary.dueOn";
}

function tableTitleOf(letter: Letter, template: TemplateName): WordKey {
  if (template === "formal-notice") return "table.claim";
  return template === "overdue-30" || letter.isFirstAndLate ? "table.statement" : "table.invoices";
}

function interestRuleOf({ interestRule }: Letter, words: Words, args: LetterArguments): string {
  if (interestRule.kind === "none") return "";
  const { rate, basis } = interestRule;
  return words.say("interest.rule", {
    on: args.on,
    basis: inertLine(basis),
    rate: words.formats.percent(rate),
  });
}
