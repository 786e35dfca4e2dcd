import { sql } from "drizzle-orm";
import {
  blob,
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { REMINDER_STATES } from "../domain/reminder-life.ts";
import { listOf, UNDER_WAY } from "./reminder-states.ts";

// Instants are milliseconds since 1970 UTC, civil dates day numbers since 1970-01-01, money minor units.

export const settings = sqliteTable("settings", {
  key: text().primaryKey(),
  value: text({ mode: "json" }).$type<unknown>().notNull(),
});

export const creditors = sqliteTable(
  "creditors",
  {
    id: integer().primaryKey(),
    body: text({ mode: "json" }).$type<unknown>().notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [check("creditors_only_one", sql`${t.id} = 1`)],
);

export const policies = sqliteTable(
  "policies",
  {
    name: text().notNull(),
    version: integer().notNull(),
    body: text({ mode: "json" }).$type<unknown>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.version] })],
);

export const owners = sqliteTable(
  "owners",
  {
    email: text().primaryKey(),
    slackUserId: text("slack_user_id"),
    lookedUpAt: integer("looked_up_at"),
    /** Where this person works; null: where the creditor is. */
    timezone: text(),
    /** When this person's next digest is made; 0 before the first morning is set. */
    digestAt: integer("digest_at").notNull().default(0),
    /** The language that this person reads Slack in, as Slack says it: `en-US`. */
    slackLocale: text("slack_locale"),
    /** Where this person's alerts go while Slack does not know the person: a channel's id. */
    teamChannel: text("team_channel"),
    /** Who stands in, first and last civil day where the person works; all null while nobody does. */
    deputyEmail: text("deputy_email"),
    awayFrom: integer("away_from"),
    awayUntil: integer("away_until"),
  },
  (t) => [
    // The tick reads whose morning has come, whatever the number of people.
    index("owners_digest").on(t.digestAt),
    // Who pressed: Slack names its own id.
    index("owners_by_slack_user").on(t.slackUserId).where(sql`slack_user_id is not null`),
    // For whom somebody stands in.
    index("owners_by_deputy").on(t.deputyEmail).where(sql`deputy_email is not null`),
  ],
);

export const customers = sqliteTable(
  "customers",
  {
    id: text().primaryKey(),
    ref: text().notNull().unique(),
    name: text().notNull(),
    legalName: text("legal_name"),
    address: text(),
    kind: text({ enum: ["company", "sole_trader", "public", "consumer"] })
      .notNull()
      .default("company"),
    country: text(),
    locale: text(),
    timezone: text(),
    ownerEmail: text("owner_email").references(() => owners.email),
    policy: text(),
    /** Where alerts go instead of to the owner: a channel's id or a colleague's e-mail address. */
    alertsTo: text("alerts_to"),
    /** Counts every change of what is decided upon; a claim made on an older count does not hold. */
    factsVersion: integer("facts_version").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** When what is personal was last erased; `updated_at` is later where more of it came since. */
    erasedAt: integer("erased_at"),
  },
  (t) => [
    check("customers_kind", sql`${t.kind} in ('company', 'sole_trader', 'public', 'consumer')`),
    // What one person's customers owe, for the digest and the queue.
    index("customers_by_owner").on(t.ownerEmail).where(sql`owner_email is not null`),
    // A policy that changes wakes the customers that name it.
    index("customers_by_policy").on(t.policy).where(sql`policy is not null`),
  ],
);

export const contacts = sqliteTable(
  "contacts",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    role: text({ enum: ["billing", "manager", "executive", "legal"] }).notNull(),
    name: text(),
    email: text().notNull(),
  },
  (t) => [
    check("contacts_role", sql`${t.role} in ('billing', 'manager', 'executive', 'legal')`),
    uniqueIndex("contacts_once").on(t.customerId, t.role, t.email),
    // A bounce names an address, not a customer.
    index("contacts_by_email").on(t.email),
  ],
);

