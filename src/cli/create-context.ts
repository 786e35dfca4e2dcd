import { AppError } from "../errors.ts";
import type { Clock, LogLevel } from "../ports.ts";
import type { Services } from "../services.ts";
import type { CliContext, GroundContext, ServiceNeeds } from "./context.ts";
import type { Output } from "./output.ts";

export type GlobalOptions = { json?: boolean; db?: string; at?: number };

/** The context of one run. The options are read when they are asked for: commands are made before they are parsed. */
export function createContext(
  options: () => GlobalOptions,
  output: Output,
): GroundContext & { close(): Promise<void> } {
  let opened: Promise<Services> | undefined;
  const clock: Clock = () => options().at ?? Date.now();
  const context: GroundContext & { close(): Promise<void> } = {
    services(needs = {}) {
      opened ??= open(context, clock, needs);
      return opened;
    },
    get environment() {
      const { db } = options();
      return db === undefined ? process.env : { ...process.env, DATABASE_URL: db };
    },
    get json() {
      return options().json ?? false;
    },
    clock,
    out: output.out,
    note: output.note,
    isTerminal: Boolean(process.stderr.isTTY),
    fail(message) {
      throw new AppError("invalid", message);
    },
    async close() {
      const services = await opened?.catch(() => undefined);
      services?.db.close();
    },
  };
  return context;
}

async function open(given: GroundContext, clock: Clock, needs: ServiceNeeds): Promise<Services> {
  const logLevel: LogLevel = process.env.DEBUG ? "debug" : (needs.logLevel ?? "warn");
  const context = needs.triesOut ? await onSomeDatabase(given) : given;
  await requireDatabase(context, needs);
  const { compose } = await import("../compose.ts");
  const services = await compose(context.environment, { clock, logLevel });
  if (needs.migration !== "none") await bringUpToDate(context, services);
  if (services.chat.name === "slack" || needs.logLevel === "info") return services;
  const { plainText } = await import("../slack/plain-text.ts");
  return { ...services, chat: createNoteChat(context, plainText) };
}

/** The context itself, or one whose database is empty, made for this run and removed when the process ends. */
async function onSomeDatabase(context: GroundContext): Promise<GroundContext> {
  const [{ readSettings }, { createThrowAway, isDatabaseNew }] = await Promise.all([
    import("../config.ts"),
    import("./database-file.ts"),
  ]);
  const { DATABASE_URL: url } = readSettings(context.environment);
  if (!isDatabaseNew(url)) return context;
  context.note(`there is no database at ${url.split("?")[0]} yet: compared with an empty one`);
  const environment = { ...context.environment, DATABASE_URL: createThrowAway() };
  return { ...context, environment, isTerminal: false };
}

/** To work on a database takes one: an empty one made instead would hide a mistyped name, or that all was lost. */
async function requireDatabase(context: GroundContext, needs: ServiceNeeds): Promise<void> {
  const [{ readSettings }, { describeEmptied, isDatabaseEmptied, isDatabaseNew }] = await Promise.all([
    import("../config.ts"),
    import("./database-file.ts"),
  ]);
  const { DATABASE_URL: url } = readSettings(context.environment);
  if (!needs.takesEmptyFile && isDatabaseEmptied(url)) context.fail(describeEmptied(url));
  if (needs.createsDatabase || needs.triesOut || !isDatabaseNew(url)) return;
  context.fail(
    `there is no database at ${url.split("?")[0]} yet; \`dunwell creditor apply\` or \`dunwell import\` makes one`,
  );
}

/** The embedded database is kept up to date without asking; a shared one only by who means to. */
async function bringUpToDate(context: CliContext, services: Services): Promise<void> {
  const { migrate, pendingMigrations } = await import("../db/migrate.ts");
  const pending = await pendingMigrations(services.db);
  if (pending.length === 0) return;
  const { DATABASE_URL: url } = services.settings;
  if (!url.startsWith("file:")) {
    throw new AppError("invalid", "the database is not up to date: run `dunwell migrate` first");
  }
  await migrate(services.db, services.clock());
  if (context.isTerminal) context.note(`The database at ${url} is ready.`);
}

/** Without Slack, what people would be told there is told to whoever ran the command. */
function createNoteChat(context: CliContext, plainText: (escaped: string) => string): Services["chat"] {
  return {
    name: "log",
    async post({ toEmail, text }) {
      const line = plainText(text).replace(/\s*\n\s*/g, " / ");
      context.note(`Slack is not set up; for ${toEmail ?? "everybody"}: ${line}`);
      return { kind: "posted", channel: "log", ts: "" };
    },
  };
}
