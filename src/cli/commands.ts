import type { Command } from "commander";
import type { GroundContext } from "./context.ts";

export type CommandEntry = {
  name: string;
  /** One line in the list of commands. */
  summary: string;
  /** What follows `dunwell` on the command line, for the command's own help. */
  examples: string[];
  load(): Promise<(context: GroundContext) => Command>;
};

/** Every command, in the order in which a newcomer meets them. */
export const COMMANDS: CommandEntry[] = [
  {
    name: "demo",
    summary: "a story on sample data: what is sent to whom, and why; then all of it to look at",
    examples: ["demo", "demo --exit"],
    load: async () => (await import("./demo.ts")).demoCommand,
  },
  {
    name: "creditor",
    summary: "say who is owed the money; without it nothing is sent",
    examples: ["creditor apply creditor.json"],
    load: async () => (await import("./creditor.ts")).creditorCommand,
  },
  {
    name: "import",
    summary: "import customers, invoices or payments from a CSV file",
    examples: ["import invoices open-items.csv --dry-run", "import payments bank.csv --mapping bank.json"],
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "tick",
    summary: "scan, decide, send, until nothing is due",
    examples: ["tick --dry-run", "tick --confirm-backlog"],
    load: async () => (await import("./tick.ts")).tickCommand,
  },
  {
    name: "runs",
    summary: "the last runs of the clock: when, how long, what left, what did not and why, what failed",
    examples: ["runs"],
    load: async () => (await import("./runs.ts")).runsCommand,
  },
  {
    name: "replay",
    summary: "take up again what failed for good in the Worker's queue",
    examples: ["replay"],
    load: async () => (await import("./replay.ts")).replayCommand,
  },
  {
    name: "why",
    summary: "why an invoice is reminded or not, and what would change it",
    examples: ["why INV-1001"],
    load: async () => (await import("./why.ts")).whyCommand,
  },
  {
    name: "customer",
    summary: "how a customer stands: what is open, what comes next and why, the last contact",
    examples: ["customer ACME", 'customer "nordwnd handl"'],
    load: async () => (await import("./customer.ts")).customerCommand,
  },
  {
    name: "queue",
    summary: "what waits for one person, the own customers by age, and what they promised",
    examples: ["queue rita@acme.example"],
    load: async () => (await import("./queue.ts")).queueCommand,
  },
  {
    name: "forecast",
    summary: "what will be sent, to whom, when, if nothing changes",
    examples: ["forecast --days 14"],
    load: async () => (await import("./forecast.ts")).forecastCommand,
  },
  {
    name: "simulate",
    summary: "replay days over the imported history, under any policy; touches nothing",
    examples: ["simulate --from 2026-01-01 --to 2026-03-31 --policy gentler.json"],
    load: async () => (await import("./simulate.ts")).simulateCommand,
  },
  {
    name: "hold",
    summary: "remind an invoice or a customer no more through a day",
    examples: [
      'hold INV-1001 --until 2026-02-15 --reason "new purchase order awaited"',
      'hold --customer ACME --until 2026-02-15 --reason "merger"',
    ],
    load: async () => (await import("./hold.ts")).holdCommand,
  },
  {
    name: "unhold",
    summary: "end such a hold early",
    examples: ["unhold INV-1001", "unhold --customer ACME"],
    load: async () => (await import("./unhold.ts")).unholdCommand,
  },
  {
    name: "call",
    summary: "log a call with a customer; it counts as a contact",
    examples: ['call INV-1001 --person "Bela Buch" --said "in the next run" --promised-on 2026-02-20'],
    load: async () => (await import("./call.ts")).callCommand,
  },
  {
    name: "check",
    summary: "answer the account check of a due invoice",
    examples: ["check INV-1001 --answer in_approval"],
    load: async () => (await import("./owner-answers.ts")).checkCommand,
  },
  {
    name: "warning",
    summary: "answer the warning before a firm letter",
    examples: ["warning INV-1001 --answer talk_first"],
    load: async () => (await import("./owner-answers.ts")).warningCommand,
  },
  {
    name: "promise",
    summary: "record that a debtor promised to pay by a day; change the day, or withdraw it",
    examples: [
      "promise INV-1001 --on 2026-02-20",
      "promise INV-1001 --on 2026-02-20 --amount 600.00",
      "promise change INV-1001 --on 2026-02-27",
      "promise withdraw INV-1001",
    ],
    load: async () => (await import("./promise.ts")).promiseCommand,
  },
  {
    name: "dispute",
    summary: "record that an invoice or a share of it is disputed, or close that",
    examples: [
      'dispute INV-1001 --reason goods --amount 400.00 --text "arrived broken"',
      "dispute close INV-1001 --as accepted",
    ],
    load: async () => (await import("./dispute.ts")).disputeCommand,
  },
  {
    name: "plan",
    summary: "let a debtor pay invoices in instalments, or withdraw that",
    examples: [
      "plan INV-1001 --instalment 2026-03-01=600.00 --instalment 2026-04-01=600.00",
      "plan withdraw INV-1001",
    ],
    load: async () => (await import("./plan.ts")).planCommand,
  },
  {
    name: "allocate",
    summary: "say which invoice money was for that named none",
    examples: ["allocate pay_01k2b3c4d5e6f7g8h9jkmnp INV-1001", 'allocate "payments msg_2Lh9" INV-1001'],
    load: async () => (await import("./allocate.ts")).allocateCommand,
  },
  {
    name: "release",
    summary: "let go the backlog: stages that became due more than 7 days ago",
    examples: ["release"],
    load: async () => (await import("./release.ts")).releaseCommand,
  },
  {
    name: "approve",
    summary: "let a letter leave that finance is asked about, or grant what a debtor asks for",
    examples: ["approve INV-1001 --author frieda"],
    load: async () => (await import("./approve.ts")).approveCommand,
  },
  {
    name: "decline",
    summary: "keep a letter back that finance is asked about, or refuse what a debtor asks for",
    examples: ['decline INV-1001 --reason "paid last week"'],
    load: async () => (await import("./decline.ts")).declineCommand,
  },
  {
    name: "replies",
    summary: "the mails that wait for a person; do what is proposed, or say that it is handled",
    examples: [
      "replies",
      "replies accept rpl_01k2b3c4d5e6f7g8h9jkmnp",
      "replies handled rpl_01k2b3c4d5e6f7g8h9jkmnp",
    ],
    load: async () => (await import("./replies.ts")).repliesCommand,
  },
  {
    name: "object",
    summary: "tell finance why a letter had better not leave",
    examples: ['object INV-1001 --reason "they pay on Monday"'],
    load: async () => (await import("./owner-answers.ts")).objectCommand,
  },
  {
    name: "waive",
    summary: "leave out the stage that comes next for an invoice",
    examples: ['waive INV-1001 --stage overdue_30 --reason "long-standing partner"'],
    load: async () => (await import("./waive.ts")).waiveCommand,
  },
  {
    name: "reset",
    summary: "let the last stage sent or waived for an invoice come once more",
    examples: ['reset INV-1001 --stage overdue_30 --reason "went to the wrong person"'],
    load: async () => (await import("./reset.ts")).resetCommand,
  },
  {
    name: "settle",
    summary: "say what became of a reminder or a notice of which nobody knows whether it left",
    examples: [
      'settle INV-1001 --as not-sent --reason "SES has no record of it"',
      'settle ntc_01k2b3c4d5e6f7g8h9jkmnp --as sent --reason "they have it"',
    ],
    load: async () => (await import("./settle.ts")).settleCommand,
  },
  {
    name: "stop-all",
    summary: "for emergencies: nothing leaves until resume-all",
    examples: ['stop-all --reason "wrong bank file"'],
    load: async () => (await import("./stop-all.ts")).stopAllCommand,
  },
  {
    name: "resume-all",
    summary: "end what stop-all began",
    examples: ["resume-all"],
    load: async () => (await import("./resume-all.ts")).resumeAllCommand,
  },
  {
    name: "contact",
    summary: "correct or add an address of a customer",
    examples: ["contact ACME --replaces bils@acme.example --email bills@acme.example"],
    load: async () => (await import("./contact.ts")).contactCommand,
  },
  {
    name: "attach",
    summary: "keep a document with an invoice: a contract, an order, a delivery note, a proof",
    examples: ["attach INV-1001 contract.pdf --kind contract"],
    load: async () => (await import("./attach.ts")).attachCommand,
  },
  {
    name: "evidence",
    summary: "pack everything on record for an invoice, checkable without Dunwell",
    examples: ["evidence INV-1001 --out INV-1001.zip"],
    load: async () => (await import("./evidence.ts")).evidenceCommand,
  },
  {
    name: "revoke-links",
    summary: "close links to a debtor's page",
    examples: ["revoke-links --customer ACME", "revoke-links --reminder rem_01k2b3c4d5e6f7g8h9jkmnp"],
    load: async () => (await import("./revoke-links.ts")).revokeLinksCommand,
  },
  {
    name: "ledger",
    summary: "check that the record of what happened was not tampered with",
    examples: ["ledger verify"],
    load: async () => (await import("./ledger.ts")).ledgerCommand,
  },
  {
    name: "route",
    summary: "say who reads the alerts of a colleague or a customer in Slack, and who stands in",
    examples: [
      "route rita@acme.example --deputy otto@acme.example --from 2026-07-01 --until 2026-07-14",
      "route --customer ACME --to C0123ABCD",
    ],
    load: async () => (await import("./route.ts")).routeCommand,
  },
  {
    name: "policy",
    summary: "print a policy, check one, or make it the one in force",
    examples: ["policy show > policy.json", "policy check policy.json", "policy apply policy.json"],
    load: async () => (await import("./policy.ts")).policyCommand,
  },
  {
    name: "preview",
    summary: "render the letters with sample facts: HTML, text and the raw message",
    examples: ["preview --stage overdue_30 --locale zh-CN --out letters"],
    load: async () => (await import("./preview.ts")).previewCommand,
  },
  {
    name: "read",
    summary: "how a mail from outside is understood; touches nothing",
    examples: ["read reply.eml", 'read --text "We pay next Friday" --sent-at 2026-11-19T10:00:00+01:00'],
    load: async () => (await import("./read.ts")).readCommand,
  },
  {
    name: "calendar",
    summary: "a country's days without reminders, and its make-up working days",
    examples: ["calendar --country CN --year 2026"],
    load: async () => (await import("./calendar.ts")).calendarCommand,
  },
  {
    name: "webhooks",
    summary: "tell systems of your own what happens: overdue, paid, promised, disputed",
    examples: [
      "webhooks add https://erp.example/hooks --event invoice.paid promise.broken",
      "webhooks log",
      "webhooks redeliver msg_01k2b3c4d5e6f7g8h9jkmnp",
    ],
    load: async () => (await import("./webhooks.ts")).webhooksCommand,
  },
  {
    name: "serve",
    summary: "HTTP server and clock: a tick every 15 minutes",
    examples: ["serve"],
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  {
    name: "migrate",
    summary: "bring the database up to date",
    examples: ["migrate --db libsql://dunwell.example"],
    load: async () => (await import("./migrate.ts")).migrateCommand,
  },
  {
    name: "erase",
    summary: "erase what is personal of a customer, for good",
    examples: ['erase --customer ACME --reason "asked for on 3 March"'],
    load: async () => (await import("./erase.ts")).eraseCommand,
  },
  {
    name: "keys",
    summary: "keys to the API: make one with a name and scopes, list them, revoke one",
    examples: [
      "keys create --name billing-system --scope read records",
      "keys list",
      "keys revoke billing-system",
    ],
    load: async () => (await import("./keys.ts")).keysCommand,
  },
  {
    name: "backup",
    summary: "copy the embedded database into a file, while the service runs",
    examples: ["backup dunwell-backup.db"],
    load: async () => (await import("./backup.ts")).backupCommand,
  },
  {
    name: "restore",
    summary: "put a backup in the place of the embedded database, and stop everything",
    examples: ["restore dunwell-backup.db --replace"],
    load: async () => (await import("./restore.ts")).restoreCommand,
  },
  {
    name: "doctor",
    summary: "check settings, database, mail, Slack and zones, and say how to mend them",
    examples: ["doctor"],
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
];