export const invoices = sqliteTable(
  "invoices",
  {
    id: text().primaryKey(),
    number: text().notNull().unique(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    currency: text().notNull(),
    amountMinor: integer("amount_minor").notNull(),
    /** Amount less allocations; kept in step by every use case that allocates. */
    balanceMinor: integer("balance_minor").notNull(),
    issuedOn: integer("issued_on"),
    dueOn: integer("due_on"),
    status: text({ enum: ["open", "void", "written_off"] })
      .notNull()
      .default("open"),
    poNumber: text("po_number"),
    paymentUrl: text("payment_url"),
    invoiceUrl: text("invoice_url"),
    /** Since when it is absent from a complete import without a word on why. */
    missingSince: integer("missing_since"),
    /** When a tick has to look at it again; 0 as soon as anything changed, null when only a change can matter. */
    nextLookAt: integer("next_look_at"),
    /** What it waits for when no clock will wake it: `fresh_ledger` or `backlog`. */
    waitsFor: text("waits_for", { enum: ["fresh_ledger", "backlog"] }),
    /** The day on which its next stage became due, while it is backlog: the oldest leaves first. */
    stageDueOn: integer("stage_due_on"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [
    check("invoices_amount", sql`${t.amountMinor} >= 0`),
    check("invoices_balance", sql`${t.balanceMinor} between 0 and ${t.amountMinor}`),
    check("invoices_status", sql`${t.status} in ('open', 'void', 'written_off')`),
    check("invoices_dates", sql`${t.issuedOn} is null or ${t.dueOn} is null or ${t.dueOn} >= ${t.issuedOn}`),
    // The tick reads this and nothing else to find its work: narrow, covering, and only rows that have a next look.
    index("invoices_next_look").on(t.nextLookAt, t.customerId).where(sql`next_look_at is not null`),
    // What a customer still owes, without the years of paid invoices beside it; and which of it nobody is about to look at.
    index("invoices_open_by_customer")
      .on(t.customerId, t.nextLookAt)
      .where(sql`balance_minor > 0 and status = 'open'`),
    // Everything of one customer, paid long ago too: what is erased, and whether it may be.
    index("invoices_by_customer").on(t.customerId),
    // Waking what waited for payment data, and releasing backlog oldest first.
    index("invoices_waiting").on(t.waitsFor, t.stageDueOn).where(sql`waits_for is not null`),
  ],
);

export const payments = sqliteTable(
  "payments",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    kind: text({ enum: ["payment", "credit_note", "refund"] }).notNull(),
    currency: text().notNull(),
    amountMinor: integer("amount_minor").notNull(),
    /** Allocated so far; the rest is unallocated credit. Negative for a refund taken back from an invoice. */
    allocatedMinor: integer("allocated_minor").notNull(),
    paidOn: integer("paid_on").notNull(),
    /** `ref:` and the reference, else `row:` and invoice, date, amount and occurrence. */
    identity: text().notNull(),
    reference: text(),
    /** Where it was learned: `import`, `api`, `invoice_import`, `webhook`. */
    source: text().notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [
    check("payments_amount", sql`${t.amountMinor} > 0`),
    check("payments_kind", sql`${t.kind} in ('payment', 'credit_note', 'refund')`),
    uniqueIndex("payments_once").on(t.kind, t.identity),
    // Credit to net when a customer is decided on; settled payments stay out. Written with the column first, as the planner turns
    // it: the other way round it never finds the index.
    index("payments_unallocated").on(t.customerId).where(sql`amount_minor > abs(allocated_minor)`),
  ],
);

export const allocations = sqliteTable(
  "allocations",
  {
    paymentId: text("payment_id")
      .notNull()
      .references(() => payments.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    /** Negative for a refund. */
    amountMinor: integer("amount_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paymentId, t.invoiceId] }),
    index("allocations_by_invoice").on(t.invoiceId),
  ],
);

export const holds = sqliteTable(
  "holds",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    /** Null: everything the customer owes. */
    invoiceId: text("invoice_id").references(() => invoices.id),
    kind: text({
      enum: ["insolvency", "manual", "plan", "promise", "dispute", "paid_reported", "reply"],
    }).notNull(),
    reason: text().notNull(),
    /** The share held; null for the whole. */
    amountMinor: integer("amount_minor"),
    fromAt: integer("from_at").notNull(),
    /** Last civil day in the customer's zone; null waits for `question_to`. */
    until: integer(),
    questionTo: text("question_to"),
    endedAt: integer("ended_at"),
    author: text().notNull(),
  },
  (t) => [
    check("holds_end", sql`${t.until} is not null or ${t.questionTo} is not null`),
    index("holds_by_customer").on(t.customerId),
    // Short holds that ended without an answer to what they waited for.
    index("holds_awaiting").on(t.until).where(sql`kind in ('paid_reported', 'reply') and ended_at is null`),
    // One manual hold at a time on an invoice or a customer: setting it again replaces it.
    uniqueIndex("holds_one_manual").on(t.invoiceId).where(sql`kind = 'manual' and ended_at is null`),
    uniqueIndex("holds_one_manual_of_customer")
      .on(t.customerId)
      .where(sql`kind = 'manual' and ended_at is null and invoice_id is null`),
  ],
);

export const suppressions = sqliteTable("suppressions", {
  address: text().primaryKey(),
  reason: text({ enum: ["bounce", "complaint", "manual"] }).notNull(),
  source: text().notNull(),
  at: integer().notNull(),
});

export const reminders = sqliteTable(
  "reminders",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    /** The sternest stage in it, which sets the tone. */
    stage: text().notNull(),
    state: text({ enum: REMINDER_STATES }).notNull(),
    policyName: text("policy_name").notNull(),
    policyVersion: integer("policy_version").notNull(),
    /** The customer's civil day on which it left, or is to leave. */
    leavesOn: integer("leaves_on").notNull(),
    recipients: text({ mode: "json" }).$type<string[]>().notNull(),
    subject: text(),
    /** Message-ID as the recipient saw it. */
    messageId: text("message_id"),
    providerId: text("provider_id"),
    isBacklog: integer("is_backlog", { mode: "boolean" }).notNull().default(false),
    leaseUntil: integer("lease_until"),
    failure: text(),
    askedAt: integer("asked_at"),
    decision: text({ enum: ["approve", "decline"] }),
    decidedAt: integer("decided_at"),
    decidedBy: text("decided_by"),
    /** When the question was closed without the letter leaving: declined, void, or past its time. */
    closedAt: integer("closed_at"),
    createdAt: integer("created_at").notNull(),
    sendingAt: integer("sending_at"),
    sentAt: integer("sent_at"),
    /** Since when nobody knows whether it left. */
    unknownAt: integer("unknown_at"),
    /** How that was settled: by the provider's events, by their absence, or by a person's word. */
    settledBy: text("settled_by", { enum: ["evidence", "no_evidence", "person"] }),
  },
  (t) => [
    check("reminders_state", sql.raw(`state in (${listOf(REMINDER_STATES)})`)),
    index("reminders_by_customer").on(t.customerId, t.leavesOn),
    // What is under way, for leases that expire and outcomes that are unknown.
    index("reminders_under_way").on(t.state).where(sql.raw(UNDER_WAY)),
    // Events of the provider that carry its own id alone.
    index("reminders_by_provider").on(t.providerId).where(sql`provider_id is not null`),
    // The day's share of backlog already sent.
    index("reminders_backlog").on(t.leavesOn).where(sql`is_backlog = 1`),
  ],
);

/** How often reminders came into each state, counted by triggers: the metrics read this instead of every reminder ever sent. */
export const reminderTotals = sqliteTable("reminder_totals", {
  state: text({ enum: REMINDER_STATES }).primaryKey(),
  total: integer().notNull(),
});

export const reminderInvoices = sqliteTable(
  "reminder_invoices",
  {
    reminderId: text("reminder_id")
      .notNull()
      .references(() => reminders.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    stage: text().notNull(),
    /** What was asked for this invoice and its balance, at the moment of sending. */
    askedMinor: integer("asked_minor").notNull(),
    balanceMinor: integer("balance_minor").notNull(),
    /** False once it is known that nobody was reached, or a person reset the stage. */
    counts: integer({ mode: "boolean" }).notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.reminderId, t.invoiceId] }),
    uniqueIndex("reminder_invoices_stage_once").on(t.invoiceId, t.stage).where(sql`counts = 1`),
  ],
);

/** Stages that a person decided not to send for an invoice; the ladder goes on after them. */
export const waivedStages = sqliteTable(
  "waived_stages",
  {
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    stage: text().notNull(),
    at: integer().notNull(),
    /** The customer's civil day. */
    waivedOn: integer("waived_on").notNull(),
    author: text().notNull(),
    reason: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.invoiceId, t.stage] })],
);

