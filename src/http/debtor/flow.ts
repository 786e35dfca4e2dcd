import type { Context } from "hono";
import { claimForm, findResult, keepResult, releaseForm } from "../../db/used-forms.ts";
import { inertLine } from "../../email/inert-text.ts";
import { AppError } from "../../errors.ts";
import { linkSecret, linkSecrets } from "../../reminders/links/link-secret.ts";
import type { Services } from "../../services.ts";
import { confirmPage, donePage, formPage, messagePage } from "../pages/debtor/steps.ts";
import { attachFiles, filesOf, refuseFiles } from "./files.ts";
import { entriesOf, type Filled, readFilled } from "./filled.ts";
import { checkForm, type FormScope, signForm } from "./form-token.ts";
import { mailAtOnce } from "./mail-at-once.ts";
import { isPersonsName } from "./persons-name.ts";
import type { AnyWay, Mistake, Page, Understood } from "./way.ts";

/** What is kept of a form that was taken: told again to whoever sends it again. */
type Result = { customerId: string; name: string; said: string };

/** Shows the form of a way; where there is nothing to choose, the page to confirm. Changes nothing. */
export async function showWay(c: Context, services: Services, page: Page, way: AnyWay): Promise<Response> {
  const asked = readFilled(new URL(c.req.url).searchParams, way.fields);
  if (!way.isOpen(page.account, asked)) return c.redirect(`/p/${page.token}`, 303);
  const filled = way.start(page, asked);
  if (!way.isComplete?.(page, filled)) return c.html(formPage(page, way, filled));
  return showConfirmation(c, services, { page, way, filled });
}

/** Takes what was filled in: shows what was understood, or records it where that was confirmed. */
export async function takeWay(c: Context, services: Services, page: Page, way: AnyWay): Promise<Response> {
  const sent = await sentForm(c);
  const filled = readFilled(sent, way.fields);
  const form = String(sent.get("form") ?? "");
  if (sent.has("confirm") && (await findOwnResult(services, page, form)) !== undefined)
    return toDone(c, page, form);
  if (!way.isOpen(page.account, filled)) return showFailure(c, page);
  if (sent.has("edit")) return c.html(formPage(page, way, filled));
  if (!sent.has("confirm")) return showConfirmation(c, services, { page, way, filled });
  const name = inertLine(String(sent.get("name") ?? "").normalize("NFC"));
  return confirm(c, services, { page, way, filled, name, form, files: way.files ? filesOf(sent) : [] });
}

/** What is no form is an empty one. */
async function sentForm(c: Context): Promise<FormData> {
  return c.req.formData().catch(() => new FormData());
}

/** What came of a form that was taken. */
export async function showDone(c: Context, services: Services, page: Page): Promise<Response | undefined> {
  const result = await findOwnResult(services, page, c.req.query("form") ?? "");
  if (result === undefined) return undefined;
  const { words } = page;
  if (result) return c.html(donePage(page, result));
  return c.html(messagePage(page, words.say("page.check"), [words.say("page.doneUnclear")]));
}

/** What came of a form that this customer sent; null while nobody knows, undefined where none was. */
async function findOwnResult(services: Services, { account }: Page, form: string) {
  const result = await findResult<Result>(services.db, form);
  return result && result.customerId !== account.customerId ? undefined : result;
}

type Step = { page: Page; way: AnyWay; filled: Filled };
type Confirmation = Step & { name: string; form: string; files: File[] };

async function confirm(c: Context, services: Services, step: Confirmation): Promise<Response> {
  const { page, way, filled, name, form, files } = step;
  const { words, account } = page;
  const again = (mistakes: Mistake[]) => showConfirmation(c, services, step, { name, mistakes });
  const { draft, mistakes } = way.read(filled, page);
  if (mistakes) return c.html(formPage(page, way, filled, mistakes), 422);
  const scope = scopeOf(step, way.understood(draft, page));
  const standing = checkForm(await linkSecrets(services), form, { scope, at: services.clock() });
  if (standing !== "good") return again([{ field: "name", text: words.say("page.mistake.again") }]);
  if (!isPersonsName(name, account.debtorNames)) {
    return again([{ field: "name", text: words.say("page.mistake.name") }]);
  }
  const refused = await refuseFiles(files, way, words);
  if (refused.length > 0) return again(refused);
  if (!(await claimForm(services.db, form, services.clock()))) return toDone(c, page, form);
  let said: string;
  try {
    const unkept = await attachFiles(services, { files, way, draft, page });
    if (unkept.length > 0) {
      await releaseForm(services.db, form);
      return again(unkept);
    }
    said = await way.perform(services, draft, { name, page });
  } catch (error) {
    // Of any other error nobody knows whether it came before or after the record was written: the form stays taken.
    if (!(error instanceof AppError)) throw error;
    await releaseForm(services.db, form);
    if (error.retry || error.code === "internal") throw error;
    return showFailure(c, page);
  }
  const result: Result = { customerId: account.customerId, name, said };
  await keepResult(services.db, form, result);
  await mailAtOnce(services, account.customerId);
  return toDone(c, page, form);
}

/** The page to confirm, with a token good for what it shows; or the form again where something is missing. */
async function showConfirmation(
  c: Context,
  services: Services,
  step: Step,
  { name, mistakes }: { name: string; mistakes: Mistake[] } = { name: "", mistakes: [] },
): Promise<Response> {
  const { page, way, filled } = step;
  const reading = way.read(filled, page);
  if (reading.mistakes) return c.html(formPage(page, way, filled, reading.mistakes), 422);
  const understood = way.understood(reading.draft, page);
  const form = signForm(await linkSecret(services), scopeOf(step, understood), services.clock());
  const status = mistakes.length > 0 ? 422 : 200;
  return c.html(confirmPage(page, way, { filled, understood, form, name, mistakes }), status);
}

function scopeOf({ page, way, filled }: Step, understood: Understood): FormScope {
  return { link: page.token, way: way.name, filled: entriesOf(filled), understood };
}

/** Something changed meanwhile: what was understood cannot be recorded any more. */
function showFailure(c: Context, page: Page): Response | Promise<Response> {
  const { words } = page;
  return c.html(messagePage(page, words.say("page.failedTitle"), [words.say("page.failed")]), 409);
}

function toDone(c: Context, { token }: Page, form: string): Response {
  return c.redirect(`/p/${token}/done?form=${encodeURIComponent(form)}`, 303);
}
