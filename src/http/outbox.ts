import { type Context, Hono } from "hono";
import PostalMime from "postal-mime";
import { findMail, listMails } from "../db/outbox.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { type MailView, mailPage, outboxPage } from "./pages/outbox.ts";

const PAGE_SIZE = 50;

// A mail is shown as a mail client shows it: its own styles, no script, nothing loaded; links open outside the frame.
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; " +
  "sandbox allow-popups allow-popups-to-escape-sandbox";

/** The kept mails, to be read in a browser: the list, and each mail as HTML, as text and as it left. */
export function outboxRoutes(services: Services): Hono {
  const routes = new Hono();
  routes.get("/", async (c) => {
    const mails = await listMails(services.db, { before: c.req.query("before"), limit: PAGE_SIZE + 1 });
    const page = mails.slice(0, PAGE_SIZE);
    return c.html(outboxPage(page, mails.length > PAGE_SIZE ? page.at(-1)!.id : null));
  });
  routes.get("/:id", (c) => show(c, services, "html"));
  routes.get("/:id/text", (c) => show(c, services, "text"));
  routes.get("/:id/source", (c) => show(c, services, "source"));
  routes.get("/:id/body", async (c) => {
    const mail = await getMail(services, c.req.param("id"));
    const { html } = await PostalMime.parse(mail.raw);
    c.header("Content-Security-Policy", MAIL_POLICY);
    return c.html(withLinksOutside(html ?? "<!doctype html><p>This mail has no HTML part.</p>"));
  });
  routes.get("/:id/raw", async (c) => {
    const mail = await getMail(services, c.req.param("id"));
    c.header("Content-Type", "message/rfc822");
    c.header("Content-Disposition", `attachment; filename="${mail.id}.eml"`);
    return c.body(new Uint8Array(mail.raw));
  });
  return routes;
}

async function show(c: Context, services: Services, view: MailView): Promise<Response> {
  const mail = await getMail(services, c.req.param("id")!);
  return c.html(mailPage(mail, await PostalMime.parse(mail.raw), view));
}

async function getMail(services: Services, id: string) {
  const mail = await findMail(services.db, id);
  if (!mail) throw new AppError("not_found", "There is no such mail.");
  return mail;
}

/** `base-uri 'none'` forbids a base element, so each link says it. */
function withLinksOutside(page: string): string {
  return page.replace(/<a\s/gi, '<a target="_blank" rel="noopener noreferrer" ');
}
