import { describe, expect, test } from "vitest";
import { keepDelivery } from "../../../src/db/deliveries.ts";
import { planNotices } from "../../../src/db/notices.ts";
import type { DeliveryEvent } from "../../../src/domain/delivery.ts";
import { approveReminder } from "../../../src/reminders/decisions/approve-reminder.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { type BrokenLink, verifyLedger } from "../../../src/reminders/operation/verify-ledger.ts";
import { correctContact } from "../../../src/reminders/records/correct-contact.ts";
import { invoice, NORDWIND } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { bounced, remindersOf, suppressionsOf, type Told, tell } from "../../support/deliveries.ts";
import { readFakeMail } from "../../support/fake-writer.ts";
import { ledgerOf, storedInvoice } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const BELA = "bills@nordwind.example";
const MIA = "mia@nordwind.example";
const STAGES = [
  { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  { key: "firm", offsetDays: 7, template: "overdue-30", to: ["billing", "manager"] },
];

/** A reminder of A has left to Bela on Thursday 5 March; Mia would be next. */
async function sentToBela(stages: Record<string, unknown>[] = STAGES) {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages } });
  await story.customers({ ...NORDWIND, contact: { name: "Mia", email: MIA, role: "manager" } });
  await story.invoices(invoice({ number: "A" }));
  await story.bankFile();
  await story.tickOnce();
  return { story, id: story.mailer.mails[0]?.id ?? "" };
}

const recipients = (story: Story) => story.mailer.mails.map(({ to }) => to);
const kinds = async (story: Story) =>
  (await ledgerOf(story.db, "A")).map(({ kind, author }) => `${kind} ${author}`);
const alerts = (story: Story, kind: string) =>
  story.chat.posts.filter(({ text }) => JSON.parse(text).kind === kind);

describe("a bounce for good of everybody", () => {
  test("lets the next contact take over with the next tick, as if nobody had been written to", async () => {
    const { story, id } = await sentToBela();
    expect(await tell(story, id, bounced(BELA))).toEqual({
      result: "recorded",
      state: "bounced",
      moved: true,
      suppressed: true,
    });
    expect(await story.tickOnce()).toEqual(["NORDWIND soft A"]);
    expect(recipients(story)).toEqual([[BELA], [MIA]]);
    expect(await remindersOf(story.db)).toMatchObject([
      { state: "bounced", counts: "0" },
      { state: "sent", counts: "1" },
    ]);
  });

  test("stands in the ledger as a reset, whose chain holds", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, bounced(BELA));
    expect((await kinds(story)).slice(-2)).toEqual(["reminder_bounced provider", "stage_reset provider"]);
    expect((await ledgerOf(story.db, "A")).at(-1)!.data).toEqual({
      reminder: id,
      stage: "soft",
      reason: "nobody was reached",
    });
    const broken: BrokenLink[] = [];
    await verifyLedger(story, (link) => broken.push(link));
    expect(broken).toEqual([]);
  });

  test("tells the owner, once, where nobody is left to write to", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, bounced(BELA));
    await story.tickOnce();
    await tell(story, story.mailer.mails[1]!.id, bounced(MIA));
    await story.walk("2026-03-10");
    expect(story.mailer.mails).toHaveLength(2);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "suppressed", stage: "soft" });
    expect(alerts(story, "no_contact").map(({ toEmail }) => toEmail)).toEqual([NORDWIND.ownerEmail]);
  });

  test("tells the owner anew where nobody is left after the address was corrected", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, bounced(BELA));
    await story.tickOnce();
    await tell(story, story.mailer.mails[1]!.id, bounced(MIA));
    await story.tickOnce();
    const to = { email: "office@nordwind.example" };
    await correctContact(story, { customerRef: NORDWIND.ref, from: BELA, to, author: "cli:frieda" });
    await story.tickOnce();
    await tell(story, story.mailer.mails[2]!.id, bounced(to.email));
    await story.tickOnce();
    expect(alerts(story, "no_contact")).toHaveLength(2);
  });

  test("leaves the approval to the letter that goes to the next contact", async () => {
    const { story } = await sentToBela([
      { key: "formal", offsetDays: 1, template: "formal-notice", to: ["billing"], approval: "finance" },
    ]);
    await approveReminder(story, { asked: "A", author: "cli:frieda" });
    await story.tickOnce();
    await tell(story, story.mailer.mails[0]!.id, bounced(BELA));
    expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
    expect(recipients(story)).toEqual([[BELA], [MIA]]);
    const { rows } = await story.db.client.execute("SELECT count(*) AS kept FROM messages");
    expect(rows).toMatchObject([{ kept: 2 }]);
  });

  test.each([
    ["where the provider rejects the mail", {}, { kind: "reject" }],
    ["in a rehearsal", { MAIL_REDIRECT_TO: "me@acme.example" }, bounced("me@acme.example")],
  ] as const)("does not repeat the same mail at every tick %s", async (_, settings, told: Told) => {
    const { story } = await sentToBela();
    const rehearsal = { ...story, settings: { ...story.settings, ...settings } };
    for (const { id } of await remindersOf(story.db))
      await story.db.client.execute({
        sql: "UPDATE reminders SET recipients = ? WHERE id = ?",
        args: [JSON.stringify([told.address ?? BELA]), id],
      });
    await tell(rehearsal, story.mailer.mails[0]!.id, told);
    expect(await remindersOf(story.db)).toMatchObject([{ state: "bounced" }]);
    story.clock.advance({ hours: 3 });
    expect(await story.tickOnce()).toEqual([]);
    story.clock.advance({ days: 1 });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND soft A"]);
  });
});

