import type { Services } from "../services.ts";

/** Notes and judges what was promised and agreed, as far as it is due. */
export async function tendPromises(_services: Services): Promise<void> {}
