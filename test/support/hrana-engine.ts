import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";

const BUSY_TIMEOUT_MS = 5000;
const BUSY_STEP_MS = 2;

type Value =
  | { type: "null" }
  | { type: "integer"; value: string }
  | { type: "float"; value: number }
  | { type: "text"; value: string }
  | { type: "blob"; base64: string };
type Stmt = {
  sql?: string;
  sql_id?: number;
  args?: Value[];
  named_args?: { name: string; value: Value }[];
};
type Condition =
  | { type: "ok" | "error"; step: number }
  | { type: "not"; cond: Condition }
  | { type: "and" | "or"; conds: Condition[] }
  | { type: "is_autocommit" };
type Step = { condition?: Condition | null; stmt: Stmt };

export type Request =
  | { type: "execute"; stmt: Stmt }
  | { type: "batch"; batch: { steps: Step[] } }
  | { type: "sequence" | "describe"; sql?: string; sql_id?: number }
  | { type: "store_sql"; sql_id: number; sql: string }
  | { type: "close_sql"; sql_id: number }
  | { type: "close" | "get_autocommit" };

export class HranaError extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

type BatchResult = { step_results: unknown[]; step_errors: (unknown | null)[] };
export type Answer = { type: string; is_autocommit?: boolean; result?: object | BatchResult };

export type Engine = {
  answer(request: Request): Promise<Answer>;
  isInTransaction(): boolean;
  reset(): Engine;
  close(): void;
};

/**
 * One connection to the embedded engine that answers the requests of one Hrana stream. `isLocked` says whether another
 * stream is in a transaction: the engine is synchronous, so waiting inside it would keep that stream from ever ending it.
 */
export function openEngine(file: string, isLocked: (asker: object) => boolean) {
  const db = new Database(file, { timeout: 0 });
  db.defaultSafeIntegers(true);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON");
  const texts = new Map<number, string>();

  function sqlOf({ sql, sql_id }: { sql?: string; sql_id?: number }): string {
    const found = sql ?? (sql_id === undefined ? undefined : texts.get(sql_id));
    if (found === undefined) throw new HranaError("no SQL text with this id", "SQL_NOT_FOUND");
    return found;
  }

  function runOnce(stmt: Stmt) {
    const prepared = db.prepare(sqlOf(stmt));
    const before = totalChanges(db);
    if (!prepared.reader) {
      const done = prepared.run(...bindings(stmt));
      return result([], [], totalChanges(db) - before, done.lastInsertRowid);
    }
    const cols = prepared.columns().map((column) => ({ name: column.name, decltype: column.type }));
    const rows = prepared.raw().all(...bindings(stmt)) as unknown[][];
    return result(cols, rows, totalChanges(db) - before, null);
  }

  async function execute(stmt: Stmt) {
    if (!/^\s*select\b/i.test(sqlOf(stmt))) await waitForOthers();
    return translated(() => runOnce(stmt));
  }

  async function waitForOthers() {
    for (let waited = 0; !db.inTransaction && isLocked(engine); waited += BUSY_STEP_MS) {
      if (waited >= BUSY_TIMEOUT_MS) throw new HranaError("database is locked", "SQLITE_BUSY");
      await pause(BUSY_STEP_MS);
    }
  }

  async function sequence(sql: string) {
    await waitForOthers();
    translated(() => db.exec(sql));
  }

  async function batch(steps: Step[]) {
    const results: (unknown | null)[] = [];
    const errors: ({ message: string; code: string } | null)[] = [];
    const holds = (condition: Condition): boolean => {
      if (condition.type === "ok") return results[condition.step] != null;
      if (condition.type === "error") return errors[condition.step] != null;
      if (condition.type === "not") return !holds(condition.cond);
      if (condition.type === "and") return condition.conds.every(holds);
      if (condition.type === "or") return condition.conds.some(holds);
      return !db.inTransaction;
    };
    for (const [i, step] of steps.entries()) {
      results[i] = errors[i] = null;
      if (step.condition && !holds(step.condition)) continue;
      try {
        results[i] = await execute(step.stmt);
      } catch (error) {
        if (!(error instanceof HranaError)) throw error;
        errors[i] = { message: error.message, code: error.code };
      }
    }
    return { step_results: results, step_errors: errors };
  }

  async function answer(request: Request): Promise<Answer> {
    const { type } = request;
    if (type === "execute") return { type, result: await execute(request.stmt) };
    if (type === "batch") return { type, result: await batch(request.batch.steps) };
    if (type === "sequence") await sequence(sqlOf(request));
    if (type === "describe") return { type, result: translated(() => describe(db, sqlOf(request))) };
    if (type === "store_sql") texts.set(request.sql_id, request.sql);
    if (type === "close_sql") texts.delete(request.sql_id);
    if (type === "get_autocommit") return { type, is_autocommit: !db.inTransaction };
    return { type };
  }

  const engine: Engine = {
    answer,
    isInTransaction: () => db.inTransaction,
    /** A stream that ends leaves nothing behind for the next one. */
    reset(): Engine {
      if (db.inTransaction) db.exec("ROLLBACK");
      texts.clear();
      return engine;
    },
    close: () => db.close(),
  };
  return engine;
}

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (typeof code !== "string" || error instanceof HranaError) throw error;
    throw new HranaError(message, primary(code));
  }
}

/** The server answers with SQLite's primary code: SQLITE_CONSTRAINT, not SQLITE_CONSTRAINT_UNIQUE. */
function primary(code: string): string {
  return code.split("_").slice(0, 2).join("_");
}

function describe(db: Database.Database, sql: string) {
  const prepared = db.prepare(sql);
  const cols = prepared.reader ? prepared.columns().map(({ name, type }) => ({ name, decltype: type })) : [];
  return { params: [], cols, is_explain: /^\s*explain/i.test(sql), is_readonly: prepared.reader };
}

function totalChanges(db: Database.Database): number {
  return Number((db.prepare("SELECT total_changes()").raw().get() as [bigint])[0]);
}

function result(
  cols: unknown[],
  rows: unknown[][],
  changes: number,
  lastInsertRowid: number | bigint | null,
) {
  return {
    cols,
    rows: rows.map((row) => row.map(encode)),
    affected_row_count: changes,
    last_insert_rowid: lastInsertRowid === null ? null : String(lastInsertRowid),
  };
}

function bindings({ args = [], named_args = [] }: Stmt): unknown[] {
  if (named_args.length === 0) return args.map(decode);
  return [
    Object.fromEntries(named_args.map(({ name, value }) => [name.replace(/^[:@$]/, ""), decode(value)])),
  ];
}

function decode(value: Value): unknown {
  if (value.type === "null") return null;
  if (value.type === "integer") return BigInt(value.value);
  if (value.type === "blob") return Buffer.from(value.base64, "base64");
  return value.value;
}

function encode(value: unknown): Value {
  if (value === null || value === undefined) return { type: "null" };
  if (typeof value === "bigint") return { type: "integer", value: String(value) };
  if (typeof value === "number") return { type: "float", value };
  if (typeof value === "string") return { type: "text", value };
  return { type: "blob", base64: Buffer.from(value as Uint8Array).toString("base64") };
}