describe("a bounce for now of everybody", () => {
  const full: Told = { kind: "bounce", address: BELA, isPermanent: false, detail: "MailboxFull" };

  test("is tried again a day later, twice at most, and told to the owner once", async () => {
    const { story, id } = await sentToBela([{ ...STAGES[0]!, offsetDays: 1 }]);
    expect(await tell(story, id, full)).toEqual({
      result: "recorded",
      state: "bounced",
      moved: true,
      suppressed: false,
    });
    story.clock.advance({ hours: 3 });
    expect(await story.tickOnce()).toEqual([]);
    for (let days = 1; days <= 6; days++) {
      story.clock.advance({ days: 1 });
      await story.bankFile();
      if ((await story.tickOnce()).length > 0) await tell(story, story.mailer.mails.at(-1)!.id, full);
    }
    expect(recipients(story)).toEqual([[BELA], [BELA], [BELA]]);
    expect((await remindersOf(story.db)).map(({ state, counts }) => `${state} ${counts}`)).toEqual([
      "bounced 0",
      "bounced 0",
      "sent 1",
    ]);
    expect(await suppressionsOf(story.db)).toEqual([]);
    const [alert, ...more] = alerts(story, "notice_failed");
    expect(alert?.toEmail).toBe(NORDWIND.ownerEmail);
    expect(JSON.parse(alert!.text)).toMatchObject({ invoices: [{ number: "A" }], note: "bounced_for_now" });
    expect(more).toEqual([]);
  });

  test("told before its answer was recorded is tried again a day later, too", async () => {
    const { story, id } = await sentToBela();
    await story.db.client.execute("UPDATE reminders SET state = 'unknown', sent_at = NULL");
    await story.db.batch([keepDelivery({ ...(full as DeliveryEvent), id: "e", mailId: id, at: 0 }, 0)]);
    expect(await story.tickOnce()).toEqual([]);
    expect(await remindersOf(story.db)).toMatchObject([{ state: "bounced", settled_by: "evidence" }]);
    expect(alerts(story, "notice_failed")).toHaveLength(1);
    story.clock.advance({ days: 1 });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND soft A"]);
  });

  test("is undone by a delivery that is told late", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, full);
    expect(await tell(story, id, { kind: "delivery", address: BELA })).toMatchObject({ state: "delivered" });
    expect(await remindersOf(story.db)).toMatchObject([{ state: "delivered", counts: "1" }]);
    story.clock.advance({ days: 1, hours: 1 });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual([]);
  });
});