export const messages = sqliteTable("messages", {
  reminderId: text("reminder_id")
    .primaryKey()
    .references(() => reminders.id),
  sha256: text().notNull(),
  /** The message as it left, raw deflate. */
  raw: blob({ mode: "buffer" }).notNull(),
  bytes: integer().notNull(),
});

/** Mail that is no stage and no contact: confirmations, notes before a promised date, agreements, thanks. */
export const notices = sqliteTable(
  "notices",
  {
    id: text().primaryKey(),
    /** What it says, once: kind and the occasion. */
    fact: text().notNull().unique(),
    kind: text().notNull(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    /** The facts from which it is written when it leaves. */
    body: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    state: text({ enum: ["planned", "sending", "sent", "failed", "unknown", "cancelled"] }).notNull(),
    /** Not before this instant; those that wait for hours get their next opening. */
    leavesAt: integer("leaves_at").notNull(),
    leaseUntil: integer("lease_until"),
    attempts: integer().notNull().default(0),
    recipients: text({ mode: "json" }).$type<string[]>(),
    subject: text(),
    messageId: text("message_id"),
    providerId: text("provider_id"),
    failure: text(),
    createdAt: integer("created_at").notNull(),
    sentAt: integer("sent_at"),
    sha256: text(),
    /** The message as it left, raw deflate. */
    raw: blob({ mode: "buffer" }),
    bytes: integer(),
  },
  (t) => [
    // What is to leave, and what is under way.
    index("notices_under_way").on(t.state, t.leavesAt).where(sql`state in ('planned', 'sending', 'unknown')`),
    index("notices_by_customer").on(t.customerId),
    index("notices_by_provider").on(t.providerId).where(sql`provider_id is not null`),
  ],
);

/** The invoices a notice is about, whose ledgers tell of it. */
export const noticeInvoices = sqliteTable(
  "notice_invoices",
  {
    noticeId: text("notice_id")
      .notNull()
      .references(() => notices.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.invoiceId] }),
    index("notice_invoices_by_invoice").on(t.invoiceId),
  ],
);

