import { type CivilDay, parseCivilDay } from "../domain/civil-date.ts";
import { AppError } from "../errors.ts";
import type { AnswerWords } from "./answer-words.ts";

/** What a form asks for, in the words of its reader. */
export type Field = { id: keyof AnswerWords["fields"]; isOptional?: boolean; initial?: string } & (
  | { type: "date" | "line" | "lines" | "amount" | "email" }
  | { type: "choice"; choices: (keyof AnswerWords["outcomes"])[] }
);

export type Values = Record<string, string>;

// https://docs.slack.dev/reference/block-kit/blocks/input-block
const LONGEST_INPUT = 2000;
const LONGEST_TITLE = 24;

/** A modal: `name` tells which, `about` is the id of what it is about. */
export function form(
  { name, about, fields }: { name: string; about: string; fields: Field[] },
  title: string,
  words: AnswerWords,
) {
  const plain = (text: string) => ({ type: "plain_text" as const, text });
  return {
    type: "modal" as const,
    callback_id: name,
    private_metadata: about,
    title: plain(title.replace(/…$/, "").slice(0, LONGEST_TITLE)),
    submit: plain(words.submit),
    close: plain(words.cancel),
    blocks: fields.map((field) => ({
      type: "input" as const,
      block_id: field.id,
      optional: field.isOptional ?? false,
      label: plain(words.fields[field.id]),
      element: elementOf(field, words),
    })),
  };
}

function elementOf(field: Field, words: AnswerWords) {
  const action_id = field.id;
  if (field.type === "date") return { type: "datepicker" as const, action_id, initial_date: field.initial };
  if (field.type === "amount")
    return {
      type: "number_input" as const,
      action_id,
      is_decimal_allowed: true,
      min_value: "0.001",
      initial_value: field.initial,
    };
  if (field.type === "choice") {
    const options = field.choices.map((value) => ({
      text: { type: "plain_text" as const, text: words.outcomes[value] },
      value,
    }));
    return { type: "static_select" as const, action_id, options };
  }
  if (field.type === "email") return { type: "email_text_input" as const, action_id };
  return {
    type: "plain_text_input" as const,
    action_id,
    multiline: field.type === "lines",
    max_length: LONGEST_INPUT,
    initial_value: field.initial,
  };
}

type State = Record<
  string,
  Record<
    string,
    { value?: string | null; selected_date?: string | null; selected_option?: { value: string } | null }
  >
>;

/** What was filled in, by field; what was left empty is not there. */
export function valuesOf(state: State): Values {
  const values: Values = {};
  for (const [id, inputs] of Object.entries(state)) {
    const input = inputs[id];
    const value = input?.value ?? input?.selected_date ?? input?.selected_option?.value;
    if (value?.trim()) values[id] = value.trim();
  }
  return values;
}

/** The day that was chosen. Throws `invalid` for none. */
export function dayIn(iso = ""): CivilDay {
  const day = parseCivilDay(iso);
  if (day === null) throw new AppError("invalid", `${iso || "nothing"} is no date`);
  return day;
}
