import { type Context, Hono, type MiddlewareHandler } from "hono";
import { formatCivilDay } from "../domain/civil-date.ts";
import { LARGEST_DOCUMENT_BYTES } from "../domain/document.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { browserWords } from "./browser-words.ts";
import { showDone, showWay, takeWay } from "./debtor/flow.ts";
import { openPage, type PageEnv } from "./debtor/open-page.ts";
import { isFromOwnSite } from "./debtor/own-site.ts";
import { statementCsv } from "./debtor/statement-csv.ts";
import { WAYS } from "./debtor/ways.ts";
import type { GuessLimit } from "./guess-limit.ts";
import { LARGEST_FORM_BYTES, limitBody } from "./limit-body.ts";
import { noStore, pagePolicy } from "./page-headers.ts";
import { accountPage } from "./pages/debtor/account.ts";
import { COPY_SCRIPT } from "./pages/debtor/copy-script.ts";
import { noPdfPage, troublePage } from "./pages/debtor/gone.ts";
import { ProblemError } from "./problem.ts";
import type { Runtime } from "./runtime.ts";

const ACCOUNT_POLICY = pagePolicy({ script: COPY_SCRIPT });

/** The pages behind the links in our mails. Opening one changes nothing, whoever does; a wrong link tells nothing. */
export function debtorRoutes(
  services: Services,
  options: { runtime: Runtime; guesses: GuessLimit },
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  routes.onError(handleTrouble(services));
  routes.use("/:token/*", noStore, noIndex, requireOwnSite(services));
  routes.use("/:token/*", openPage(services, options));

  routes.get("/:token", (c) => {
    c.header("Content-Security-Policy", ACCOUNT_POLICY);
    return c.html(accountPage(c.get("page")));
  });
  routes.get("/:token/statement.csv", (c) =>
    download(c, { name: "csv", type: "text/csv; charset=utf-8", content: statementCsv(c.get("page")) }),
  );
  const { readAsset } = options.runtime;
  routes.get("/:token/statement.pdf", async (c) => {
    const page = c.get("page");
    if (!readAsset || !page.hasPdf) return c.html(noPdfPage(page), 404);
    const { statementPdf } = await import("./debtor/statement-pdf.ts");
    return download(c, {
      name: "pdf",
      type: "application/pdf",
      content: await statementPdf(page, readAsset),
    });
  });
  for (const way of WAYS) {
    const limit = limitBody(LARGEST_FORM_BYTES + (way.files ? LARGEST_DOCUMENT_BYTES : 0));
    routes.get(`/:token/${way.name}`, (c) => showWay(c, services, c.get("page"), way));
    routes.post(`/:token/${way.name}`, limit, (c) => takeWay(c, services, c.get("page"), way));
  }
  routes.get("/:token/done", async (c) => (await showDone(c, services, c.get("page"))) ?? toAccount(c));
  routes.all("/:token/*", toAccount);
  return routes;
}

function download(
  c: Context<PageEnv>,
  { name, type, content }: { name: string; type: string; content: string | Uint8Array },
): Response {
  const on = formatCivilDay(c.get("page").account.on);
  c.header("Content-Type", type);
  c.header("Content-Disposition", `attachment; filename="statement-${on}.${name}"`);
  return c.body(content as string | Uint8Array<ArrayBuffer>);
}

/** What is not there leads to where everything is. */
function toAccount(c: Context<PageEnv>): Response {
  return c.redirect(`/p/${c.get("page").token}`, 303);
}

const noIndex: MiddlewareHandler = async (c, next) => {
  await next();
  c.header("X-Robots-Tag", "noindex, nofollow");
};

function requireOwnSite({ settings }: Services): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== "POST" || isFromOwnSite(c, settings.PUBLIC_URL)) return next();
    return c.html(troublePage(wordsOf(c), "elsewhere"), 403);
  };
}

/** People get a page, whatever went wrong; what it was is logged. */
function handleTrouble(services: Services) {
  return (error: Error, c: Context<PageEnv>): Response | Promise<Response> => {
    if (error instanceof ProblemError && error.status === 413)
      return c.html(troublePage(wordsOf(c), "tooLarge"), 413);
    services.log("error", "http_failed", { method: c.req.method, route: c.req.routePath, error });
    const isBusy = error instanceof AppError && error.code === "unavailable";
    return c.html(troublePage(wordsOf(c), "trouble"), isBusy ? 503 : 500);
  };
}

function wordsOf(c: Context<PageEnv>) {
  return c.get("page")?.words ?? browserWords(c);
}
