import type { Client, InStatement, Transaction } from "@libsql/client";
import type { Db } from "../../db/open.ts";
import type { Services } from "../../services.ts";

/** Does the work for real inside a transaction that is then taken back: the same answers, and nothing stays. */
export async function rehearse<T>(services: Services, work: (services: Services) => Promise<T>): Promise<T> {
  const takenBack = new Error("taken back");
  let result: { value: T } | undefined;
  await services.db
    .write(async (tx) => {
      result = { value: await work({ ...services, db: inside(tx) }) };
      throw takenBack;
    })
    .catch((error) => {
      if (error !== takenBack) throw error;
    });
  return result!.value;
}

function inside(tx: Transaction): Db {
  const client = {
    execute: (statement: InStatement) => tx.execute(statement),
    batch: (statements: InStatement[]) => tx.batch(statements),
  } as unknown as Client;
  return {
    client,
    batch: (statements) => tx.batch(statements),
    write: (work) => work(tx),
    close: () => undefined,
  };
}
