import { once } from "node:events";
import { compose } from "../../src/compose.ts";
import { tick } from "../../src/reminders/sending/tick.ts";

// A process of its own that ticks once, when it is told to, with the settings of its environment.
const services = await compose(process.env, {
  clock: () => Date.parse("2026-03-09T10:00:00Z"),
  logLevel: "error",
});
process.stdout.write("ready\n");
await once(process.stdin, "data");
const { sent } = await tick(services);
process.stdout.write(`${sent}\n`);
services.db.close();
process.exit();