describe("what comes after a reminder", () => {
  test("is waited for where an address answers by machine, or does not take it yet", async () => {
    const { story, id } = await sentToBela();
    const before = await storedInvoice(story.db, "A");
    await tell(story, id, { kind: "bounce", address: BELA, isPermanent: null });
    expect(await tell(story, id, { kind: "delay", address: BELA })).toMatchObject({
      state: "sent",
      moved: false,
    });
    expect(await storedInvoice(story.db, "A")).toEqual(before);
    expect((await story.db.client.execute("SELECT kind FROM deliveries ORDER BY kind")).rows).toEqual([
      { kind: "bounce" },
      { kind: "delay" },
    ]);
  });

  test("is told by the ledger once it arrived, and changes no decision", async () => {
    const { story, id } = await sentToBela();
    const before = await storedInvoice(story.db, "A");
    expect(await tell(story, id, { kind: "delivery", address: BELA })).toMatchObject({ state: "delivered" });
    expect((await kinds(story)).at(-1)).toBe("reminder_delivered provider");
    expect(await storedInvoice(story.db, "A")).toEqual(before);
  });

  test("is a lost address that the ledger tells of, where somebody else was written to as well", async () => {
    const { story, id } = await sentToBela([{ ...STAGES[1], offsetDays: 1 }]);
    expect(await tell(story, id, bounced(MIA))).toMatchObject({
      state: "sent",
      moved: false,
      suppressed: true,
    });
    expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
      kind: "reminder_bounced",
      data: { address: MIA },
    });
    expect((await remindersOf(story.db))[0]).toMatchObject({ state: "sent", counts: "1" });
  });

  test("a complaint silences the address, counts as the stage, and is told to the owner once", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, { kind: "complaint", address: BELA });
    await tell(story, id, { kind: "complaint", address: BELA });
    expect(await suppressionsOf(story.db)).toEqual([`${BELA} complaint`]);
    expect((await remindersOf(story.db))[0]).toMatchObject({ state: "complained", counts: "1" });
    await story.walk("2026-03-12");
    expect(recipients(story)).toEqual([[BELA], [MIA]]);
    const [alert, ...more] = alerts(story, "complaint");
    expect(alert?.toEmail).toBe(NORDWIND.ownerEmail);
    expect(JSON.parse(alert!.text)).toMatchObject({
      customer: { ref: "NORDWIND" },
      invoices: [{ number: "A" }],
    });
    expect(more).toEqual([]);
  });

  test("told twice has the effect of once", async () => {
    const { story, id } = await sentToBela();
    await tell(story, id, { ...bounced(BELA), id: "one" });
    const before = [await ledgerOf(story.db, "A"), await storedInvoice(story.db, "A")];
    expect(await tell(story, id, { ...bounced(BELA), id: "one" })).toEqual({ result: "repeated" });
    expect([await ledgerOf(story.db, "A"), await storedInvoice(story.db, "A")]).toEqual(before);
  });
});

describe("an event about another mail", () => {
  test("of a notice suppresses its address and tells the owner", async () => {
    const { story } = await sentToBela();
    const { rows } = await story.db.client.execute("SELECT id FROM customers WHERE ref = 'NORDWIND'");
    const at = story.clock();
    const notice = {
      fact: "thanks 1",
      kind: "thanks",
      customerId: String(rows[0]!.id),
      invoiceIds: [],
      leavesAt: at,
      body: {},
    };
    await story.db.batch(planNotices([notice as never], at));
    const [{ id }] = (await story.db.client.execute("SELECT id FROM notices")).rows as never as [
      { id: string },
    ];
    await story.db.client.execute({
      sql: "UPDATE notices SET recipients = ?",
      args: [JSON.stringify([MIA, "Bills@Nordwind.example"])],
    });
    expect(await tell(story, id, { kind: "delivery", address: MIA })).toMatchObject({
      result: "recorded",
      state: null,
    });
    expect(await tell(story, id, bounced(MIA))).toMatchObject({ suppressed: true });
    await tell(story, id, { kind: "complaint", address: BELA });
    expect(await suppressionsOf(story.db)).toEqual([`${BELA} complaint`, `${MIA} bounce`]);
    await story.tickOnce();
    expect(alerts(story, "complaint").map(({ toEmail }) => toEmail)).toEqual([NORDWIND.ownerEmail]);
  });

  test("of a notice that names somebody whom it did not go to suppresses nobody", async () => {
    const { story } = await sentToBela();
    const customerId = String((await story.db.client.execute("SELECT id FROM customers")).rows[0]!.id);
    await story.db.client.execute({
      sql: `INSERT INTO notices (id, fact, kind, customer_id, body, state, leaves_at, recipients, created_at)
            VALUES ('ntc_1', 'f', 'thanks', ?, '{}', 'sent', 0, ?, 0)`,
      args: [customerId, JSON.stringify([BELA])],
    });
    expect(await tell(story, "ntc_1", bounced(MIA))).toMatchObject({ suppressed: false });
    await tell(story, "ntc_1", { kind: "complaint", address: MIA });
    await story.tickOnce();
    expect(await suppressionsOf(story.db)).toEqual([]);
    expect(alerts(story, "complaint")).toEqual([]);
  });

  test.each([["bounce"], ["complaint"]] as const)(
    "a %s that names somebody whom the mail did not go to is kept on record without effect",
    async (kind) => {
      const { story, id } = await sentToBela();
      const before = [await ledgerOf(story.db, "A"), await storedInvoice(story.db, "A")];
      expect(await tell(story, id, { kind, address: MIA, isPermanent: true })).toEqual({
        result: "recorded",
        state: "sent",
        moved: false,
        suppressed: false,
      });
      await story.tickOnce();
      expect(await suppressionsOf(story.db)).toEqual([]);
      expect(alerts(story, "complaint")).toEqual([]);
      expect([await ledgerOf(story.db, "A"), await storedInvoice(story.db, "A")]).toEqual(before);
      const { rows } = await story.db.client.execute("SELECT kind, address FROM deliveries");
      expect(rows).toEqual([{ kind, address: MIA }]);
    },
  );

  test("names its recipients in whatever capitals", async () => {
    const { story, id } = await sentToBela();
    expect(await tell(story, id, bounced("Bills@NORDWIND.example"))).toMatchObject({
      state: "bounced",
      suppressed: true,
    });
  });

  test("that nobody knows is kept, and suppresses nobody", async () => {
    const services = await makeServices();
    expect(await tell(services, "rem_unheard", bounced(BELA))).toEqual({ result: "unknown_mail" });
    expect(await suppressionsOf(services.db)).toEqual([]);
    const { rows } = await services.db.client.execute("SELECT mail_id, address FROM deliveries");
    expect(rows).toEqual([{ mail_id: "rem_unheard", address: BELA }]);
  });
});

