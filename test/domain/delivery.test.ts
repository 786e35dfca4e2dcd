import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DELIVERY_KINDS,
  type DeliveryEvent,
  isFaultOfMail,
  stateByEvents,
  suppressionBy,
} from "../../src/domain/delivery.ts";

const [ANNA, BELA] = ["anna@nordwind.example", "bela@nordwind.example"] as const;

let count = 0;
function event(overrides: Partial<DeliveryEvent>): DeliveryEvent {
  const plain = {
    mailId: "rem_1",
    kind: "send",
    address: null,
    isPermanent: null,
    detail: null,
    at: 0,
  } as const;
  return { id: `e${++count}`, ...plain, ...overrides };
}
const bounce = (address: string, isPermanent: boolean | null = true) =>
  event({ kind: "bounce", address, isPermanent });
const delivery = (address: string) => event({ kind: "delivery", address });
const complaint = (address: string) => event({ kind: "complaint", address });

describe("what became of a mail to two people", () => {
  test.each([
    ["is not told by no event", [], null],
    ["it left, says its sending", [event({})], "sent"],
    ["it left, says a delay", [event({ kind: "delay", address: ANNA })], "sent"],
    ["it reached nobody where both bounced for now", [bounce(ANNA, false), bounce(BELA, false)], "bounced"],
    [
      "it reached nobody where one is lost, one bounced for now",
      [bounce(ANNA), bounce(BELA, false)],
      "bounced",
    ],
    ["it may still arrive where one bounced for now", [bounce(ANNA, false)], "sent"],
    ["a delivery undoes a bounce for now", [bounce(ANNA, false), bounce(BELA), delivery(ANNA)], "delivered"],
    ["auto-replies say nothing", [bounce(ANNA, null), bounce(BELA, null)], "sent"],
    ["it may still arrive where one is lost", [bounce(ANNA)], "sent"],
    ["it arrived where one has it", [delivery(ANNA), bounce(BELA)], "delivered"],
    ["it reached nobody where both bounced", [bounce(ANNA), bounce(BELA)], "bounced"],
    ["a delivery does not undo a bounce", [bounce(ANNA), bounce(BELA), delivery(ANNA)], "bounced"],
    ["it reached nobody where the provider rejected it", [event({}), event({ kind: "reject" })], "bounced"],
    ["it reached nobody where it could not be rendered", [event({ kind: "rendering_failure" })], "bounced"],
    ["somebody who complained has it", [complaint(ANNA), bounce(BELA)], "complained"],
    [
      "a complaint outdoes a bounce of the same address",
      [bounce(ANNA), bounce(BELA), complaint(BELA)],
      "complained",
    ],
    ["addresses differ by more than capitals", [bounce("Anna@Nordwind.example"), bounce(BELA)], "bounced"],
    ["nobody else's bounce counts", [bounce("carl@nordwind.example"), delivery(ANNA)], "delivered"],
  ])("%s", (_, events, state) => {
    expect(stateByEvents([ANNA, BELA], events)).toBe(state);
  });

  test("is the same in whatever order it is told, and told twice", () => {
    const any = fc.record({
      kind: fc.constantFrom(...DELIVERY_KINDS),
      address: fc.constantFrom(ANNA, BELA, null),
      isPermanent: fc.constantFrom(true, false, null),
    });
    const told = fc.array(any.map(event), { maxLength: 8 });
    fc.assert(
      fc.property(told, fc.infiniteStream(fc.nat()), (events, order) => {
        const shuffled = events.map((one) => ({ one, place: order.next().value! }));
        const mixed = shuffled.sort((a, b) => a.place - b.place).map(({ one }) => one);
        const state = stateByEvents([ANNA, BELA], events);
        expect(stateByEvents([BELA, ANNA], mixed)).toBe(state);
        expect(stateByEvents([ANNA, BELA], [...mixed, ...events])).toBe(state);
      }),
    );
  });
});

test("an international domain is the same as mail servers spell it", () => {
  const told = [event({ kind: "delivery", address: "rechnung@xn--mller-kva.example" })];
  expect(stateByEvents(["Rechnung@Müller.example"], told)).toBe("delivered");
});

describe("an address is suppressed", () => {
  test.each([
    ["by a bounce for good", bounce(ANNA), "bounce"],
    ["by a complaint", complaint(ANNA), "complaint"],
    ["not by a bounce for a while", bounce(ANNA, false), null],
    ["not by a rejection, which is the mail's own fault", event({ kind: "reject", address: ANNA }), null],
    ["not where none is named", event({ kind: "bounce", isPermanent: true }), null],
  ])("%s", (_, told, reason) => {
    expect(suppressionBy(told)).toBe(reason);
  });
});

test("a mail is at fault itself where the provider rejects it", () => {
  const faults = DELIVERY_KINDS.filter((kind) => isFaultOfMail(event({ kind })));
  expect(faults).toEqual(["reject", "rendering_failure"]);
});
