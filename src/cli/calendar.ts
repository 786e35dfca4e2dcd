import { Command, InvalidArgumentError } from "commander";
import { isCountry } from "../domain/country.ts";
import { type CalendarDay, listCalendar } from "../reminders/forecast/list-calendar.ts";
import { wholeArgument } from "./arguments.ts";
import type { CliContext } from "./context.ts";

const FIRST_YEAR = 1970;
const LAST_YEAR = 9999;

export function calendarCommand(context: CliContext): Command {
  return new Command("calendar")
    .description(
      "the days that differ from a plain week: holidays without reminders, and make-up working days with them",
    )
    .requiredOption("--country <code>", "two letters (ISO 3166), like CN", countryArgument)
    .requiredOption("--year <year>", "the year", wholeArgument(FIRST_YEAR, LAST_YEAR))
    .action((options: { country: string; year: number }) => {
      const { isCovered, days } = listCalendar(options);
      const { country, year } = options;
      if (!isCovered) {
        context.note(`there is no holiday data for ${country} in ${year}, so no public holidays are assumed`);
      }
      for (const day of days) context.out(context.json ? JSON.stringify(day) : formatDay(day));
      if (isCovered && days.length === 0) context.note(`${country} keeps a plain week all through ${year}`);
    });
}

function countryArgument(text: string): string {
  const code = text.toUpperCase();
  if (isCountry(code)) return code;
  const hint = code === "UK" ? " The United Kingdom is GB." : "";
  throw new InvalidArgumentError(`It must be an ISO 3166 country, two letters like CN.${hint}`);
}

function formatDay({ date, name, sending }: CalendarDay): string {
  return `${date}  ${(sending ? "working day" : "no reminders").padEnd(12)}  ${name}`;
}