/** What the mail provider told about a message, once per event and recipient, whatever the order. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    /** The event's own identity, so that a repetition is known. */
    id: text().primaryKey(),
    /** The `rem_` or `ntc_` id that the message carried as a tag. */
    mailId: text("mail_id").notNull(),
    kind: text({
      enum: ["send", "delivery", "bounce", "complaint", "reject", "delay", "rendering_failure"],
    }).notNull(),
    address: text(),
    isPermanent: integer("is_permanent", { mode: "boolean" }),
    detail: text(),
    /** When it happened, by the provider's clock. */
    at: integer().notNull(),
    recordedAt: integer("recorded_at").notNull(),
  },
  (t) => [index("deliveries_by_mail").on(t.mailId)],
);

/** Webhooks that are genuine and could not be followed: kept for a person. */
export const keptWebhooks = sqliteTable(
  "kept_webhooks",
  {
    /** The source and the message's own id, so that a repetition is known. */
    id: text().primaryKey(),
    source: text().notNull(),
    reason: text().notNull(),
    body: text().notNull(),
    /** The invoice, customer or payment with which it may be followed; null where only a person can. */
    waitsFor: text("waits_for"),
    receivedAt: integer("received_at").notNull(),
  },
  (t) => [index("kept_webhooks_waiting").on(t.id).where(sql`waits_for is not null`)],
);

/** Webhooks whose repetition nothing else would tell. */
export const seenWebhooks = sqliteTable("seen_webhooks", {
  id: text().primaryKey(),
  at: integer().notNull(),
});

