// zod without the words of 60 languages, which are 100 KiB, compressed. See [alias] in wrangler.toml.
import * as z from "./zod-names.ts";

export * from "./zod-names.ts";
export { z, z as default };
