import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { searchPieces, searchText, similarity } from "../../src/domain/search.ts";

describe("what is typed", () => {
  it("is compared in small letters, with one space between words", () => {
    expect(searchText("  Nordwind\tHANDEL ")).toBe("nordwind handel");
  });

  it("is cut so that a slip leaves a part of each word", () => {
    expect(searchPieces("nordwind")).toEqual(["nor", "dw", "ind"]);
    expect(searchPieces("华悦贸易")).toEqual(["华悦", "贸易"]);
    expect(searchPieces("%_*")).toEqual([]);
  });

  test("a name with one letter of a long word left out shares a part with it", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{7,20}$/), fc.nat(19), (word, at) => {
        const typed = word.slice(0, at % word.length) + word.slice((at % word.length) + 1);
        return searchPieces(typed).some((piece) => word.includes(piece));
      }),
    );
  });
});

describe("similarity", () => {
  it.each([
    ["nordwind", "Nordwind Handel", 1],
    ["nordw", "Nordwind Handel", 0.9],
    ["华悦", "华悦贸易有限公司", 0.9],
  ])("of %s to %s is %d", (typed, name, score) => {
    expect(similarity(typed, name)).toBeCloseTo(score);
  });

  it("is higher for the name that is meant than for another", () => {
    for (const typed of ["nordwnd handl", "nrodwind", "nordwint"]) {
      expect(similarity(typed, "Nordwind Handel")).toBeGreaterThan(0.5);
      expect(similarity(typed, "Südstern Transport")).toBeLessThan(0.5);
    }
  });

  test("lies between 0 and 1", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (typed, name) => {
        const score = similarity(typed, name);
        return score >= 0 && score <= 1;
      }),
    );
  });
});
