import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** A real Chromium, from npm alone, with the security that people's browsers have. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    // Containers have no user namespaces for its sandbox, and no graphics.
    args: ["--no-sandbox", "--disable-gpu", "--headless=shell"],
  });
}
