import { describe, expect, it } from "vitest";
import { formatCivilDay, parseCivilDay } from "../../src/domain/civil-date.ts";
import { findDates } from "../../src/domain/reply/dates.ts";
import type { Language } from "../../src/domain/reply/language.ts";

// A Thursday.
const sense = { writtenOn: parseCivilDay("2026-11-19")!, isDayFirst: true };

const SAYINGS: Record<Language, Record<string, string>> = {
  en: {
    "2026-11-19": "today|this afternoon",
    "2026-11-20": "tomorrow|on friday|by friday|this week|by the end of the week",
    "2026-11-21": "the day after tomorrow|in two days",
    "2026-11-22": "within 3 days|over the weekend",
    "2026-11-23": "monday|within 2 business days|on the 23rd",
    "2026-11-27":
      "next friday|next week|friday next week|november 27|27 nov 2026|nov 27th, 2026|27/11/2026|11/27/2026|2026-11-27|week 48|friday the 27th|friday 27|on the last friday of the month",
    "2026-11-30": "end of month|eom|last working day of the month|at month end|by the end of november",
    "2026-12-03": "in two weeks|within 14 days",
    "2026-12-05": "the 5th|5th of next month|dec 5",
    "2026-12-15": "mid december|15 december",
    "2026-12-31": "end of next month|next month|end of the year",
    "2027-01-15": "january 15|15 jan",
    "2026-11-12": "12 november|nov 12",
  },
  de: {
    "2026-11-19": "heute|heute noch",
    "2026-11-20": "morgen|am freitag|diese woche|ende der woche",
    "2026-11-21": "übermorgen|in zwei tagen",
    "2026-11-27":
      "freitag, den 27.|am 27.11.|27.11.2026|27.11.26|27. november|nächste woche|freitag nächster woche|kw 48|in der 48. kw",
    "2026-11-30": "monatsende|ende november|ende des monats|ultimo",
    "2026-12-03": "in 14 tagen|in zwei wochen",
    "2026-12-05": "am 5.|05.12.|5. dezember",
    "2026-12-10": "anfang dezember|anfang nächsten monats",
    "2026-12-15": "mitte dezember",
    "2026-12-31": "nächsten monat|jahresende",
  },
  fr: {
    "2026-11-20": "demain|vendredi|cette semaine|fin de semaine|vendredi prochain",
    "2026-11-21": "après-demain|dans deux jours",
    "2026-11-27":
      "vendredi 27|dernier vendredi du mois|le 27 novembre|27/11/2026|vendredi 27 novembre|la semaine prochaine|vendredi de la semaine prochaine|semaine 48|sous huit jours",
    "2026-11-30": "fin de mois|fin novembre|avant la fin du mois",
    "2026-12-01": "le 1er décembre",
    "2026-12-05": "le 5|le 5 du mois prochain|le 05/12",
    "2026-12-15": "mi-décembre",
    "2026-12-31": "fin décembre|le mois prochain",
  },
  es: {
    "2026-11-20": "mañana|el viernes|esta semana|el próximo viernes",
    "2026-11-21": "pasado mañana",
    "2026-11-27":
      "el viernes 27|último viernes del mes|el 27 de noviembre|27/11/2026|viernes 27 de noviembre|la semana que viene|la próxima semana|el viernes de la semana que viene",
    "2026-11-30": "a fin de mes|a finales de mes|finales de noviembre",
    "2026-12-05": "el día 5|el 5 del mes que viene",
    "2026-12-15": "a mediados de diciembre",
    "2026-12-31": "el mes que viene|a final de año",
  },
  zh: {
    "2026-11-20": "明天|本周五|周五|这周内",
    "2026-11-21": "后天",
    "2026-11-22": "三天内|周末",
    "2026-11-23": "下周一|下星期一|23号",
    "2026-11-25": "25号|本月25日|二十五号",
    "2026-11-27": "本月最后一个周五|下周五|11月27日|2026年11月27日|2026-11-27|下周",
    "2026-11-30": "本月底|月底前|月底|这个月底|11月底",
    "2026-12-05": "下个月5号|下月5日|5号",
    "2026-12-10": "下月初|12月初",
    "2026-12-31": "下个月|年底|下月底",
  },
  ja: {
    "2026-11-20": "明日|金曜日|今週の金曜日|今週中",
    "2026-11-21": "明後日",
    "2026-11-22": "今週末|3日以内",
    "2026-11-25": "25日",
    "2026-11-27": "最終金曜日|来週の金曜日|来週金曜日|11月27日|11月27日(金)|2026年11月27日|来週中",
    "2026-11-30": "月末|今月末|11月末",
    "2026-12-05": "来月5日|5日",
    "2026-12-10": "来月上旬",
    "2026-12-31": "来月末|来月|年内",
  },
};

describe("a day is understood, on Thursday 19 November 2026, from", () => {
  for (const [language, days] of Object.entries(SAYINGS)) {
    for (const [on, sayings] of Object.entries(days)) {
      it.each(sayings.split("|"))(`${language} %s, as ${on}`, (saying) => {
        const found = findDates(saying, language as Language, sense);
        expect(found.map((date) => formatCivilDay(date.on))).toEqual([on]);
      });
    }
  }
});

it("12/1 is the month first where Americans write", () => {
  const [date] = findDates("12/01/2026", "en", { ...sense, isDayFirst: false });
  expect(formatCivilDay(date!.on)).toBe("2026-12-01");
});

it("takes no day that no calendar has", () => {
  expect(findDates("31.11.2026", "de", sense)).toEqual([]);
  expect(findDates("99/99/2026", "en", sense)).toEqual([]);
});
