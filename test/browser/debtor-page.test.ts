import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningService, startService } from "../../src/node.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { ACME } from "../support/cast.ts";
import { makeServices, type TestServices } from "../support/database.ts";
import { type DebtorSite, everythingIn, rowsOf, type Visitor, visitorOf } from "../support/debtor-site.ts";
import { launchBrowser } from "./browser.ts";

const LARGEST_PAGE_BYTES = 30 * 1024;
const PATIENCE = { timeout: 90_000 };
const PDF = { name: "proof.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%âãÏÓ\n%%EOF") };

let services: TestServices;
let service: RunningService;
let site: DebtorSite;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  const require = createRequire(import.meta.url);
  [services, browser, axe] = await Promise.all([
    makeServices(),
    launchBrowser(),
    readFile(require.resolve("axe-core/axe.min.js"), "utf8"),
  ]);
  services.settings.PORT = 0;
  await applyCreditor(services, ACME);
  service = await startService(services, { hasClock: false });
  site = { services, request: (path, init) => fetch(`${service.url}${path}`, init) };
});

afterAll(async () => {
  await browser?.close();
  await service?.stop();
});

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

describe.each([
  { locale: "en", viewport: PHONE, colorScheme: "light", person: "Bela Buch" },
  { locale: "en", viewport: DESK, colorScheme: "dark", person: "Bela Buch" },
  { locale: "zh-CN", viewport: PHONE, colorScheme: "dark", person: "王芳" },
  { locale: "zh-CN", viewport: DESK, colorScheme: "light", person: "王芳" },
] as const)(
  "without JavaScript, $locale, $viewport.width px wide, $colorScheme",
  ({ locale, person, ...look }) => {
    test(
      "every way to answer is walked to its end, and each page of it is fit for everybody",
      PATIENCE,
      async () => {
        const context = await browser.newContext(look);
        const visitor = await visitorOf(site, { invoices: [{}, {}, {}], locale });
        const walk = await walkerOf(context, visitor, person);
        const { page } = walk;
        await page.goto(walk.url());
        await walk.check();

        await walk.open("promise");
        await walk.press();
        await expectFocusOnMistakes(walk);
        await page.locator("input[name=day]").first().check();
        await walk.finish();
        const [promise] = await rowsOf(site, "promises", visitor);
        expect(promise).toMatchObject({ state: "open", name: person });

        await page.goto(walk.url(`change?promise=${promise!.id}`));
        await page.locator("input[name=day]").last().check();
        await walk.finish();
        const moved = (await rowsOf(site, "promises", visitor)).find(({ state }) => state === "open");
        await page.goto(walk.url(`withdrawal?promise=${moved!.id}`));
        await walk.confirm();

        await walk.open("paid");
        await page.locator("input[name=invoice]").nth(1).uncheck();
        await page.locator("input[name=invoice]").nth(2).uncheck();
        await page.locator("#on").fill("2026-02-27");
        await walk.finish({ file: true });

        await walk.open("dispute");
        await page.locator("input[name=invoice]").nth(1).check();
        await page.locator("input[name=reason]").first().check();
        await page.locator("#amount").fill("250.00");
        await page.locator("#text").fill("Two boxes were missing. 少了两箱。");
        await walk.finish({ file: true });

        await walk.open("plan");
        await page.locator("input[name=count]").last().check();
        await walk.press();
        await page.locator("button[name=edit]").click();
        await walk.check();
        await walk.finish();

        await walk.open("resend");
        await walk.finish();

        await walk.open("contact");
        await page.locator("#person").fill("Carla Cash");
        await page.locator("#email").fill("carla@nordwind.example");
        await walk.finish();

        await page.goto(walk.url());
        await walk.check();
        await page.goto(`${service.url}/p/made-up`);
        await walk.check();
        expect(walk.otherHosts()).toEqual([]);
        expect(await recordedFor(visitor)).toEqual({
          promises: 6,
          documents: 2,
          disputes: 1,
          plans: 1,
          proposed_contacts: 1,
        });
        await context.close();
      },
    );
  },
);

