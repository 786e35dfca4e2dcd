import type { Transaction } from "@libsql/client";
import { type Changes, changeStatements, createChanges } from "../db/changes.ts";
import type { LedgerHead, LedgerKind } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";
import type { WriteContext } from "./records/write-context.ts";

/** One transaction in the making: who tells, when, and what it comes to so far. */
export type Recording = {
  at: Instant;
  author: string;
  changes: Changes;
  /** Customers that came with this transaction: nothing was decided about them yet. */
  created: Set<string>;
};

export function startRecording({ at, author }: WriteContext): Recording {
  return { at, author, changes: createChanges(), created: new Set() };
}

export function enter(
  recording: Recording,
  invoiceId: string,
  kind: LedgerKind,
  data: Record<string, unknown>,
): void {
  const { at, author } = recording;
  recording.changes.ledger.push({ invoiceId, entry: { at, kind, author, data } });
}

export function touch(recording: Recording, customerId: string): void {
  if (!recording.created.has(customerId)) recording.changes.touched.add(customerId);
}

export async function writeRecording(
  tx: Transaction,
  recording: Recording,
  heads: Map<string, LedgerHead>,
): Promise<void> {
  const statements = changeStatements(recording.changes, heads, recording.at);
  if (statements.length) await tx.batch(statements);
}
