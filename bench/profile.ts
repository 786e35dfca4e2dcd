import { Session } from "node:inspector/promises";
import type { Section } from "./table.ts";

const SHOWN = 14;

/** Where the processor is while this runs: self time by package, and by file for our own. */
export async function profileOf(work: () => Promise<unknown>): Promise<Section> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await work();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const places = new Map(
    profile.nodes.map(({ id, callFrame }) => [id, placeOf(callFrame.url, callFrame.functionName)]),
  );
  const spent = new Map<string, number>();
  profile.samples!.forEach((id, i) => {
    const place = places.get(id)!;
    spent.set(place, (spent.get(place) ?? 0) + profile.timeDeltas![i]!);
  });
  spent.delete("(idle)");
  const total = [...spent.values()].reduce((sum, micros) => sum + micros, 0);
  const sorted = [...spent].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return {
    title: "where the processor is meanwhile (self time on the main thread)",
    rows: sorted.map(([what, micros]) => ({ what, measured: `${((micros / total) * 100).toFixed(1)} %` })),
  };
}

function placeOf(url: string, name: string): string {
  if (url === "") return name.startsWith("(") ? name : "(engine)";
  const packages = url.split("/node_modules/");
  if (packages.length > 1) {
    const [scope, second] = packages.at(-1)!.split("/");
    return scope!.startsWith("@") ? `${scope}/${second}` : scope!;
  }
  const own = /\/((?:src|bench)\/.+)$/.exec(url);
  return own ? own[1]! : url.startsWith("node:") ? url.replace(/^(node:(?:internal\/)?[^/]+).*/, "$1") : url;
}
