import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatCivilDay, parseCivilDay } from "../../src/domain/civil-date.ts";
import { readReply } from "../../src/domain/reply/read-reply.ts";

type Labelled = { text: string; kind: string; on?: string; amount?: string };

const FOLDER = new URL("./labelled/", import.meta.url);
const WRITTEN_ON = parseCivilDay("2026-11-19")!;
const setting = { writtenOn: WRITTEN_ON, offsetMinutes: 60 };

describe("the replies written without sight of the rules", () => {
  it("are nine of ten understood, now that they have served", () => {
    const folder = new URL("./blind/", import.meta.url);
    const replies = readdirSync(folder).flatMap((file): Labelled[] =>
      JSON.parse(readFileSync(new URL(file, folder), "utf8")),
    );
    const right = replies.filter(({ text, kind }) => readReply(text, setting).kind === kind);
    expect(right.length / replies.length).toBeGreaterThan(0.9);
  });
});

describe("the labelled replies", () => {
  for (const file of readdirSync(FOLDER)) {
    it(`understands nine of ten in ${file}, the kept back half counted alone too`, () => {
      const labelled: Labelled[] = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
      expect(labelled.length).toBeGreaterThanOrEqual(40);
      const isRight = ({ text, kind }: Labelled) => readReply(text, setting).kind === kind;
      const keptBack = labelled.filter((_, index) => index % 2 === 1);
      expect(labelled.filter(isRight).length / labelled.length).toBeGreaterThan(0.9);
      expect(keptBack.filter(isRight).length / keptBack.length).toBeGreaterThan(0.9);
    });
  }
});

describe("a promise", () => {
  it("is dated from the day of writing, with amount and currency, in the sentence that says so", () => {
    const read = readReply(
      "Sorry for the delay. We will pay EUR 1,200.00 next Friday. Have a good day.",
      setting,
    );
    expect(read).toMatchObject({
      kind: "promise",
      sentence: "We will pay EUR 1,200.00 next Friday.",
      promise: { on: parseCivilDay("2026-11-27"), amount: "1200.00", currency: "EUR" },
    });
  });

  it("of no day is less sure than one of a day", () => {
    const vague = readReply("We will pay soon.", setting);
    const dated = readReply("We will pay on Friday.", setting);
    expect(vague).toMatchObject({ kind: "promise", promise: { on: null } });
    expect(vague.confidence).toBeLessThan(dated.confidence - 0.1);
  });

  it("of a day that has passed is none", () => {
    expect(readReply("We will pay on 12 November.", setting).kind).not.toBe("promise");
  });

  it("takes its day from the next sentence where its own names none", () => {
    const { promise } = readReply("We will transfer the money. You should see it on 27 November.", setting);
    expect(formatCivilDay(promise!.on!)).toBe("2026-11-27");
  });

  it("takes the day the money moves on, not that of something else", () => {
    const days = [
      "Signed off on Friday, so the transfer leaves on the 30th.",
      "The run on the 1st is closed, so you are in the batch of 30 November.",
    ].map((text) => formatCivilDay(readReply(text, setting).promise!.on!));
    expect(days).toEqual(["2026-11-30", "2026-11-30"]);
  });

  it("is none where somebody will say, ask or look on a day", () => {
    for (const text of [
      "I'll let you know on Friday when it will be paid.",
      "Ich frage am Montag nach, wann überwiesen wird.",
      "Je vous dirai lundi quand le paiement partira.",
      "下周一我问问会计什么时候能付",
    ]) {
      expect(readReply(text, setting).kind).toBe("other");
    }
  });

  it("guessed from money and a day alone is left to a person", () => {
    const { kind, confidence } = readReply("下周会走账的", setting);
    expect(kind).toBe("promise");
    expect(confidence).toBeLessThan(0.75);
  });

  it("taken back by a not is none", () => {
    for (const text of [
      "We have not paid yet.",
      "这笔款尚未付款。",
      "Die Rechnung ist noch nicht bezahlt.",
    ]) {
      expect(readReply(text, setting).kind).toBe("other");
    }
  });
});

describe("a payment", () => {
  it("on a weekday alone is over where nothing speaks of the future", () => {
    expect(readReply("This was paid on Monday from our other account.", setting).kind).toBe("paid");
    expect(readReply("This will be paid on Monday from our other account.", setting).kind).toBe("promise");
  });

  it("of a day to come is none yet", () => {
    expect(readReply("Die Rechnung ist zum 30.11. zur Zahlung angewiesen.", setting).kind).not.toBe("paid");
  });
});

it("two numbers, one that came and one that was billed, are a dispute, whatever was counted", () => {
  for (const text of [
    "We had 7 gizmos from you and were charged for 9.",
    "Gekommen sind 7 Dingsda, berechnet wurden 9.",
    "你们送来7个,发票开的是9个",
  ]) {
    expect(readReply(text, setting).kind).toBe("dispute");
  }
});

it("a few words are enough to tell the language", () => {
  expect(readReply("Zahlung erfolgt in KW 49.", setting)).toMatchObject({ language: "de", kind: "promise" });
});
