import type { Settings } from "./config.ts";
import type { Db } from "./db/open.ts";
import type { Chat, Clock, Log, Mailer, MailReader, Poster, Writer } from "./ports.ts";

/** What a use case works with; made by `compose.ts` for the entries and by `test/support` for tests. */
export type Services = {
  settings: Settings;
  db: Db;
  mailer: Mailer;
  mailReader: MailReader;
  chat: Chat;
  poster: Poster;
  writer: Writer;
  clock: Clock;
  log: Log;
};
