import { compose } from "../src/compose.ts";
import { drainQueues } from "../test/support/queue-stand-in.ts";
import { AT } from "./filled-store.ts";

// A process of its own, with the memory that Cloudflare allows a Worker: more of it ends it.

const [deliveries] = process.argv.slice(2).map(Number);
const drained = await drainQueues(() => compose(process.env, { clock: () => AT, logLevel: "error" }), {
  deliveries,
});
process.send!(drained);
process.disconnect();
