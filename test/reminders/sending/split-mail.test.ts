import { expect, test } from "vitest";
import { sendNotices } from "../../../src/reminders/notices/send-notices.ts";
import { invoice, NORDWIND } from "../../support/cast.ts";
import { bounced, remindersOf, suppressionsOf, tell } from "../../support/deliveries.ts";
import { noticesOf, planNotice, reminded } from "../../support/notices.ts";
import { ledgerOf } from "../../support/stored.ts";
import { tellStory } from "../../support/story.ts";

const BELA = "bills@nordwind.example";
const MIA = "mia@nordwind.example";
const MANAGER = { ...NORDWIND, contact: { name: "Mia", email: MIA, role: "manager" as const } };
const TAKEN = { kind: "accepted", providerId: "ses-1", messageId: "<ses-1@mail.example>" } as const;

test("a reminder that one was taken for counts for that one: the open address stands in the ledger, in no good or bad light", async () => {
  const stages = [{ key: "firm", offsetDays: 1, template: "overdue-30", to: ["billing", "manager"] }];
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages } });
  await story.customers(MANAGER);
  await story.invoices(invoice({ number: "A" }));
  story.mailer.answer({ ...TAKEN, openAddresses: [MIA] });
  await story.tickOnce();
  const [reminder] = await remindersOf(story.db);
  expect(reminder).toMatchObject({ state: "sent", recipients: JSON.stringify([BELA]) });
  expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
    kind: "reminder_sent",
    data: { open_addresses: [MIA] },
  });
  expect(await suppressionsOf(story.db)).toEqual([]);
  await tell(story, reminder!.id, bounced(BELA));
  expect(await remindersOf(story.db)).toMatchObject([{ state: "bounced" }]);
});

test("a notice that one was taken for names the other in the ledger", async () => {
  const story = await reminded();
  await planNotice(story);
  story.mailer.answer({ ...TAKEN, openAddresses: [BELA] });
  await sendNotices(story);
  expect(await noticesOf(story.db)).toMatchObject([{ state: "sent", recipients: "[]" }]);
  const { data } = (await ledgerOf(story.db, "A")).findLast(({ kind }) => kind === "notice_sent")!;
  expect(data).toMatchObject({ to: [], open_addresses: [BELA] });
});
