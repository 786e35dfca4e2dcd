import { html } from "hono/html";
import type { Words } from "../../../email/words.ts";
import { all, type Filled, one } from "../../debtor/filled.ts";
import type { Mistake } from "../../debtor/way.ts";
import type { Html } from "../layout.ts";

/** What the fields of one form share. */
export type FormState = { filled: Filled; mistakes: Mistake[]; words: Words };

type Field = { name: string; label: string; hint?: string; isOptional?: boolean };
type Choice = { value: string; label: string; note?: string; more?: Html };

const NOTHING = html``;

/** One line: a text, a date, an amount. `attributes` are the element's own. */
export function inputField(state: FormState, field: Field & { type?: string; attributes?: Html }): Html {
  const { name, type = "text", attributes } = field;
  const value = one(state.filled, name);
  return labelled(
    state,
    field,
    html`<input type="${type}" name="${name}" value="${value}" ${describedBy(state, field)} ${attributes ?? NOTHING}>`,
  );
}

export function dayField(state: FormState, field: Field & { min?: string; max?: string }): Html {
  const { min, max } = field;
  const attributes = html`${min && html`min="${min}"`} ${max && html`max="${max}"`}`;
  return inputField(state, { ...field, type: "date", attributes });
}

/** An amount, in this currency where it is known beforehand. */
export function amountField(state: FormState, field: Field & { currency?: string }): Html {
  const { label, currency } = field;
  return inputField(state, {
    ...field,
    label: currency ? state.words.say("page.inCurrency", { label, currency }) : label,
    attributes: html`inputmode="decimal" autocomplete="off"`,
  });
}

export function longTextField(state: FormState, field: Field & { most: number }): Html {
  const { name, most } = field;
  const value = one(state.filled, name);
  const control = html`<textarea name="${name}" rows="3" maxlength="${most}" ${describedBy(state, field)}>${value}</textarea>`;
  return labelled(state, field, control);
}

export function fileField(state: FormState, field: Field): Html {
  const { name } = field;
  return labelled(
    state,
    field,
    html`<input type="file" name="${name}" multiple ${describedBy(state, field)}>`,
  );
}

/** Boxes to tick, or with `isOne` a choice of one. */
export function choices(state: FormState, field: Field & { of: Choice[]; isOne?: boolean }): Html {
  const { name, of, isOne } = field;
  const chosen = new Set(all(state.filled, name));
  const type = isOne ? "radio" : "checkbox";
  const items = of.map(
    (
      { value, label: text, note, more },
      index,
    ) => html`<div class="choice"><label><input type="${type}" name="${name}" value="${value}"
      ${index === 0 ? html`id="${name}"` : ""} ${chosen.has(value) ? "checked" : ""}><span>${text}${note ? html` <small>${note}</small>` : ""}</span></label>${more ?? NOTHING}</div>`,
  );
  return html`<fieldset class="field" ${describedBy(state, field, { hasId: false })}><legend>${labelOf(state, field)}</legend>
    ${belowLabel(state, field)}<div class="choices">${items}</div></fieldset>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

function labelled(state: FormState, field: Field, control: Html): Html {
  return html`<div class="field"><label for="${field.name}">${labelOf(state, field)}</label>
    ${belowLabel(state, field)}${control}</div>`;
}

function labelOf({ words }: FormState, { label, isOptional }: Field): string {
  return isOptional ? words.say("page.optional", { label }) : label;
}

function belowLabel({ mistakes }: FormState, { name, hint }: Field): Html {
  const mistake = mistakes.find(({ field }) => field === name);
  return html`${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ""}
    ${mistake ? html`<p class="mistake" id="${name}-mistake">${mistake.text}</p>` : ""}`;
}

/** The id that the summary of mistakes leads to, and what a screen reader says after the label. */
function describedBy({ mistakes }: FormState, { name, hint }: Field, { hasId = true } = {}): Html {
  const isWrong = mistakes.some(({ field }) => field === name);
  const by = [hint && `${name}-hint`, isWrong && `${name}-mistake`].filter(Boolean).join(" ");
  return html`${hasId ? html`id="${name}"` : ""} ${by && html`aria-describedby="${by}"`} ${isWrong && hasId ? html`aria-invalid="true"` : ""}`;
}
