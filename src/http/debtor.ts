import type { Handler } from "hono";
import { findDebtorAccount } from "../reminders/debtor-account.ts";
import type { Services } from "../services.ts";
import { debtorPage, gonePage } from "./pages/debtor.ts";

/** The page behind the links in our mails. Opening it changes nothing, whoever does; a wrong link tells nothing. */
export function debtorRoute(services: Services): Handler {
  return async (c) => {
    c.header("X-Robots-Tag", "noindex, nofollow");
    const account = await findDebtorAccount(services, c.req.param("token")!);
    if (account) return c.html(debtorPage(account));
    return c.html(gonePage(preferredLocale(c.req.header("Accept-Language"))), 404);
  };
}

/** Without a customer only the browser says which language is read. */
function preferredLocale(accepted: string | undefined): string {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*/i.exec(accepted ?? "")?.[0] ?? "en";
}
