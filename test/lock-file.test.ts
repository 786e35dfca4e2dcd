import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

type Locked = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
};

const lock = JSON.parse(await readFile(new URL("../package-lock.json", import.meta.url), "utf8"));
const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const packages = Object.entries(lock.packages as Record<string, Locked>).filter(([path]) => path !== "");

test("every package is locked to its content, and comes from the registry alone", () => {
  const loose = packages.filter(([, { integrity, resolved, link }]) => {
    const isElsewhere = resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/");
    return link || isElsewhere || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "");
  });
  expect(loose.map(([path]) => path)).toEqual([]);
});

test("the manifest names one version of each, and the lock file has that one", () => {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...devDependencies,
    ...optionalDependencies,
  })) {
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
  }
});

test("no package runs anything when it is installed", async () => {
  const settings = await readFile(new URL("../.npmrc", import.meta.url), "utf8");
  expect(settings.split("\n")).toContain("ignore-scripts=true");
});
