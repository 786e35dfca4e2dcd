import type { Context } from "hono";
import { type Words, wordsFor } from "../email/words.ts";

/** Without a customer only the browser says which language is read. */
export function browserWords(c: Context): Words {
  const [preferred = "en"] =
    /^[a-z]{2,3}(-[a-z0-9]{2,8})*/i.exec(c.req.header("Accept-Language") ?? "") ?? [];
  return wordsFor(preferred);
}