describe("events of one mail, in every order and each of them twice", () => {
  const HISTORIES: Record<
    string,
    { told: (a: string, b: string) => Told[]; state: string; counts: string; suppressed: string[] }
  > = {
    "that reached nobody": {
      told: (a, b) => [{ kind: "send" }, bounced(a), bounced(b), { kind: "delivery", address: a }],
      state: "bounced",
      counts: "0",
      suppressed: ["bounce", "bounce"],
    },
    "that somebody complained about": {
      told: (a, b) => [
        bounced(a),
        { kind: "complaint", address: a },
        bounced(b),
        { kind: "delay", address: b },
      ],
      state: "complained",
      counts: "1",
      suppressed: ["complaint", "bounce"],
    },
    "that reached one of two": {
      told: (a, b) => [
        { kind: "delivery", address: a },
        bounced(b),
        { kind: "bounce", address: a, isPermanent: false },
        { kind: "send" },
      ],
      state: "delivered",
      counts: "1",
      suppressed: ["bounce"],
    },
  };
  const ORDERS = permutations([0, 1, 2, 3]);

  test.each(
    Object.keys(HISTORIES).flatMap((name) =>
      ["sent", "unknown", "deferred"].map((first) => [name, first] as const),
    ),
  )("%s come to the same for a reminder that was %s", async (name, first) => {
    const { told, state, counts, suppressed } = HISTORIES[name]!;
    const story = await tellStory({
      at: "2026-03-05T09:00:00Z",
      policy: { stages: [{ ...STAGES[1], offsetDays: 1 }] },
    });
    const refs = ORDERS.map((order) => order.join(""));
    const [a, b] = [(ref: string) => `a${ref}@debtor.example`, (ref: string) => `b${ref}@debtor.example`];
    for (const [address, role] of [
      [a, "billing"],
      [b, "manager"],
    ] as const)
      await story.customers(
        ...refs.map((ref) => ({ ...NORDWIND, ref, contact: { email: address(ref), role } })),
      );
    await story.invoices(...refs.map((ref) => invoice({ number: ref, customerRef: ref })));
    await story.tickOnce();
    if (first !== "sent")
      await story.db.client.execute(`UPDATE reminders SET state = '${first}', sent_at = NULL`);
    if (first === "deferred") await story.db.client.execute("UPDATE reminder_invoices SET counts = 0");
    for (const mail of story.mailer.attempts) {
      const ref = readFakeMail(mail).letter.asked[0]!.number;
      const events = told(a(ref), b(ref)).map((one, i) => ({ ...one, id: `${ref} ${i}` }));
      for (const i of ref)
        for (let twice = 0; twice < 2; twice++) await tell(story, mail.id, events[Number(i)]!);
    }
    const settled_by = first === "sent" ? null : "evidence";
    const reminders = await remindersOf(story.db);
    expect(reminders).toHaveLength(refs.length);
    for (const reminder of reminders) expect(reminder).toMatchObject({ state, counts, settled_by });
    const wanted = refs.flatMap((ref) =>
      suppressed.map((reason, i) => `${suppressed.length === 1 ? b(ref) : [a, b][i]!(ref)} ${reason}`),
    );
    expect(await suppressionsOf(story.db)).toEqual(wanted.sort());
  });
});

function permutations(items: number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
