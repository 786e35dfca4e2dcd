import { AppError } from "../errors.ts";
import type { BoundPreset, RawRow } from "./bind-preset.ts";
import type { CsvRecord } from "./csv.ts";
import { currencyShown, type DateOrder, type Decimal, decimalShown, readLocalDate } from "./local-text.ts";
import type { Settled } from "./preset-row.ts";
import { createSeen } from "./seen.ts";
import { lineKey } from "./sum-lines.ts";

export type Told = { dateOrder?: DateOrder; decimal?: Decimal; currency?: string };

export type Survey = {
  note(record: CsvRecord): void;
  /** How the file is written, and how that was found out. Throws AppError `invalid` where it does not show. */
  settle(): { settled: Settled; notes: string[]; isScattered(key: string): boolean };
};

const ORDERS = ["dmy", "mdy"] as const;
const SPOKEN = { dmy: "day first", mdy: "month first" };
const [LAST_GROUP, IS_SCATTERED] = [0, 1];

/** Looks through a whole file for how its dates and amounts are meant, in memory that does not grow with its rows. */
export function createSurvey(bound: BoundPreset, told: Told): Survey {
  const dates = surveyDates();
  const amounts = surveyAmounts();
  const groups = surveyGroups();
  let withoutCurrency = false;
  const { preset } = bound;
  return {
    note({ cells }) {
      const raw = bound.read(cells, "point");
      if (raw === "blank" || raw === "other") return;
      dates.note(raw);
      for (const text of bound.amountTexts(cells)) amounts.note(text);
      if (preset.lines) groups.note(lineKey(raw.texts));
      withoutCurrency ||= !raw.texts.currency && !currencyShown(raw.texts.amount ?? "");
    },
    settle() {
      const needsCurrency =
        preset.kind === "invoices" && !preset.values?.currency && !bound.fields.has("currency");
      if (needsCurrency && withoutCurrency && !told.currency) {
        throw new AppError(
          "invalid",
          `no column names the currency of the ${preset.kind}; say it with --currency, like --currency EUR`,
        );
      }
      const order = told.dateOrder ?? preset.order ?? dates.settle();
      const decimal = told.decimal ?? amounts.settle(preset.decimal ?? "point");
      const isNews = !told.dateOrder && dates.isAmbiguous();
      return {
        settled: { order, decimal, currency: told.currency },
        notes: isNews ? [`dates like ${dates.example()} are read ${SPOKEN[order]}`] : [],
        isScattered: groups.isScattered,
      };
    },
  };
}

/** A form is out when a row goes wrong under it that is right under the other: a day no calendar has, or due before it was issued. */
function surveyDates() {
  const against = { dmy: "", mdy: "" };
  let differing = "";
  return {
    isAmbiguous: () => differing !== "",
    example: () => JSON.stringify(differing),
    note({ texts }: RawRow) {
      const told = ["issued_on", "due_on", "paid_on"].flatMap((column) => texts[column] || []);
      const isRight = (order: DateOrder) =>
        told.every((text) => readLocalDate(text, order) !== null) && !isDueFirst(texts, order);
      const different = told.find((text) => readLocalDate(text, "dmy") !== readLocalDate(text, "mdy"));
      if (different === undefined) return;
      differing ||= different;
      const [asDmy, asMdy] = [isRight("dmy"), isRight("mdy")];
      if (asDmy && !asMdy) against.mdy ||= different;
      if (asMdy && !asDmy) against.dmy ||= different;
    },
    settle(): DateOrder {
      if (differing === "") return "dmy";
      const left = ORDERS.filter((order) => against[order] === "");
      if (left.length === 1) return left[0]!;
      const way = "say which with --date-order dmy or --date-order mdy";
      if (left.length === 0) {
        throw new AppError(
          "invalid",
          `dates are written in both orders: ${against.mdy} has the day first, ${against.dmy} the month; ${way}`,
        );
      }
      const [first, second] = ORDERS.map((order) => readLocalDate(differing, order));
      throw new AppError(
        "invalid",
        `the date ${differing} may be ${first} or ${second}, and no row tells; ${way}`,
      );
    },
  };
}

function isDueFirst({ issued_on, due_on }: Record<string, string>, order: DateOrder): boolean {
  const [issued, due] = [issued_on, due_on].map((text) => (text ? readLocalDate(text, order) : null));
  return Boolean(issued && due && due < issued);
}

function surveyAmounts() {
  const shown: Record<Decimal, string> = { point: "", comma: "" };
  const either = { ".": "", ",": "" };
  return {
    note(text: string) {
      const decimal = decimalShown(text);
      if (decimal === "either") either[text.includes(".") ? "." : ","] ||= text;
      else if (decimal) shown[decimal] ||= text;
    },
    settle(usual: Decimal): Decimal {
      const way = "say which with --decimal point or --decimal comma";
      if (shown.point && shown.comma) {
        throw new AppError("invalid", `amounts are written both ${shown.point} and ${shown.comma}; ${way}`);
      }
      if (shown.point || shown.comma) return shown.point ? "point" : "comma";
      const doubtful = either[usual === "point" ? "." : ","];
      if (doubtful)
        throw new AppError(
          "invalid",
          `the amount ${doubtful} may be of thousands or with three decimals; ${way}`,
        );
      return usual;
    },
  };
}

/** Notes which groups of lines begin a second time. */
function surveyGroups() {
  const seen = createSeen(2);
  let [last, count] = ["", 0];
  return {
    note(key: string) {
      if (key !== last) count++;
      last = key;
      const slot = seen.slotOf(key);
      const before = seen.get(slot, LAST_GROUP);
      if (before !== 0 && before !== count) seen.set(slot, IS_SCATTERED, 1);
      seen.set(slot, LAST_GROUP, count);
    },
    isScattered: (key: string) => seen.has(key) && seen.get(seen.slotOf(key), IS_SCATTERED) === 1,
  };
}
