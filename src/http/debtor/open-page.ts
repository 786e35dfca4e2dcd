import type { Context, MiddlewareHandler } from "hono";
import { inertLine } from "../../email/inert-text.ts";
import { wordsFor } from "../../email/words.ts";
import { openLink } from "../../reminders/links/debtor-account.ts";
import { renewLink } from "../../reminders/links/renew-link.ts";
import type { Services } from "../../services.ts";
import { browserWords } from "../browser-words.ts";
import { addressOf, type GuessLimit } from "../guess-limit.ts";
import { LARGEST_FORM_BYTES, limitBody } from "../limit-body.ts";
import { gonePage, renewedPage } from "../pages/debtor/gone.ts";
import type { Runtime } from "../runtime.ts";
import { mailAtOnce } from "./mail-at-once.ts";
import { isPersonsName } from "./persons-name.ts";
import type { Page } from "./way.ts";

/** A Worker has 128 MB, and 2,000 rows take 100 of them: https://developers.cloudflare.com/workers/platform/limits/#memory */
const MOST_PDF_ROWS = 1_500;

export type PageEnv = { Variables: { page: Page } };

/**
 * Opens the page of a genuine link that is in force. Any other gets the same page, whatever is the matter with it; there one can ask
 * for a new link, which goes to the contacts on record where the link was once good. Only what we never signed counts as a guess:
 * nobody is kept from asking by what others at the same address tried.
 */
export function openPage(
  services: Services,
  { runtime, guesses }: { runtime: Runtime; guesses: GuessLimit },
): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    const token = c.req.param("token")!;
    const opened = await openLink(services, token);
    if (opened.state === "open") {
      const { link, account } = opened;
      const words = wordsFor(account.locale);
      const hasPdf = runtime.readAsset !== undefined && account.invoices.length <= MOST_PDF_ROWS;
      c.set("page", { token, link, account, words, hasPdf });
      return next();
    }
    const words = browserWords(c);
    if (opened.state === "wrong" && (await guesses(addressOf(c, runtime), services.clock()))) {
      c.header("Retry-After", "600");
      return c.html(gonePage(words), 429);
    }
    const sent = await formIn(c);
    if (sent.get("ask") !== "link") return c.html(gonePage(words), 404);
    const name = inertLine(String(sent.get("name") ?? "").normalize("NFC"));
    if (!isPersonsName(name, [])) return c.html(gonePage(words, { isNameMissing: true }), 422);
    if (opened.state === "over") {
      await renewLink(services, { link: opened.link, name });
      await mailAtOnce(services, opened.link.customerId);
    }
    return c.html(renewedPage(words));
  };
}

const limitForm = limitBody(LARGEST_FORM_BYTES);

/** What was sent as a form, nothing where it is none. */
async function formIn(c: Context): Promise<FormData> {
  if (c.req.method !== "POST") return new FormData();
  await limitForm(c, async () => undefined);
  return c.req.formData().catch(() => new FormData());
}
