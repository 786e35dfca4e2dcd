/** A piece of a message or a view: https://docs.slack.dev/reference/block-kit/blocks */
export type Block = Record<string, unknown>;

// Slack refuses a section above 3,000 characters: https://docs.slack.dev/reference/block-kit/blocks/section-block
const SECTION_LENGTH = 2_900;

/** Lines as few sections. */
export function sectionsOf(lines: string[]): Block[] {
  return lines.reduce<string[]>(packed, []).map((text) => section(text));
}

/** Joins lines to as few texts as fit into sections. */
export function packed(texts: string[], line: string): string[] {
  const last = texts.at(-1);
  if (last === undefined || last.length + 1 + line.length > SECTION_LENGTH) return [...texts, line];
  return [...texts.slice(0, -1), `${last}\n${line}`];
}

/** With a button at its side, where there is one. */
export function section(text: string, accessory?: Block): Block {
  // Verbatim: a customer's name does not become a link or a mention.
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true }, ...(accessory && { accessory }) };
}

export function context(text: string): Block {
  return { type: "context", elements: [{ type: "mrkdwn", text }] };
}

/** `action` is the name by which Slack reports a press, `value` the id of what it is about. */
export function button(action: string, value: string, text: string): Block {
  return { type: "button", action_id: action, value, text: { type: "plain_text", text } };
}

/** The same, asked once more: what it does cannot be taken back. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function asked(
  one: Block,
  { title, text, confirm, deny }: { title: string; text: string; confirm: string; deny: string },
): Block {
  const plain = (words: string) => ({ type: "plain_text", text: words });
  const dialog = { title: plain(title), text: plain(text), confirm: plain(confirm), deny: plain(deny) };
  return { ...one, style: "danger", confirm: { ...dialog, style: "danger" } };
}

export function actions(elements: Block[]): Block[] {
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}
