import {
  type Client,
  createClient,
  type InStatement,
  LibsqlError,
  type ResultSet,
  type Transaction,
} from "@libsql/client";
import { AppError } from "../errors.ts";

const BUSY_TIMEOUT_MS = 5000;
const MOST_TRIES = 3;
/** What is said of a file that cannot be read as what it is. */
export const DAMAGED =
  "the database file is damaged or is no database: `dunwell restore BACKUP --replace` puts a backup in its place";
const FULL_DISK =
  "the disk is full: what was being written was not, what was committed before is kept; free some space and repeat";

export type Db = {
  client: Client;
  /** Statements in one transaction and one round trip. */
  batch(statements: InStatement[], mode?: "read" | "write"): Promise<ResultSet[]>;
  /**
   * A short interactive transaction; writers of this process queue, since two at once freeze the embedded engine. Where a remote
   * database gave it up, nothing of it was done and `work` runs anew: it reads all that it goes by within.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  close(): void;
};

/**
 * Opens a libSQL database: `file:` embedded, or `libsql:`, `https:`, `http:` remote. Throws AppError `unavailable` naming the file that
 * cannot be opened, `invalid` for an address with a password. A remote one is first asked by whoever uses it, and is `unavailable` then
 * if nobody answers.
 */
export async function openDatabase(options: {
  url: string;
  authToken?: string;
  busyTimeoutMs?: number;
}): Promise<Db> {
  const { url, authToken, busyTimeoutMs: timeout = BUSY_TIMEOUT_MS } = options;
  let client: Client;
  if (/\/\/[^/?#]*@/.test(url)) {
    const why = "the address of a database holds no user and password: DATABASE_AUTH_TOKEN says who asks";
    throw new AppError("invalid", why);
  }
  try {
    client = createClient({ url, authToken, timeout, fetch: askDatabase });
    if (url.startsWith("file:")) await client.execute("PRAGMA journal_mode = WAL");
  } catch (error) {
    throw new AppError("unavailable", `the database at ${withoutQuery(url)} ${describeOpening(error, url)}`, {
      cause: error,
    });
  }
  const queue = createQueue();
  return {
    client,
    batch: (statements, mode = "write") =>
      mode === "read"
        ? named(() => client.batch(statements, mode))
        : queue(() => named(() => reopening(client, () => client.batch(statements, mode)))),
    write: (work) =>
      queue(() => named(() => reopening(client, () => unlessExpired(() => inTransaction(client, work))))),
    close: () => client.close(),
  };
}

/** The address is not told: what is said here may be read by strangers. */
async function askDatabase(...asked: Parameters<typeof fetch>): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(...asked);
  } catch (error) {
    const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
    throw new AppError("unavailable", `the database does not answer (${code ?? message})`, { cause: error });
  }
  const { status } = answer;
  if (status === 401 || status === 403)
    throw new AppError("unavailable", `the database refuses DATABASE_AUTH_TOKEN (${status})`);
  if (status >= 500) throw new AppError("unavailable", `the database does not answer (${status})`);
  return answer;
}

/** A statement that found the file locked stays in progress in its connection, which commits nothing any more: the next is another one. */
async function reopening<T>(client: Client, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isBusy = error instanceof LibsqlError && error.code.startsWith("SQLITE_BUSY");
    if (isBusy && client.protocol === "file") client.reconnect();
    throw error;
  }
}

/** A remote database gives up a transaction that is idle for some seconds, or whose server is replaced. */
async function unlessExpired<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isExpired(error) || tries === MOST_TRIES) throw error;
    }
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof LibsqlError && error.code === "STREAM_EXPIRED";
}

async function inTransaction<T>(client: Client, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const tx = await client.transaction("write");
  try {
    const result = await work(tx);
    await tx.commit();
    return result;
  } catch (error) {
    // Closing would do it too, but later than a Worker lives that has answered: others would wait for a transaction that nobody ends.
    await tx.rollback().catch(() => undefined);
    throw error;
  } finally {
    tx.close();
  }
}

/** What this transaction deletes is overwritten, where the file is ours: otherwise it stays legible in it until its place is used again. */
export async function overwriteFreed({ client }: Db, tx: Transaction): Promise<void> {
  if (client.protocol === "file") await tx.execute("PRAGMA secure_delete = ON").catch(() => undefined);
}

/** Empties the log of what was written, where the file is ours and nobody reads from it; else it is emptied in the course of things. */
export async function truncateLog({ client }: Db): Promise<void> {
  if (client.protocol !== "file") return;
  await client.execute("PRAGMA wal_checkpoint(TRUNCATE)").catch(() => undefined);
}

/** Writes the file anew, without what was left over in it; a remote database does so by itself. Takes as long as copying it. */
export async function rewriteFile(db: Db): Promise<void> {
  await db.client.execute("VACUUM").catch(() => undefined);
  await truncateLog(db);
}

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toAppError(error);
  }
}

/** Translates what the engine says into the product's own errors, by code. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof LibsqlError)) return error;
  const code = error.extendedCode ?? error.code;
  if (code.startsWith("SQLITE_CONSTRAINT")) return new AppError("conflict", error.message, { cause: error });
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new AppError("unavailable", "the database is locked by another process; nothing was changed", {
      cause: error,
    });
  }
  if (isExpired(error))
    return new AppError("unavailable", "the database gave up a transaction; nothing was changed", {
      cause: error,
    });
  if (code.startsWith("SQLITE_FULL")) {
    return new AppError("unavailable", FULL_DISK, { cause: error });
  }
  if (isDamage(error)) return new AppError("unavailable", DAMAGED, { cause: error, retry: false });
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_PERM")) {
    return new AppError("unavailable", "the database file may not be written by this user", {
      cause: error,
      retry: false,
    });
  }
  if (code.startsWith("SQLITE_IOERR")) {
    return new AppError("unavailable", "the disk cannot be read or written; it may be full", {
      cause: error,
    });
  }
  return error;
}

/** Whether an error, or what it came from, is that a file is damaged or no database. */
export function isDamage(error: unknown): boolean {
  const engine = error instanceof AppError ? error.cause : error;
  if (!(engine instanceof LibsqlError)) return false;
  return /^SQLITE_(CORRUPT|NOTADB)/.test(engine.extendedCode ?? engine.code);
}

function describeOpening(error: unknown, url: string): string {
  const known = toAppError(error);
  if (known instanceof AppError) return `cannot be opened: ${known.message}`;
  if (!url.startsWith("file:")) return "is at no address that can be understood";
  return "cannot be opened: it has to be a file in a folder that exists, and this user's to write";
}

function withoutQuery(url: string): string {
  return url.split("?")[0]!;
}
