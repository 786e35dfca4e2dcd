import { startClock } from "../../src/clock.ts";
import { compose } from "../../src/compose.ts";
import { startService } from "../../src/node.ts";

// `dunwell serve` with a clock that rings every few seconds; it says where it listens.
const services = await compose(process.env, { clock: () => Date.now(), logLevel: "warn" });
const service = await startService(services, { hasClock: false });
const clock = startClock(services, { schedule: process.env.SOAK_SCHEDULE });
console.log(service.url);
process.once("SIGTERM", async () => {
  await Promise.all([clock.stop(), service.stop()]);
  services.db.close();
});