/** Mail that came back, each kept byte for byte. */
export const replies = sqliteTable(
  "replies",
  {
    id: text().primaryKey(),
    /** Of its Message-ID and its content below the headers, so that a repetition is known by whatever way it comes. */
    identity: text().notNull().unique(),
    /** Null: nobody on record. */
    customerId: text("customer_id").references(() => customers.id),
    /** The `rem_` or `ntc_` id of the mail that it answers. */
    mailId: text("mail_id"),
    matchedBy: text("matched_by", { enum: ["token", "thread", "sender"] }),
    /** Whether its sender is proved (SPF, DKIM, DMARC), proved wrong, or neither. */
    proof: text({ enum: ["passed", "none", "failed"] }).notNull(),
    isMachine: integer("is_machine", { mode: "boolean" }).notNull(),
    kind: text().notNull(),
    fromAddress: text("from_address"),
    subject: text(),
    /** The sentence that says so, else how it begins. */
    quote: text().notNull(),
    confidence: real().notNull(),
    /** What we propose to do about it; null where there is nothing to do. */
    proposal: text({ mode: "json" }).$type<Record<string, unknown>>(),
    /** Of an absence: the first day back. */
    returnsOn: integer("returns_on"),
    /** `open` waits for a person; `accepting` is claimed by one; `noted` never asked for anybody. */
    state: text({ enum: ["open", "accepting", "accepted", "handled", "noted"] }).notNull(),
    decidedAt: integer("decided_at"),
    decidedBy: text("decided_by"),
    /** When people are asked again; null once they were, and where nothing is held. */
    askAgainAt: integer("ask_again_at"),
    receivedAt: integer("received_at").notNull(),
    sha256: text().notNull(),
    /** The mail as it came, raw deflate. */
    raw: blob({ mode: "buffer" }).notNull(),
    bytes: integer().notNull(),
  },
  (t) => [
    index("replies_by_customer").on(t.customerId),
    // What waits for a person, and whom to ask again.
    index("replies_open").on(t.id).where(sql`state in ('open', 'accepting')`),
    index("replies_to_ask_again").on(t.askAgainAt).where(sql`ask_again_at is not null`),
  ],
);

