import type { Profiler } from "node:inspector";
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
  const places = placesOf(profile.nodes);
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

/** Each node's place in the program; what Node and the engine do counts for whoever asked for it. */
function placesOf(nodes: Profiler.ProfileNode[]): Map<number, string> {
  const places = new Map<number, string>();
  const askers = new Map<number, number>();
  // A caller comes before what it calls.
  for (const { id, callFrame, children = [] } of nodes) {
    for (const child of children) askers.set(child, id);
    const asker = places.get(askers.get(id) ?? 0);
    const { url, functionName } = callFrame;
    const isEngine = functionName.startsWith("(") && functionName !== "(root)";
    places.set(id, isEngine ? functionName : (placeOf(url) ?? asker ?? "Node itself"));
  }
  return places;
}

function placeOf(url: string): string | undefined {
  const packages = url.split("/node_modules/");
  if (packages.length > 1) {
    const [scope, second] = packages.at(-1)!.split("/");
    return scope!.startsWith("@") ? `${scope}/${second}` : scope;
  }
  return /\/((?:src|bench)\/.+)$/.exec(url)?.[1];
}
