import { formatCivilDay } from "../domain/civil-date.ts";
import { civilDayAt } from "../domain/zone.ts";
import type { Evidence } from "../reminders/operation/gather-evidence.ts";

/** A content that goes into the bundle, and where. */
export type Item = { id: string; sha256: string; path: string };

const LONGEST_PART = 60;

/** Messages by their day, then documents as they came; each path holds the id, and no sign that an unpacker could take amiss. */
export function itemsOf({ reminders, notices, replies, documents, zone }: Evidence): Item[] {
  const messages = [
    ...reminders.map(({ id, sha256, stage, leavesOn }) => ({ id, sha256, what: stage, day: leavesOn })),
    ...notices.map(({ id, sha256, kind, sentAt, createdAt }) => {
      return { id, sha256, what: kind, day: civilDayAt(sentAt ?? createdAt, zone) };
    }),
    ...replies.map(({ id, sha256, kind, receivedAt }) => {
      return { id, sha256, what: `reply-${kind}`, day: civilDayAt(receivedAt, zone) };
    }),
  ].map(({ day, what, id, sha256 }) => {
    return { id, sha256, path: `messages/${formatCivilDay(day)}-${plain(what)}-${id}.eml` };
  });
  const attached = documents.map(({ id, sha256, kind, name }) => {
    const [, stem = "", ending = ""] = /^(.*?)(\.[a-z0-9]+)?$/i.exec(name) ?? [];
    const path = ["documents/", [kind, plain(stem), id].filter(Boolean).join("-"), ending].join("");
    return { id, sha256, path };
  });
  return [...messages.sort((a, b) => (a.path < b.path ? -1 : 1)), ...attached].filter(isKept);
}

function isKept(item: { id: string; sha256: string | null; path: string }): item is Item {
  return item.sha256 !== null;
}

/** Latin letters, digits and underscores: what is lost of a name stands in the record. */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9_]+/gi, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, LONGEST_PART);
}
