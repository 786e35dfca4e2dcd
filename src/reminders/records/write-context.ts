import type { Instant } from "../../domain/zone.ts";

/** Who tells, and when; both go into the ledger. `source` is where a payment was learned. */
export type WriteContext = { author: string; at: Instant; source?: "import" | "api" | "webhook" };
