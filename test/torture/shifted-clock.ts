import { Server } from "node:net";

// Loaded before a service that goes by another clock than the machine's: it stands at the moment that it is told until the service
// listens, and goes on from there.
const Machine = Date;
const told = Number(process.env.TORTURE_NOW_MS);
let listensAt: number | null = null;

const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...given: unknown[]) {
  listensAt ??= Machine.now();
  return listen.apply(this, given as never);
};

function now(): number {
  return listensAt === null ? told : told + Machine.now() - listensAt;
}

class Shifted extends Machine {
  constructor(...parts: unknown[]) {
    super(...((parts.length === 0 ? [now()] : parts) as [number]));
  }
  static override now(): number {
    return now();
  }
}
globalThis.Date = Shifted as DateConstructor;