/** The invoices a reply is about, whose ledgers tell of it, and the hold that it set on each. */
export const replyInvoices = sqliteTable(
  "reply_invoices",
  {
    replyId: text("reply_id")
      .notNull()
      .references(() => replies.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    holdId: text("hold_id").references(() => holds.id),
  },
  (t) => [
    primaryKey({ columns: [t.replyId, t.invoiceId] }),
    index("reply_invoices_by_invoice").on(t.invoiceId),
  ],
);

/** What stands for what at a payment service (an intent for its invoice, that for ours), so that money is found by any of its names. */
export const paymentNames = sqliteTable(
  "payment_names",
  {
    name: text().primaryKey(),
    of: text().notNull(),
    /** For one of several amounts that may also be told as a total: of which kind it is, and how much. */
    kind: text({ enum: ["payment", "refund"] }),
    amountMinor: integer("amount_minor"),
  },
  (t) => [index("payment_names_by_meaning").on(t.of)],
);

/** Systems of our own users that are told what happens, each from the ledger entry on that was the last when it was added. */
export const webhookEndpoints = sqliteTable("webhook_endpoints", {
  id: text().primaryKey(),
  url: text().notNull(),
  /** The types it wants; null for all. */
  events: text({ mode: "json" }).$type<string[]>(),
  /** Signing needs it as it is: `whsec_…`. */
  secret: text().notNull(),
  /** The row of the ledger up to which its messages are made. */
  readThrough: integer("read_through").notNull(),
  createdAt: integer("created_at").notNull(),
  author: text().notNull(),
  closedAt: integer("closed_at"),
  closedBy: text("closed_by"),
});

export const webhookMessages = sqliteTable(
  "webhook_messages",
  {
    /** Its `webhook-id`, the same however often it is sent. */
    id: text().primaryKey(),
    endpointId: text("endpoint_id")
      .notNull()
      .references(() => webhookEndpoints.id),
    /** The ledger entry or the occasion that it tells of, once for each endpoint. */
    fact: text().notNull(),
    type: text().notNull(),
    body: text().notNull(),
    state: text({ enum: ["pending", "delivered", "given_up"] }).notNull(),
    /** Tries in a row; a redelivery counts anew. */
    attempts: integer().notNull().default(0),
    nextTryAt: integer("next_try_at").notNull(),
    createdAt: integer("created_at").notNull(),
    settledAt: integer("settled_at"),
  },
  (t) => [
    uniqueIndex("webhook_messages_once").on(t.endpointId, t.fact),
    index("webhook_messages_pending").on(t.nextTryAt).where(sql`state = 'pending'`),
  ],
);

/** Each try to deliver a message, and what came of it. */
export const webhookAttempts = sqliteTable(
  "webhook_attempts",
  {
    messageId: text("message_id")
      .notNull()
      .references(() => webhookMessages.id),
    at: integer().notNull(),
    /** What the endpoint answered; null where it did not. */
    status: integer(),
    /** Why there was no answer. */
    error: text(),
    durationMs: integer("duration_ms").notNull(),
  },
  (t) => [index("webhook_attempts_by_message").on(t.messageId, t.at)],
);

/** What people attached to an invoice: kept where no link leads, shown to the creditor's people only. */
export const documents = sqliteTable(
  "documents",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    kind: text({ enum: ["contract", "order", "delivery_note", "invoice", "proof", "other"] }).notNull(),
    name: text().notNull(),
    mediaType: text("media_type").notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
    content: blob({ mode: "buffer" }).notNull(),
    author: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [uniqueIndex("documents_once").on(t.invoiceId, t.sha256)],
);

/** A promise to pay one invoice or a share of it; those made together share `madeWith`. */
export const promises = sqliteTable(
  "promises",
  {
    id: text().primaryKey(),
    madeWith: text("made_with").notNull(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    /** The hold that it sets; a short one while finance has yet to accept a promise beyond the policy's bounds. */
    holdId: text("hold_id").references(() => holds.id),
    state: text({
      enum: ["asked", "open", "kept", "partly_kept", "broken", "withdrawn", "declined"],
    }).notNull(),
    amountMinor: integer("amount_minor").notNull(),
    on: integer("on_day").notNull(),
    /** The last day on which money counts as in time: the date plus grace. */
    lastDay: integer("last_day").notNull(),
    note: text(),
    /** Who promised, in their own writing. */
    name: text(),
    author: text().notNull(),
    /** The promise that this one changed. */
    replaces: text(),
    madeAt: integer("made_at").notNull(),
    endedAt: integer("ended_at"),
    /** When the debtor gets a note before the date; null once that left, or where there is none. */
    noteAt: integer("note_at"),
    /** Payment data as fresh as this judges it: the end of its last day, 0 as soon as the invoice changed, null when it has ended. */
    judgeAt: integer("judge_at"),
  },
  (t) => [
    check("promises_amount", sql`${t.amountMinor} > 0`),
    uniqueIndex("promises_one_open").on(t.invoiceId).where(sql`state in ('asked', 'open')`),
    index("promises_by_invoice").on(t.invoiceId),
    // What was made together is confirmed, changed and thanked for together.
    index("promises_together").on(t.madeWith),
    index("promises_to_note").on(t.noteAt).where(sql`note_at is not null`),
    index("promises_to_judge").on(t.judgeAt).where(sql`judge_at is not null`),
  ],
);

export const disputes = sqliteTable(
  "disputes",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    holdId: text("hold_id")
      .notNull()
      .references(() => holds.id),
    state: text({ enum: ["open", "accepted", "rejected", "settled", "withdrawn"] }).notNull(),
    /** Null for the whole. */
    amountMinor: integer("amount_minor"),
    reason: text({ enum: ["goods", "price", "quantity", "not_received", "not_ordered", "other"] }).notNull(),
    text: text(),
    name: text(),
    author: text().notNull(),
    openedAt: integer("opened_at").notNull(),
    /** When the owner's 48 hours are over. */
    answerDueAt: integer("answer_due_at").notNull(),
    endedAt: integer("ended_at"),
    /** What the debtor is told. */
    answer: text(),
  },
  (t) => [
    uniqueIndex("disputes_one_open").on(t.invoiceId).where(sql`state = 'open'`),
    // What was disputed while something was promised.
    index("disputes_by_invoice").on(t.invoiceId),
    index("disputes_unanswered").on(t.answerDueAt).where(sql`state = 'open'`),
  ],
);

export const plans = sqliteTable(
  "plans",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    state: text({
      enum: ["asked", "agreed", "declined", "fulfilled", "defaulted", "withdrawn"],
    }).notNull(),
    currency: text().notNull(),
    /** Whether interest is waived while it is kept. */
    waivesInterest: integer("waives_interest", { mode: "boolean" }).notNull().default(false),
    note: text(),
    name: text(),
    author: text().notNull(),
    askedAt: integer("asked_at").notNull(),
    decidedAt: integer("decided_at"),
    decidedBy: text("decided_by"),
    answer: text(),
    endedAt: integer("ended_at"),
    /** Payment data as fresh as this judges the next instalment; 0 as soon as an invoice changed, null while nothing is agreed. */
    judgeAt: integer("judge_at"),
  },
  (t) => [
    index("plans_by_customer").on(t.customerId),
    index("plans_to_judge").on(t.judgeAt).where(sql`judge_at is not null`),
  ],
);

