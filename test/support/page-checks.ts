import { expect } from "vitest";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { decidePlan } from "../../src/reminders/agreements/decide-plan.ts";
import { revokeLinks } from "../../src/reminders/links/revoke-links.ts";
import { type DebtorSite, everythingIn, linkOf, rowsOf, visitorOf } from "./debtor-site.ts";
import { formOf, textOf } from "./form.ts";

/** What holds for the debtor's pages, on Node and in workerd alike. */
export const PAGE_CHECKS: Record<string, (site: DebtorSite) => Promise<void>> = {
  "the account shows who asks, for what, and how to pay, and no other site learns of it": async (site) => {
    const { get, path, numbers } = await visitorOf(site, {
      invoices: [{ poNumber: "PO-7" }, { currency: "USD" }],
    });
    const { status, body, headers } = await get(path);
    expect(status).toBe(200);
    for (const said of [
      "Acme GmbH",
      "Nordwind Handels GmbH",
      "PO-7",
      "€1,000.00",
      "US$1,000.00",
      ...numbers,
    ]) {
      expect(textOf(body)).toContain(said);
    }
    expect(body).toContain('data-copy="DE89370400440532013000"');
    expect(body).not.toMatch(/<(img|link|iframe)|\bsrc=|@import|url\(/);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("X-Robots-Tag")).toMatch(/noindex/);
    expect(headers.get("Content-Security-Policy")).toMatch(
      /default-src 'none'.*script-src 'sha256-[^']+'.*form-action 'self'.*frame-ancestors 'none'/,
    );
  },

  "opening any page changes nothing": async (site) => {
    const { get, path } = await visitorOf(site);
    const before = await everythingIn(site.services);
    const ways = ["promise", "paid", "resend", "dispute", "plan", "contact", "change", "withdrawal"];
    for (const page of [
      "",
      ...ways.map((way) => `/${way}`),
      "/statement.csv",
      "/statement.pdf",
      "/done?form=x",
    ]) {
      expect((await get(`${path}${page}`)).status).toBeLessThan(400);
      expect(
        (await site.request(`${path}${page}`, { method: "HEAD", redirect: "manual" })).status,
      ).toBeLessThan(400);
    }
    expect(await everythingIn(site.services)).toBe(before);
  },

  "a promise is recorded by the second step alone, with a name, and once": async (site) => {
    const visitor = await visitorOf(site);
    const on = formatCivilDay(Math.floor(site.services.clock() / 86_400_000) + 8);
    const before = await everythingIn(site.services);
    const page = await visitor.fillIn("promise", { own: on });
    expect(textOf(page.body)).toContain(`You will pay €1,000.00 for invoice ${visitor.numbers[0]}`);
    expect((await visitor.confirm(page, { name: "" })).status).toBe(422);
    expect((await visitor.confirm(page, { name: "Nordwind Handels GmbH" })).status).toBe(422);
    expect(await everythingIn(site.services)).toBe(before);
    const done = await visitor.confirm(page);
    expect(textOf(done.body)).toMatch(/^Thank you, Bela Buch/);
    expect(await visitor.confirm(page)).toMatchObject({ status: 200, body: done.body });
    expect(await rowsOf(site, "promises", visitor)).toMatchObject([
      { state: "open", amount_minor: 100_000, name: "Bela Buch", author: "debtor" },
    ]);
    expect(textOf((await visitor.get(visitor.path)).body)).toMatch(/You will pay €1,000.00 on/);
  },

  "a part of several invoices is promised, then moved once and withdrawn": async (site) => {
    const visitor = await visitorOf(site, { invoices: [{}, {}] });
    const today = Math.floor(site.services.clock() / 86_400_000);
    const form = formOf((await visitor.get(`${visitor.path}/promise`)).body);
    const amount = form.fields.find(([name]) => name.startsWith("amount-"))![0];
    const page = await visitor.send(form, { own: formatCivilDay(today + 8), [amount]: "400" });
    expect(textOf(page.body)).toContain("€1,400.00");
    expect(textOf(page.body)).toContain(`a part of invoice ${visitor.numbers[0]}`);
    await visitor.confirm(page);
    const [first, second] = await rowsOf(site, "promises", visitor);
    expect([first?.amount_minor, second?.amount_minor]).toEqual([40_000, 100_000]);
    const change = await visitor.fillIn(`change?promise=${first!.id}`, { own: formatCivilDay(today + 9) });
    expect(textOf((await visitor.confirm(change)).body)).toMatch(/^Thank you/);
    const moved = (await rowsOf(site, "promises", visitor)).filter(({ state }) => state === "open");
    expect(moved.map(({ on_day }) => on_day)).toEqual([today + 9, today + 9]);
    expect((await visitor.get(visitor.path)).body).not.toContain("/change?promise=");
    await visitor.confirm(await visitor.get(`${visitor.path}/withdrawal?promise=${moved[0]!.id}`));
    expect((await rowsOf(site, "promises", visitor)).filter(({ state }) => state === "open")).toEqual([]);
  },

  "beyond the policy's bounds the page says that finance is asked, before and after": async (site) => {
    const visitor = await visitorOf(site);
    const on = formatCivilDay(Math.floor(site.services.clock() / 86_400_000) + 60);
    const page = await visitor.fillIn("promise", { own: on });
    expect(textOf(page.body)).toContain("our finance department will be asked");
    expect(textOf(page.body)).not.toContain("reminders go on");
    expect(textOf((await visitor.confirm(page)).body)).toContain("our finance department decides");
    expect(await rowsOf(site, "promises", visitor)).toMatchObject([{ state: "asked" }]);
  },

  "what is said to be paid comes with a proof that only we see": async (site) => {
    const visitor = await visitorOf(site);
    const on = formatCivilDay(Math.floor(site.services.clock() / 86_400_000) - 2);
    const page = await visitor.fillIn("paid", { on, reference: "RF18 5390" });
    const program = new File(["MZ this is no PDF"], "proof.pdf", { type: "application/pdf" });
    const refused = await visitor.confirm(page, { files: program });
    expect([refused.status, textOf(refused.body)]).toEqual([
      422,
      expect.stringContaining("proof.pdf is not a PDF"),
    ]);
    const large = new File([new Uint8Array(11 * 1024 * 1024)], "scan.pdf");
    expect((await visitor.confirm(page, { files: large })).status).toBe(413);
    expect(await rowsOf(site, "documents", visitor)).toEqual([]);
    const proof = new File(["%PDF-1.4\n%âãÏÓ\n1 0 obj<<>>endobj\n%%EOF"], "../../Überweisung.pdf");
    expect(textOf((await visitor.confirm(page, { files: proof })).body)).toMatch(/^Thank you/);
    expect(await rowsOf(site, "documents", visitor)).toMatchObject([
      { kind: "proof", name: "Überweisung.pdf", media_type: "application/pdf", author: "debtor" },
    ]);
    expect(await rowsOf(site, "holds", visitor)).toMatchObject([{ kind: "paid_reported", ended_at: null }]);
  },

  "half of an invoice is contested with its reason, and that is taken back": async (site) => {
    const visitor = await visitorOf(site);
    const page = await visitor.fillIn("dispute", {
      reason: "quantity",
      amount: "500.00",
      text: "Half of it came.",
    });
    expect(textOf(page.body)).toMatch(/You query €500.00.*The rest, €500.00, is not touched/);
    await visitor.confirm(page);
    expect(await rowsOf(site, "disputes", visitor)).toMatchObject([
      {
        state: "open",
        amount_minor: 50_000,
        reason: "quantity",
        text: "Half of it came.",
        name: "Bela Buch",
      },
    ]);
    expect(textOf((await visitor.get(visitor.path)).body)).toContain(
      "We are looking into €500.00 of it (The quantity)",
    );
    const [dispute] = await rowsOf(site, "disputes", visitor);
    await visitor.confirm(await visitor.get(`${visitor.path}/withdrawal?dispute=${dispute!.id}`));
    expect(await rowsOf(site, "disputes", visitor)).toMatchObject([{ state: "withdrawn" }]);
  },

  "instalments are proposed, adjusted within the policy's bounds, and asked for": async (site) => {
    const visitor = await visitorOf(site);
    const proposal = await visitor.fillIn("plan", { count: "3" });
    const form = formOf((await visitor.send(formOf(proposal.body), { edit: "yes" })).body);
    const wrong = await visitor.send(form, { "amount-1": "100.00" });
    expect([wrong.status, textOf(wrong.body)]).toEqual([
      422,
      expect.stringContaining("must be €300.00 at least"),
    ]);
    const page = await visitor.send(form, { "amount-1": "500", "amount-2": "250", "amount-3": "250" });
    await visitor.confirm(page);
    const [plan] = await rowsOf(site, "plans", visitor);
    expect(plan).toMatchObject({ state: "asked", currency: "EUR", name: "Bela Buch" });
    const { rows } = await site.services.db.client.execute({
      sql: "SELECT amount_minor FROM instalments WHERE plan_id = ? ORDER BY seq",
      args: [plan!.id!],
    });
    expect(rows.map(({ amount_minor }) => amount_minor)).toEqual([50_000, 25_000, 25_000]);
  },

  "instalments that were asked for are taken back with a name, those agreed only by a call": async (site) => {
    const visitor = await visitorOf(site);
    await visitor.confirm(await visitor.fillIn("plan", { count: "2" }));
    const [asked] = await rowsOf(site, "plans", visitor);
    const withdrawal = `${visitor.path}/withdrawal?plan=${asked!.id}`;
    expect((await visitor.get(visitor.path)).body).toContain(`href="${withdrawal}"`);
    const understood = await visitor.get(withdrawal);
    expect(textOf(understood.body)).toContain("You withdraw your request to pay €1,000.00 in instalments.");
    expect(await rowsOf(site, "plans", visitor)).toMatchObject([{ state: "asked" }]);
    expect(textOf((await visitor.confirm(understood)).body)).toContain("is withdrawn");
    expect(await rowsOf(site, "plans", visitor)).toMatchObject([{ state: "withdrawn" }]);
    await visitor.confirm(await visitor.fillIn("plan", { count: "2" }));
    const plan = (await rowsOf(site, "plans", visitor)).find(({ state }) => state === "asked")!;
    const decision = { planId: String(plan.id), decision: "approve" as const, author: "cli:frieda" };
    await decidePlan(site.services, decision);
    const account = await visitor.get(visitor.path);
    expect(account.body).not.toContain("withdrawal?plan=");
    expect(textOf(account.body)).toContain("If a date has to change, please call");
    expect((await visitor.get(`${visitor.path}/withdrawal?plan=${plan.id}`)).status).toBe(303);
  },

  "an invoice that did not arrive is asked for, and a right person named": async (site) => {
    const visitor = await visitorOf(site);
    const resent = await visitor.confirm(await visitor.get(`${visitor.path}/resend`));
    expect(textOf(resent.body)).toContain(`We will send invoice ${visitor.numbers[0]} again`);
    const contact = { person: "Carla Cash", email: "carla@nordwind.example" };
    const named = await visitor.confirm(await visitor.fillIn("contact", contact));
    expect(textOf(named.body).match(/thank you/gi)).toHaveLength(1);
    expect(await rowsOf(site, "proposed_contacts", visitor)).toMatchObject([
      { name: "Carla Cash", state: "asked" },
    ]);
    const notices = await rowsOf(site, "notices", visitor);
    expect(notices.map(({ kind }) => kind).sort()).toEqual(["contact_proposed", "invoice_resent"]);
  },

  "what is missing is said at the top and at the field, and what was typed stays": async (site) => {
    const visitor = await visitorOf(site);
    const { status, body } = await visitor.fillIn("promise", { own: "2001-02-03", note: "we try" });
    expect(status).toBe(422);
    expect(body).toMatch(/role="alert"[^>]*>.*<a href="#own">/s);
    expect(body).toMatch(
      /<input type="date" name="own" value="2001-02-03" id="own"\s+aria-describedby="own-mistake"/,
    );
    expect(body).toContain(">we try</textarea>");
  },

  "wrong, expired, revoked and orphaned links get one page, byte for byte": async (site) => {
    const { services } = site;
    const { customerId, ref, get, path } = await visitorOf(site);
    await revokeLinks(services, { customerRef: ref, author: "test" });
    const links = [
      "/p/guess",
      path,
      `${path}x`,
      path.slice(0, -9),
      await linkOf(services, { customerId, expiresAt: services.clock() - 1 }),
      await linkOf(services, { customerId: "cus_0none" }),
      `${path}/promise`,
    ];
    const [first, ...others] = await Promise.all(links.map((link) => get(link)));
    expect(first!.status).toBe(404);
    expect(first!.body).not.toContain("Acme");
    for (const { status, body } of others)
      expect({ status, body }).toEqual({ status: 404, body: first!.body });
  },

  "whoever asks for a new link gets the same answer; a mail goes to the contact on record alone, once a day":
    async (site) => {
      const { services } = site;
      const visitor = await visitorOf(site);
      const expired = await linkOf(services, {
        customerId: visitor.customerId,
        expiresAt: services.clock() - 1,
      });
      const ask = async (action: string, name = "Bela Buch") => {
        const { fields } = formOf((await visitor.get(expired)).body);
        return visitor.send({ action, fields }, { name });
      };
      expect(textOf((await ask(expired, "")).body)).toContain("Please type your own first and last name");
      const forged = await ask(`${expired.slice(0, -4)}AAAA/link`);
      expect(await rowsOf(site, "notices", visitor)).toEqual([]);
      expect((await ask(`${expired}/link`)).body).toBe(forged.body);
      expect((await ask(expired)).body).toBe(forged.body);
      const notices = await rowsOf(site, "notices", visitor);
      expect(notices).toMatchObject([{ kind: "link_renewed", state: "sent" }]);
      expect(String(notices[0]!.recipients)).toContain(`bills@${visitor.ref.toLowerCase()}.example`);
    },

  "a form is good for one link, one way and what it showed": async (site) => {
    const visitor = await visitorOf(site, { invoices: [{}, {}] });
    const other = await visitorOf(site);
    const today = Math.floor(site.services.clock() / 86_400_000);
    const page = await visitor.fillIn("promise", { own: formatCivilDay(today + 5) });
    const { action, fields } = formOf(page.body);
    const before = await everythingIn(site.services);
    const typed = { confirm: "yes", name: "Bela Buch" };
    const second = await linkOf(site.services, { customerId: visitor.customerId, reminderId: "rem_0second" });
    const attempts = [
      visitor.send({ action: `${second}/promise`, fields }, typed),
      visitor.send({ action, fields }, { ...typed, own: formatCivilDay(today + 20) }),
      visitor.send({ action, fields }, { ...typed, form: "" }),
      visitor.send({ action, fields }, { ...typed, form: "a.b.c" }),
      visitor.send({ action: `${visitor.path}/resend`, fields }, typed),
      visitor.send({ action: `${other.path}/promise`, fields }, typed),
    ];
    for (const { status } of await Promise.all(attempts)) expect(status).toBe(422);
    expect(await everythingIn(site.services)).toBe(before);
  },

  "a page elsewhere can send nothing here": async (site) => {
    const visitor = await visitorOf(site);
    const page = await visitor.get(`${visitor.path}/resend`);
    const form = formOf(page.body);
    const typed = { confirm: "yes", name: "Bela Buch" };
    const before = await everythingIn(site.services);
    for (const [name, value] of [
      ["Sec-Fetch-Site", "cross-site"],
      ["Sec-Fetch-Site", "same-site"],
      ["Origin", "https://elsewhere.example"],
    ]) {
      expect((await visitor.send(form, typed, { [name!]: value! })).status).toBe(403);
    }
    expect(await everythingIn(site.services)).toBe(before);
    const own = { "Sec-Fetch-Site": "same-origin", Origin: "null" };
    expect((await visitor.send(form, typed, own)).status).toBe(200);
  },

  "nobody reaches the invoices of another customer": async (site) => {
    const [visitor, other] = [await visitorOf(site), await visitorOf(site)];
    const today = Math.floor(site.services.clock() / 86_400_000);
    const promise = await other.fillIn("promise", { own: formatCivilDay(today + 5) });
    await other.confirm(promise);
    const [standing] = await rowsOf(site, "promises", other);
    const stolen = { invoice: other.numbers[0]! };
    for (const [way, typed] of [
      ["promise", { ...stolen, own: formatCivilDay(today + 5) }],
      ["paid", { ...stolen, on: formatCivilDay(today - 1) }],
      ["dispute", { ...stolen, reason: "price", text: "not ours" }],
      ["plan", { ...stolen, count: "2" }],
    ] as const) {
      expect((await visitor.fillIn(way, typed)).status).toBe(422);
    }
    for (const way of ["change", "withdrawal"]) {
      expect((await visitor.get(`${visitor.path}/${way}?promise=${standing!.id}`)).status).toBe(303);
    }
    const form = formOf(promise.body).fields.find(([name]) => name === "form")![1];
    expect((await visitor.get(`${visitor.path}/done?form=${form}`)).status).toBe(303);
  },

  "the statement comes as CSV without a formula, and as a PDF": async (site) => {
    const visitor = await visitorOf(site, {
      invoices: [{ number: `=HYPERLINK("x")-${Math.random()}`, poNumber: '@SUM(1,"2")' }],
    });
    const csv = await visitor.get(`${visitor.path}/statement.csv`);
    expect(csv.headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="statement-\d{4}-\d\d-\d\d.csv"$/,
    );
    const [, row] = csv.body.split("\r\n");
    expect(row).toMatch(/^"'=HYPERLINK\(""x""\)-[\d.e-]+","'@SUM\(1,""2""\)",/);
    const pdf = await site.request(`${visitor.path}/statement.pdf`);
    expect([pdf.status, pdf.headers.get("Content-Type")]).toEqual([200, "application/pdf"]);
    expect((await pdf.text()).slice(0, 5)).toBe("%PDF-");
  },
};
