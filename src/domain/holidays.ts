import type { CivilDay } from "./civil-date.ts";

export type Holidays = { covered: boolean; off: Map<CivilDay, string>; makeUp: Map<CivilDay, string> };

/** Placeholder until the generated table is in: no country is covered. */
export function holidaysOf(_country: string, _year: number): Holidays {
  return { covered: false, off: new Map(), makeUp: new Map() };
}

export function countries(): string[] {
  return [];
}