export const planInvoices = sqliteTable(
  "plan_invoices",
  {
    planId: text("plan_id")
      .notNull()
      .references(() => plans.id),
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    /** The hold that it sets; one that is only asked for holds for a short time. */
    holdId: text("hold_id").references(() => holds.id),
    /** The balance that the plan spreads. */
    amountMinor: integer("amount_minor").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.invoiceId] }),
    index("plan_invoices_by_invoice").on(t.invoiceId),
  ],
);

export const instalments = sqliteTable(
  "instalments",
  {
    planId: text("plan_id")
      .notNull()
      .references(() => plans.id),
    seq: integer().notNull(),
    on: integer("on_day").notNull(),
    amountMinor: integer("amount_minor").notNull(),
    state: text({ enum: ["open", "kept", "missed"] }).notNull(),
    /** When the debtor gets a note before the date; null once that left, and while nothing is agreed. */
    noteAt: integer("note_at"),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.seq] }),
    check("instalments_amount", sql`${t.amountMinor} > 0`),
    index("instalments_to_note").on(t.noteAt).where(sql`note_at is not null`),
  ],
);

/** Contacts that a debtor named: nothing goes to them before the owner confirms. */
export const proposedContacts = sqliteTable(
  "proposed_contacts",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    name: text().notNull(),
    email: text().notNull(),
    state: text({ enum: ["asked", "confirmed", "declined"] }).notNull(),
    author: text().notNull(),
    at: integer().notNull(),
    decidedAt: integer("decided_at"),
    decidedBy: text("decided_by"),
  },
  (t) => [index("proposed_contacts_by_customer").on(t.customerId)],
);

/** Calls with a customer that somebody of ours logged; each counts as a contact. */
export const calls = sqliteTable(
  "calls",
  {
    id: text().primaryKey(),
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    /** Null: about everything the customer owes. */
    invoiceId: text("invoice_id").references(() => invoices.id),
    /** The customer's civil day. */
    on: integer("on_day").notNull(),
    person: text().notNull(),
    said: text().notNull(),
    author: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [index("calls_by_customer").on(t.customerId, t.on)],
);

/** Form tokens that were used: a form that was sent once is not taken again. */
export const usedForms = sqliteTable(
  "used_forms",
  {
    token: text().primaryKey(),
    usedAt: integer("used_at").notNull(),
    /** What came of it, told again to whoever sends it again; null while it is being recorded. */
    result: text({ mode: "json" }).$type<Record<string, unknown>>(),
  },
  (t) => [index("used_forms_by_time").on(t.usedAt)],
);

/** Links that a person revoked: one reminder's, or every link of a customer made until then. */
export const revokedLinks = sqliteTable("revoked_links", {
  /** The reminder's or the customer's id. */
  subject: text().primaryKey(),
  at: integer().notNull(),
  author: text().notNull(),
});

export const alerts = sqliteTable(
  "alerts",
  {
    id: text().primaryKey(),
    /** What it tells, once: kind, invoice or customer, and the occasion. */
    fact: text().notNull().unique(),
    kind: text().notNull(),
    customerId: text("customer_id").references(() => customers.id),
    invoiceId: text("invoice_id").references(() => invoices.id),
    toEmail: text("to_email"),
    payload: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    /** `digest`: routine news, which waits for the person's next digest. */
    state: text({ enum: ["pending", "digest", "posted"] }).notNull(),
    attempts: integer().notNull().default(0),
    nextTryAt: integer("next_try_at").notNull(),
    createdAt: integer("created_at").notNull(),
    postedAt: integer("posted_at"),
    channel: text(),
    ts: text(),
    error: text(),
    /** The id of what it asks about (`prm_…`, `dsp_…`, `rem_…`), where that is not an invoice. */
    about: text(),
    /** Whether it waits for somebody's answer. */
    asks: integer({ mode: "boolean" }).notNull().default(false),
    /** Until when one worker has it, to post it; past, nobody knows whether it was posted. */
    claimedUntil: integer("claimed_until"),
    settledAt: integer("settled_at"),
    /** Null where nobody in particular did: the money came. */
    settledBy: text("settled_by"),
    settledAs: text("settled_as"),
    /** Whether the message in Slack no longer says what is so. */
    isStale: integer("is_stale", { mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    index("alerts_pending").on(t.nextTryAt).where(sql`state = 'pending'`),
    // Questions that are open, of one customer or of all.
    index("alerts_asking").on(t.customerId).where(sql`asks = 1`),
    index("alerts_stale").on(t.id).where(sql`is_stale = 1`),
    // How much a person was told within the hour.
    index("alerts_posted").on(t.postedAt),
    // What goes into a person's next digest.
    index("alerts_for_digest").on(t.toEmail).where(sql`state = 'digest'`),
    index("alerts_by_invoice").on(t.invoiceId, t.kind),
  ],
);

/** Where in Slack the history of a customer grows, for each to whom it is told. */
export const threads = sqliteTable(
  "threads",
  {
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    /** A colleague's e-mail address, a channel's id, or empty for the fallback channel. */
    recipient: text().notNull(),
    channel: text().notNull(),
    ts: text().notNull(),
    /** The alert whose message is the first. */
    alertId: text("alert_id")
      .notNull()
      .references(() => alerts.id),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.recipient] })],
);

