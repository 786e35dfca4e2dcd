// What zod exports, but for the words of other languages and what makes schemas of JSON Schema.
import { toDotPath } from "../node_modules/zod/v4/core/errors.js";

export * from "../node_modules/zod/v4/classic/checks.js";
export * as coerce from "../node_modules/zod/v4/classic/coerce.js";
export * from "../node_modules/zod/v4/classic/compat.js";
export * from "../node_modules/zod/v4/classic/errors.js";
export * as iso from "../node_modules/zod/v4/classic/iso.js";
export * from "../node_modules/zod/v4/classic/parse.js";
export * from "../node_modules/zod/v4/classic/schemas.js";
export { config, globalRegistry, NEVER, registry, util } from "../node_modules/zod/v4/core/index.js";
/** Its core is loaded whole with the words: here is what is used of it. */
export const core = { toDotPath };