test("with the keyboard alone a payment date is confirmed in under thirty keys", async () => {
  const context = await browser.newContext({ viewport: DESK });
  const visitor = await visitorOf(site);
  const page = await context.newPage();
  await page.goto(`${service.url}${visitor.path}`);
  let keys = 0;
  const key = async (name: string) => {
    keys += 1;
    await page.keyboard.press(name);
  };
  const tabTo = async (selector: string) => {
    while (!(await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`))) {
      await key("Tab");
      expect(keys).toBeLessThan(30);
      const outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
      expect(outline).not.toBe("none");
    }
  };
  await tabTo('a[href$="/promise"]');
  await key("Enter");
  await page.waitForURL(/promise$/);
  await tabTo("input[name=day]");
  await key("Space");
  await key("Enter");
  await page.waitForSelector("#name");
  await tabTo("#name");
  await page.keyboard.type("Bela Buch");
  await key("Enter");
  await page.waitForURL(/done/);
  expect(await rowsOf(site, "promises", visitor)).toMatchObject([{ state: "open", name: "Bela Buch" }]);
  await context.close();
});

test(
  "a robot that opens every link, ticks every box and presses every button records nothing",
  PATIENCE,
  async () => {
    const context = await browser.newContext({ viewport: DESK });
    const visitor = await visitorOf(site, { invoices: [{}, {}] });
    const promise = await visitor.fillIn("promise", { own: "2026-03-20", invoice: visitor.numbers[0]! });
    await visitor.confirm(promise);
    const before = await everythingIn(services);
    const robot = await robotIn(context);
    await robot.explore(`${service.url}${visitor.path}`);
    expect(robot.seen.size).toBeGreaterThan(10);
    expect(robot.presses()).toBeGreaterThan(20);
    expect(await everythingIn(services)).toBe(before);
    await context.close();
  },
);

test("with JavaScript the bank details are copied, and nothing else is any different", async () => {
  const context = await browser.newContext({
    viewport: PHONE,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const visitor = await visitorOf(site);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`${service.url}${visitor.path}`);
  const button = page.getByRole("button", { name: "Copy: IBAN" });
  await button.click();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe("DE89370400440532013000");
  expect(await page.locator("#copied").textContent()).toBe("Copied");
  expect(faults).toEqual([]);
  await context.close();
});

/** Walks one visitor's pages, checking each on its way. */
async function walkerOf(context: BrowserContext, visitor: Visitor, person: string) {
  const page = await context.newPage();
  const scripts = await context.newCDPSession(page);
  const allowScripts = (isAllowed: boolean) =>
    scripts.send("Emulation.setScriptExecutionDisabled", { value: !isAllowed });
  await allowScripts(false);
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  page.on("response", async (response) => {
    if (response.status() < 300) expect((await response.body()).length).toBeLessThan(LARGEST_PAGE_BYTES);
  });
  const url = (way?: string) => `${service.url}${visitor.path}${way ? `/${way}` : ""}`;
  // The judge is a script, which may run while nothing of the page does. What it says of a phone holds for a desk.
  const isPhone = page.viewportSize()!.width === PHONE.width;
  const check = async () => {
    await allowScripts(true);
    if (isPhone) await expectNoFault(page);
    await expectNothingBeside(page);
    await allowScripts(false);
  };
  const press = () => page.locator("main form button").first().click();
  const confirm = async ({ file = false } = {}) => {
    await check();
    if (file) await page.locator("#files").setInputFiles(PDF);
    await page.locator("#name").fill(person);
    await press();
    await page.waitForURL(/\/done\?/);
    await check();
    expect(await page.locator("h1").textContent()).toContain(person);
  };
  return {
    page,
    url,
    check,
    press,
    confirm,
    /** By its link on the account page, as people do. */
    async open(way: string) {
      await page.goto(url());
      await page.locator(`nav.ways a[href$="/${way}"]`).click();
      await check();
    },
    async finish(options?: { file: boolean }) {
      await press();
      await page.waitForSelector("#name");
      await confirm(options);
    },
    otherHosts: () => [...hosts].filter((host) => host !== new URL(service.url).host),
  };
}

/** No fault that axe finds: WCAG 2.2 AA, contrast among it, and good practice. */
async function expectNoFault(page: Page) {
  await page.evaluate(axe);
  const faults = await page.evaluate(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 120))]))`);
  expect(faults, page.url()).toEqual([]);
}

/** Nothing to scroll sideways for. */
async function expectNothingBeside(page: Page) {
  const width = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(width, page.url()).toBeLessThanOrEqual(0);
}

async function expectFocusOnMistakes({ page, check }: { page: Page; check: () => Promise<void> }) {
  await page.waitForSelector("[role=alert]");
  expect(await page.evaluate("document.activeElement.role")).toBe("alert");
  await check();
  await page.locator("[role=alert] a").first().click();
  expect(await page.evaluate("document.activeElement.tagName")).toBe("INPUT");
}

async function recordedFor(visitor: Visitor) {
  const tables = ["promises", "documents", "disputes", "plans", "proposed_contacts"];
  const counts = await Promise.all(tables.map(async (table) => (await rowsOf(site, table, visitor)).length));
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]]));
}

/** Goes wherever a page leads and presses whatever it shows, but types nothing. */
async function robotIn(context: BrowserContext) {
  const page = await context.newPage();
  const seen = new Set<string>();
  let presses = 0;
  const sameSite = (link: string) => link.startsWith(service.url);
  const tickAll = () =>
    page.evaluate(
      `for (const box of document.querySelectorAll("[type=checkbox], [type=radio]")) box.checked || box.click()`,
    );
  /** The buttons of a page are pressed one by one, each after the steps that lead there. */
  const pressAll = async (arrive: () => Promise<void>, depth: number): Promise<void> => {
    await arrive();
    const count = await page.locator("button").count();
    for (let index = 0; index < count; index++) {
      if (index > 0) await arrive();
      await tickAll();
      const button = page.locator("button").nth(index);
      if (!(await button.isVisible())) continue;
      presses += 1;
      await button.click();
      await page.waitForLoadState();
      const press = async () => {
        await arrive();
        await tickAll();
        await page.locator("button").nth(index).click();
        await page.waitForLoadState();
      };
      if (depth > 0) await pressAll(press, depth - 1);
    }
  };
  const explore = async (start: string) => {
    const queue = [start];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const url = next.split("#")[0]!;
      if (seen.has(url) || seen.size > 40) continue;
      seen.add(url);
      if (/statement\./.test(url)) {
        await context.request.get(url);
        continue;
      }
      await page.goto(url);
      const links = await page.evaluate<string[]>("Array.from(document.links, ({ href }) => href)");
      queue.push(...links.filter(sameSite));
      await pressAll(async () => void (await page.goto(url)), 1);
    }
  };
  return { seen, presses: () => presses, explore };
}
