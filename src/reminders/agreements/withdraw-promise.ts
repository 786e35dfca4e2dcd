import { formatCivilDay } from "../../domain/civil-date.ts";
import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { tell } from "./case-news.ts";
import { writeCase } from "./debtor-case.ts";
import { changesOf, endPromise, openPromiseCase, type PromiseOf, storePromises } from "./promise-case.ts";
import { notifyPromises, sharesOf } from "./promise-news.ts";

/**
 * Takes back a promise, open or waiting for finance, with those made together with it; the ladder goes on. The debtor and the
 * account owner are told. Throws `not_found`, and `conflict` for one that has ended.
 */
export async function withdrawPromise(
  services: Services,
  withdrawal: PromiseOf & { name?: string },
): Promise<{ invoices: string[] }> {
  const name = takeLine("name", withdrawal.name, LONGEST_NAME) ?? undefined;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, group } = await openPromiseCase(tx, withdrawal, at);
    const live = group.filter(({ endedAt }) => endedAt === null);
    if (!live.some(({ id }) => id === withdrawal.promiseId)) {
      const { state } = group.find(({ id }) => id === withdrawal.promiseId)!;
      throw new AppError("conflict", `promise ${withdrawal.promiseId} is ${state.replace("_", " ")} already`);
    }
    const wasOpen = live[0]!.state === "open";
    for (const promise of live) endPromise(matter, promise, "withdrawn", { name });
    storePromises(matter, live);
    const { id, on } = live[0]!;
    const sequence = wasOpen ? (await changesOf(tx, id)) + 1 : undefined;
    notifyPromises(matter, "promise_withdrawn", live, { sequence });
    const shares = sharesOf(matter, live);
    tell(matter, { kind: "promise_withdrawn", to: "owner", about: id, shares, note: [formatCivilDay(on)] });
    await writeCase(tx, matter);
    return { invoices: live.map(({ invoiceNumber }) => invoiceNumber) };
  });
}