export const ledger = sqliteTable(
  "ledger",
  {
    invoiceId: text("invoice_id")
      .notNull()
      .references(() => invoices.id),
    seq: integer().notNull(),
    at: integer().notNull(),
    kind: text().notNull(),
    author: text().notNull(),
    data: text().notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.invoiceId, t.seq] })],
);

/** Where each invoice's chain stands, written by the ledger's own trigger: without it, an end cut off would go unnoticed. */
export const ledgerHeads = sqliteTable("ledger_heads", {
  invoiceId: text("invoice_id").primaryKey(),
  seq: integer().notNull(),
  hash: text().notNull(),
});

/** Keys to the API beside `API_KEY`: what is kept of one opens nothing. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** How it begins, to be recognised by. */
    prefix: text().notNull(),
    /** SHA-256: enough for 256 random bits, which nobody can go through; a slow hash would only slow every request. */
    hash: text().notNull().unique(),
    scopes: text({ mode: "json" }).$type<string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    /** A civil day in UTC: written at most once a day. */
    lastUsedOn: integer("last_used_on"),
    revokedAt: integer("revoked_at"),
    revokedBy: text("revoked_by"),
  },
  (t) => [
    // A name is in the ledger, so two keys in force never share one.
    uniqueIndex("api_keys_one_in_force").on(t.name).where(sql`revoked_at is null`),
  ],
);

export const runs = sqliteTable(
  "runs",
  {
    id: text().primaryKey(),
    startedAt: integer("started_at").notNull(),
    finishedAt: integer("finished_at"),
    /** Whether its moment was the machine's own, not one that a person gave. */
    byMachineClock: integer("by_machine_clock", { mode: "boolean" }).notNull().default(false),
    counts: text({ mode: "json" }).$type<Record<string, number>>(),
    left: integer(),
    failed: integer(),
    error: text(),
  },
  (t) => [index("runs_by_start").on(t.startedAt)],
);

export const imports = sqliteTable("imports", {
  id: text().primaryKey(),
  kind: text({ enum: ["customers", "invoices", "payments"] }).notNull(),
  fileName: text("file_name").notNull(),
  isComplete: integer("is_complete", { mode: "boolean" }).notNull().default(false),
  startedAt: integer("started_at").notNull(),
  finishedAt: integer("finished_at"),
  rows: integer().notNull().default(0),
  imported: integer().notNull().default(0),
  unchanged: integer().notNull().default(0),
  refused: integer().notNull().default(0),
});
