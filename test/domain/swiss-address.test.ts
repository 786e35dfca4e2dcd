import { expect, test } from "vitest";
import { readSwissAddress } from "../../src/domain/swiss-address.ts";

test.each([
  ["Bahnhofstrasse 1, 8001 Zürich", { street: "Bahnhofstrasse 1", zip: "8001", city: "Zürich" }],
  [
    "Acme AG\nRue du Lac 3\nCH-1204 Genève\nSwitzerland",
    { street: "Rue du Lac 3", zip: "1204", city: "Genève" },
  ],
  ["Städtle 12, FL-9490 Vaduz", { street: "Städtle 12", zip: "9490", city: "Vaduz" }],
])("%j is read", (address, parts) => {
  expect(readSwissAddress(address)).toEqual(parts);
});

test.each(["8001 Zürich", "Bahnhofstrasse 1, Zürich", "Hauptstr. 1, 10115 Berlin", ""])(
  "%j is not",
  (address) => {
    expect(readSwissAddress(address)).toBeNull();
  },
);
