import { SwissQRCode } from "swissqrbill/svg";
import { encode } from "uqr";
import { epcPayload } from "../../domain/epc-qr.ts";
import { compactIban, hasValidCheckDigits } from "../../domain/iban.ts";
import { readSwissAddress } from "../../domain/swiss-address.ts";
import type { DebtorAccount } from "../../reminders/links/debtor-account.ts";
import { sumsOf, toTransfer } from "./standing.ts";

/** A code to scan: its modules, row by row, and what it pays. */
export type PaymentCode = { kind: "epc" | "swiss"; currency: string; amountMinor: number; rows: boolean[][] };

/** A code for each currency in which there is something to transfer and for which bank data allow one. */
export function paymentCodes(account: DebtorAccount): PaymentCode[] {
  const payable = account.invoices.map((invoice) => ({ ...invoice, payMinor: toTransfer(account, invoice) }));
  return sumsOf(payable, ({ payMinor }) => payMinor).flatMap(({ currency, amountMinor }) => {
    const numbers = payable.filter((one) => one.currency === currency && one.payMinor > 0);
    const text = numbers.map(({ number }) => number).join(", ");
    const total = { currency, amountMinor, text };
    const code = epcCode(account, total) ?? swissCode(account, total);
    return code ? [{ ...code, currency, amountMinor }] : [];
  });
}

type Total = { currency: string; amountMinor: number; text: string };

function epcCode({ creditor: { bank } }: DebtorAccount, total: Total) {
  const payload = bank?.iban ? epcPayload({ ...bank, iban: bank.iban, ...total }) : null;
  if (payload === null) return null;
  return { kind: "epc" as const, rows: encode(payload, { ecc: "M", boostEcc: false, border: 0 }).data };
}

const MOST_CHF_MINOR = 99_999_999_999;

/** Not for a QR-IBAN, which asks for a reference that nobody has here (its bank's number is from 30000 to 31999). */
function swissCode({ creditor }: DebtorAccount, { currency, amountMinor, text }: Total) {
  const { bank, country } = creditor;
  const account = compactIban(bank?.iban ?? "");
  const address = readSwissAddress(creditor.address);
  const isSwiss = /^(CH|LI)\d{2}(?!3[01])/.test(account) && hasValidCheckDigits(account);
  if (currency !== "CHF" || !isSwiss || !address || amountMinor < 1 || amountMinor > MOST_CHF_MINOR)
    return null;
  const { street, zip, city } = address;
  const image = new SwissQRCode({
    currency: "CHF",
    amount: amountMinor / 100,
    message: [...text].slice(0, 140).join(""),
    creditor: { account, name: [...bank!.holder].slice(0, 70).join(""), address: street, zip, city, country },
  });
  return { kind: "swiss" as const, rows: modulesOf(image.toString()) };
}

/** The library draws every module as a rectangle of its own, 200 KB a code: read back, they are drawn in one line each row. */
function modulesOf(svg: string): boolean[][] {
  const squares = [...svg.matchAll(/<rect x="([\d.]+)mm" y="([\d.]+)mm" width="([\d.]+)mm"/g)].map(
    ([, x, y, width]) => ({ x: Number(x), y: Number(y), width: Number(width) }),
  );
  const side = squares[0]!.width;
  const modules = squares.filter(({ width }) => width === side);
  const size = Math.round(Math.max(...modules.map(({ x }) => x)) / side) + 1;
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const { x, y } of modules) rows[Math.round(y / side)]![Math.round(x / side)] = true;
  return rows;
}
