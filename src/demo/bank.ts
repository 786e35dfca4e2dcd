import { findListedInvoice } from "../db/invoice-list.ts";
import { type CivilDay, formatCivilDay, parseCivilDay } from "../domain/civil-date.ts";
import { parseAmount } from "../domain/money.ts";
import { AppError } from "../errors.ts";
import { openImport, type SourceRow } from "../imports/open-import.ts";
import { recordFreshness } from "../reminders/money/record-freshness.ts";
import { createRowImporter } from "../reminders/records/import-rows.ts";
import type { Services } from "../services.ts";
import { formatAmount } from "./amounts.ts";
import type { Row } from "./beat.ts";
import { type Cast, samplePath } from "./sample.ts";
import { shortDay } from "./short-day.ts";

/** The bank's file of each working morning: what was paid on the days before it. */
export type Bank = { sendFile(services: Services, day: CivilDay): Promise<Row[]> };

/** For three days the bank sends nothing. */
const SILENT = { from: "2026-10-26", until: "2026-10-28" };

export async function openBank(cast: Cast): Promise<Bank> {
  const source = await openImport({ kind: "payments", path: samplePath("payments.csv") });
  let payments: SourceRow[] = [];
  for await (const rows of source.rows()) payments = payments.concat(rows);
  return {
    async sendFile(services, day) {
      const today = formatCivilDay(day);
      if (SILENT.from <= today && today <= SILENT.until) return today === SILENT.from ? [noFile(day)] : [];
      const file = payments.filter(({ row }) => row.paid_on! < today);
      payments = payments.filter((row) => !file.includes(row));
      const beats = await recordFile(services, file, cast, day);
      await recordFreshness(services, { through: services.clock() });
      return beats;
    },
  };
}

function noFile(day: CivilDay): Row {
  const item = { key: "no bank file", invoice: "", amount: "" };
  return {
    kind: "news",
    day,
    customer: "the bank",
    items: [item],
    notes: ["Its file does not come, and for three days nobody knows who has paid."],
  };
}

async function recordFile(services: Services, file: SourceRow[], cast: Cast, day: CivilDay): Promise<Row[]> {
  const importer = createRowImporter(services, {
    kind: "payments",
    options: { decimal: "point", dateFormats: {} },
    context: { author: "import", at: services.clock(), source: "import" },
    isDryRun: false,
  });
  const rows: Row[] = [];
  for (const outcome of await importer.put(file)) {
    if (!outcome.ok) throw new AppError("internal", `payments.csv, line ${outcome.line}: ${outcome.error}`);
    rows.push(await paymentRow(services, outcome.row, cast, day));
  }
  return rows;
}

async function paymentRow(
  services: Services,
  row: Record<string, string>,
  cast: Cast,
  day: CivilDay,
): Promise<Row> {
  const { invoice_number: number, customer_ref: ref, amount, currency, paid_on: paidOn } = row;
  const invoice = number ? await findListedInvoice(services.db, number) : undefined;
  const on = shortDay(parseCivilDay(paidOn!)!, "in a sentence");
  const code = currency ?? invoice!.currency;
  return {
    kind: "news",
    day,
    customer: invoice?.customerName ?? cast.get(ref!)!.name,
    items: [
      {
        key: row.kind === "credit_note" ? "credit note" : "payment",
        invoice: number ?? "",
        amount: formatAmount(parseAmount(amount!, code)!, code),
      },
    ],
    notes: [`Of ${on}: ${whatIsLeft(invoice)}.`],
  };
}

function whatIsLeft(invoice: { balanceMinor: number; currency: string } | undefined): string {
  if (!invoice) return "on account, for no invoice in particular";
  if (invoice.balanceMinor === 0) return "nothing is left to pay";
  return `${formatAmount(invoice.balanceMinor, invoice.currency)} is left`;
}
