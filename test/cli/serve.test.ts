import { once } from "node:events";
import { expect, it } from "vitest";
import { openDesk } from "./run-dunwell.ts";

const desk = await openDesk();

it("serves on an empty folder, says where, and ends well when it is told to", async () => {
  const child = desk.start("serve --json", { PORT: "0" });
  const [line] = await once(child.stdout!, "data");
  const { url } = JSON.parse(String(line));
  const health = await fetch(`${url}/healthz`);
  expect(await health.json()).toMatchObject({ ok: true });

  const { port } = new URL(url);
  const second = await desk.run("serve", { PORT: port });
  expect(second.code).toBe(1);
  expect(second.errors).toEqual([expect.stringContaining(`cannot listen on 127.0.0.1:${port}`)]);

  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
}, 40_000);
