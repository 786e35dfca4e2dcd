import type { CivilDay } from "../domain/civil-date.ts";

/** Something that the story tells: what left, what did not, what came in, and what people at the creditor read. */
export type Beat = Row | Told;

export type Row = {
  kind: "sent" | "waits" | "news";
  /** The customer's civil day. */
  day: CivilDay;
  customer: string;
  /** `key` is the invoice's stage where something left, the reason where nothing did, else what came in. */
  items: { key: string; invoice: string; amount: string }[];
  notes: string[];
};

export type Told = { kind: "told"; day: CivilDay; to: string; text: string };
