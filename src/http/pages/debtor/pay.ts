import { html } from "hono/html";
import { compactIban } from "../../../domain/iban.ts";
import type { Words } from "../../../email/words.ts";
import type { DebtorAccount } from "../../../reminders/links/debtor-account.ts";
import { type PaymentCode, paymentCodes } from "../../debtor/payment-codes.ts";
import { toTransfer } from "../../debtor/standing.ts";
import type { Page } from "../../debtor/way.ts";
import type { Html } from "../layout.ts";
import { qrImage } from "./qr.ts";

const REFERENCES_SPELT_OUT = 4;

/** How to pay: codes to scan, and bank details to copy or select. */
export function payPart({ account, words }: Page): Html {
  const { bank } = account.creditor;
  return html`<section class="card" id="pay" aria-labelledby="how"><h2 id="how">${words.say("pay.title")}</h2>
    ${bank ? html`<dl class="bank">${bankLines(account, words).map(([label, value]) => bankLine(label, value, words))}</dl>` : ""}
    <p id="copied" class="unseen" role="status"></p>
    ${paymentCodes(account).map((code) => codePart(code, words))}
    <p class="small quiet">${words.say("pay.unchanged")}</p></section>`;
}

function bankLines(account: DebtorAccount, words: Words): [label: string, value: string][] {
  const { bank } = account.creditor;
  const payable = account.invoices.filter((invoice) => toTransfer(account, invoice) > 0);
  const reference =
    payable.length <= REFERENCES_SPELT_OUT
      ? payable.map(({ number }) => number).join(", ")
      : words.say("pay.referenceMany");
  const lines: [string, string | null | undefined][] = [
    [words.say("pay.holder"), bank?.holder],
    [words.say("pay.iban"), bank?.iban && compactIban(bank.iban)],
    [words.say("pay.bic"), bank?.bic],
    [words.say("pay.account"), bank?.account],
    [words.say("pay.bankCode"), bank?.bankCode],
    [words.say("pay.bank"), bank?.name],
    [words.say("pay.reference"), reference],
  ];
  return lines.filter((line): line is [string, string] => Boolean(line[1]));
}

/** Long numbers in groups of four, as on paper; not by spaces, which some banks' forms refuse when they are pasted. */
function grouped(value: string): Html {
  if (!/^[A-Z0-9]{12,}$/.test(value)) return html`${value}`;
  return html`${value.match(/.{1,4}/g)!.map((group) => html`<span class="group">${group}</span>`)}`;
}

function bankLine(label: string, value: string, words: Words): Html {
  return html`<dt>${label}</dt><dd><span class="all">${grouped(value)}</span>
    <button class="copy" type="button" hidden data-copy="${value}" data-done="${words.say("page.copied")}"
      aria-label="${words.say("page.copy")}${words.say("colon")}${label}">${words.say("page.copy")}</button></dd>`;
}

function codePart({ kind, rows, currency, amountMinor }: PaymentCode, words: Words): Html {
  const amount = words.formats.money(amountMinor, currency);
  const isSwiss = kind === "swiss";
  const label = words.say("page.qr", { amount });
  return html`<figure>${qrImage(rows, { label, isSwiss })}<figcaption><strong>${label}</strong><br>
    <span class="small quiet">${words.say(isSwiss ? "page.qrSwiss" : "page.qrEpc")}</span></figcaption></figure>`;
}
