import { expect, test } from "vitest";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { invoice, NORDWIND } from "../support/cast.ts";
import { tellStory } from "../support/story.ts";

const STAGES = [
  { key: "kind", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  { key: "firm", offsetDays: 20, template: "overdue-30", to: ["billing"] },
];
const RULES = {
  freshnessDays: null,
  minContactGapDays: 0,
  calendar: { days: ["mon", "tue", "wed", "thu", "fri"], from: "00:00", until: "24:00" },
};

test("a ladder that lost the stage which left goes on with a sterner one, never with a softer", async () => {
  const story = await tellStory({ at: "2026-03-04T10:00:00Z", policy: { ...RULES, stages: STAGES } });
  await story.invoices(invoice({ number: "A1" }));
  expect(await story.walk("2026-03-25")).toEqual({
    "2026-03-05": ["NORDWIND kind A1"],
    "2026-03-24": ["NORDWIND firm A1"],
  });
  const stages = [
    { key: "soft", offsetDays: 2, template: "overdue-3", to: ["billing"] },
    { key: "softer_than_firm", offsetDays: 20, template: "overdue-3", to: ["billing"] },
    { key: "last", offsetDays: 40, template: "formal-notice", to: ["billing"] },
  ];
  await applyPolicy(story, { name: "standard", ...RULES, stages });
  story.clock.advance({ days: 1 });
  expect(await story.walk("2026-04-20")).toEqual({ "2026-04-13": ["NORDWIND last A1"] });
});

test("a customer that changes from the shipped policy to its own goes on from where it was", async () => {
  const story = await tellStory({ at: "2026-03-04T10:00:00Z" });
  await story.invoices(invoice({ number: "A1" }));
  expect(await story.walk("2026-04-08")).toEqual({
    "2026-03-09": ["NORDWIND overdue_3 A1"],
    "2026-04-07": ["NORDWIND overdue_30 A1"],
  });
  const last = { key: "last", offsetDays: 50, template: "formal-notice", to: ["billing"] };
  await applyPolicy(story, { name: "own", ...RULES, stages: [...STAGES, last] });
  await story.customers({ ...NORDWIND, policy: "own" });
  story.clock.advance({ days: 1 });
  expect(await story.walk("2026-05-05")).toEqual({ "2026-04-23": ["NORDWIND last A1"] });
});
