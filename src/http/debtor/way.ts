import type { DocumentKind } from "../../domain/document.ts";
import type { Words } from "../../email/words.ts";
import type { DebtorAccount } from "../../reminders/links/debtor-account.ts";
import type { Link } from "../../reminders/links/link.ts";
import type { Services } from "../../services.ts";
import type { Html } from "../pages/layout.ts";
import type { Filled } from "./filled.ts";

/** An open link and what a page behind it is made from. */
export type Page = {
  token: string;
  link: Link;
  account: DebtorAccount;
  words: Words;
  /** Whether the statement can be had as a PDF. */
  hasPdf: boolean;
};

/** What is missing or wrong in a field, in the reader's words. */
export type Mistake = { field: string; text: string };

export type Reading<D> = { draft: D; mistakes?: undefined } | { mistakes: Mistake[]; draft?: undefined };

/** What was understood, in words: sentences, a table of dates and amounts, and what follows from confirming it. */
export type Understood = { said: string[]; rows?: [string, string][]; notes: string[] };

const WAY_NAMES = [
  "promise",
  "paid",
  "resend",
  "dispute",
  "plan",
  "contact",
  "change",
  "withdrawal",
] as const;
export type WayName = (typeof WAY_NAMES)[number];

/**
 * One way to answer. Nothing is recorded before somebody has seen what was understood and confirmed it with their name; what is read
 * is read again then, from the account as it is at that moment.
 */
export type Way<D> = {
  name: WayName;
  /** The names of its fields: whatever else is sent is ignored. */
  fields: RegExp;
  /** Which documents may come with it: none where absent. */
  files?: { kind: DocumentKind; label: "page.files" | "page.paid.proof"; takes: RegExp };
  /** Whether there is anything to say in this way; `filled` names the promise that a change is about. */
  isOpen(account: DebtorAccount, filled: Filled): boolean;
  /** What the form shows at first; `asked` is what the address asks for. */
  start(page: Page, asked: Filled): Filled;
  /** Whether the person has nothing to choose: the page to confirm then comes first. */
  isComplete?(page: Page, filled: Filled): boolean;
  read(filled: Filled, page: Page): Reading<D>;
  form(filled: Filled, page: Page, mistakes: Mistake[]): Html;
  understood(draft: D, page: Page): Understood;
  /** The invoice that files are kept with. */
  fileInvoice?(draft: D): string;
  /** Records it and answers what came of it, in a sentence. Throws what the use case throws. */
  perform(services: Services, draft: D, by: { name: string; page: Page }): Promise<string>;
};

/** A way as the flow sees it, whatever it reads. */
// biome-ignore lint/suspicious/noExplicitAny: each way alone knows its draft
export type AnyWay = Way<any>;
