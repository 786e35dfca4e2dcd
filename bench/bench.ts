import { parseArgs } from "node:util";
import { printSection, type Section } from "./table.ts";

// Each is loaded only when it runs. Figures of one run compare with each other, not with those of another machine or day.
type Bench = (options: { isLarge: boolean }) => Promise<Section[]>;
const BENCHES: Record<string, () => Promise<Bench>> = {
  decide: async () => (await import("./decide.ts")).decideRates,
  stored: async () => (await import("./stored.ts")).stored,
  throughput: async () => (await import("./throughput.ts")).throughput,
  page: async () => (await import("./page.ts")).page,
  outage: async () => (await import("./outage.ts")).outage,
  recovery: async () => (await import("./recovery.ts")).recovery,
  guards: async () => (await import("./guards.ts")).guards,
  worker: async () => (await import("./worker.ts")).worker,
  "fan-out": async () => (await import("./fan-out.ts")).fanOut,
  "round-trips": async () => (await import("./round-trips.ts")).roundTrips,
  webhooks: async () => (await import("./webhooks.ts")).webhooks,
  slack: async () => (await import("./slack.ts")).slack,
  reading: async () => (await import("./reading.ts")).reading,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { large: { type: "boolean", default: false } },
});
const names = positionals.length ? positionals : Object.keys(BENCHES);
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length) {
  console.error(`there is no ${unknown.join(", ")}: choose among ${Object.keys(BENCHES).join(", ")}`);
  process.exit(2);
}
for (const name of names) {
  const bench = await BENCHES[name]!();
  for (const section of await bench({ isLarge: values.large })) printSection(section);
}
