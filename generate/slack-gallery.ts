import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ALERT_KINDS, type AlertKind, type AlertView } from "../src/domain/alert.ts";
import { actionsOf } from "../src/domain/alert-actions.ts";
import { parseCivilDay } from "../src/domain/civil-date.ts";
import type { Block } from "../src/slack/blocks.ts";
import { alertMessage } from "../src/slack/messages.ts";
import type { Locale } from "../src/slack/words.ts";

// node generate/slack-gallery.ts --out DIR: every alert as Slack shows it, to be looked at. `slack-en.html`, `slack-zh-CN.html`.

const NAMES = { en: "Nordwind Handel", "zh-CN": "华悦贸易有限公司" };

const REPLY = { id: "rpl_1", from: "bills@nordwind.example", confidence: 0.9, proof: "proved" } as const;

const NOTES: Partial<Record<AlertKind, string>> = {
  no_contact: "suppressed",
  notice_failed: "bounced",
  approval_objected: "Their CEO calls tomorrow.",
  our_error: "The VAT number is wrong.",
  taken_over: "owner_handles · their CFO calls back",
  promise_made: "2026-03-20 · half now, half in April",
  promise_asked: "2026-05-29",
  promise_due: "2026-03-20",
  promise_kept: "2026-03-20",
  promise_broken: "2026-03-20",
  dispute_opened: "goods · two boxes were missing",
  dispute_waiting: "not_received",
  dispute_closed: "accepted · EUR 200.00 · We credit it.",
  plan_asked: "EUR 300.00 2026-03-13, EUR 900.00 2026-04-10",
  plan_agreed: "EUR 300.00 2026-03-13, EUR 900.00 2026-04-10",
  plan_broken: "EUR 300.00 2026-03-13",
  paid_reported: "2026-03-04 · SEPA 77",
  contact_away: "bills@nordwind.example · 2026-03-16",
  contact_proposed: "Ms Neu · ap@nordwind.example",
  payment_kept: "invoice_number is empty (evt_77)",
  credit_received: "EUR 1,200.00",
  service_problem: "The clock has not ticked for 40 minutes.",
};

const PROMISE = {
  action: "accept_promise",
  on: parseCivilDay("2026-03-20")!,
  shares: [{ number: "611365", currency: "EUR", amountMinor: 40_000 }],
} as const;

const DETAILS: Partial<Record<AlertKind, AlertView["details"]>> = {
  taken_over: { heldUntil: "2026-03-19" },
  promise_asked: { heldUntil: "2026-03-10" },
  promise_partly_kept: { promised: { came: "EUR 400.00", missing: "EUR 800.00" } },
  plan_asked: { heldUntil: null },
  paid_reported: { heldUntil: "2026-03-10", documents: ["doc_1"] },
  reply_received: { proposal: PROMISE, reply: { ...REPLY, kind: "promise", quote: "" } },
  reply_waiting: {
    proposal: { action: "new_address" },
    reply: { ...REPLY, kind: "wrong_person", quote: "" },
  },
};

function viewOf(kind: AlertKind, locale: Locale): AlertView {
  const customer = NAMES[locale];
  const number = "611365";
  const line = { customer, dueOn: "2026-03-02", stage: "overdue_30" };
  const invoices = [{ ...line, number, amount: "EUR 1,200.00", daysOverdue: 12 }];
  const details = DETAILS[kind];
  const reply = details?.reply && `${REPLY.from} · “We will pay EUR 400.00 on 20 March 2026.”`;
  const actions = actionsOf({ kind, about: "rem_1", payload: { invoices, details } });
  return {
    kind,
    customer: { ref: "C-1", name: customer },
    invoices,
    more: 0,
    note: reply ?? NOTES[kind] ?? null,
    details,
    asks: actions.length > 0 ? { id: "alr_1", actions } : undefined,
    locale,
  };
}

type Part = { type: string; text?: string & { text: string }; style?: string; elements?: Part[] };

function shown(block: Block): string {
  const { type, text, elements = [] } = block as Part;
  if (type === "section") return `<p>${marked(text!.text)}</p>`;
  if (type === "context")
    return `<p class="context">${elements.map((one) => marked(one.text!)).join(" ")}</p>`;
  const buttons = elements.map((one) => `<button class="${one.style ?? ""}">${one.text!.text}</button>`);
  return `<div>${buttons.join("")}</div>`;
}

/** Slack's own marks; what others wrote is escaped already. */
function marked(text: string): string {
  const bold = text.replace(/\*([^*\n]+)\*/g, "<b>$1</b>").replace(/`([^`\n]+)`/g, "<code>$1</code>");
  return bold.replaceAll("\n", "<br>");
}

const STYLE = `body{font:15px/1.46 Lato,"Droid Sans Fallback","Noto Sans SC",sans-serif;width:640px;margin:16px;color:#1d1c1d}
article{padding:8px 0 12px;border-bottom:1px solid #ddd}h2{font:11px monospace;color:#888;margin:0}p{margin:4px 0}
.context{color:#616061;font-size:12px}button{font:700 13px sans-serif;font-family:inherit;background:#fff;border:1px solid #bbb;
border-radius:4px;padding:4px 11px;margin:3px 8px 3px 0}.danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
code{font-size:12px;color:#c01343;background:#f6f6f6;border:1px solid #ddd;border-radius:3px;padding:1px 3px}`;

function page(locale: Locale): string {
  const articles = ALERT_KINDS.map((kind) => {
    const { blocks } = alertMessage(viewOf(kind, locale));
    return `<article><h2>${kind}</h2>${blocks.map(shown).join("")}</article>`;
  });
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><style>${STYLE}</style>${articles.join("")}</html>`;
}

const { out } = parseArgs({ options: { out: { type: "string", default: "gallery" } } }).values;
mkdirSync(out, { recursive: true });
for (const locale of ["en", "zh-CN"] as const) writeFileSync(join(out, `slack-${locale}.html`), page(locale));
