import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { readSettings } from "../../src/config.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Db, openDatabase } from "../../src/db/open.ts";
import { createMailReader } from "../../src/email/mail-reader.ts";
import { createPoster } from "../../src/http/poster.ts";
import type { Services } from "../../src/services.ts";
import { createFakeChat, type FakeChat } from "./fake-chat.ts";
import { createFakeMailer, type FakeMailer } from "./fake-mailer.ts";
import { createFakeWriter } from "./fake-writer.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { createTestLog, type TestLog } from "./test-log.ts";

export type TestServices = Omit<Services, "mailer" | "chat" | "clock" | "log"> & {
  mailer: FakeMailer;
  chat: FakeChat;
  clock: TestClock;
  log: TestLog;
};

const START = "2026-03-02T10:00:00Z";

let folder: Promise<string> | undefined;
let template: Promise<string> | undefined;
let count = 0;
const opened: Db[] = [];

afterAll(async () => {
  for (const db of opened) db.close();
  if (folder) await rm(await folder, { recursive: true, force: true });
});

/** A fresh, migrated database in a file of its own; closed and removed after the test file. */
export async function openTestDatabase(): Promise<Db> {
  return openAgain(await testDatabaseUrl());
}

/** The address of a fresh, migrated database, for tests that open it themselves. */
export async function testDatabaseUrl(): Promise<string> {
  template ??= makeTemplate();
  const path = join(await testFolder(), `test-${++count}.db`);
  await copyFile(await template, path);
  return `file:${path}`;
}

/** A second connection to a test database, as another process has it. */
export async function openAgain(url: string): Promise<Db> {
  const db = await openDatabase({ url });
  opened.push(db);
  return db;
}

/** Everything a use case works with, on an own database, with fakes that remember. The clock stands at a Monday, 10:00 UTC. */
export async function makeServices(overrides: Partial<TestServices> = {}): Promise<TestServices> {
  return {
    settings: readSettings({
      MAIL_FROM: "Acme Accounts <ar@acme.example>",
      PUBLIC_URL: "https://dunwell.example",
    }),
    db: overrides.db ?? (await openTestDatabase()),
    mailer: createFakeMailer(),
    mailReader: createMailReader(),
    chat: createFakeChat(),
    poster: createPoster({ privateHosts: ["127.0.0.1"] }),
    writer: createFakeWriter(),
    clock: createTestClock(START),
    log: createTestLog(),
    ...overrides,
  };
}

function testFolder(): Promise<string> {
  // Memory where there is some: a test walks through years, and waits for the disk at every commit otherwise.
  folder ??= mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "dunwell-test-"));
  return folder;
}

async function makeTemplate(): Promise<string> {
  const path = join(await testFolder(), "template.db");
  const db = await openDatabase({ url: `file:${path}` });
  await migrate(db, Date.parse(START));
  await db.client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  return path;
}
