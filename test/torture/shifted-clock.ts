// Loaded before a service that goes by another clock than the machine's: it runs on from the moment that it is told.
const Machine = Date;
const shift = Number(process.env.TORTURE_NOW_MS) - Machine.now();

class Shifted extends Machine {
  constructor(...parts: unknown[]) {
    super(...((parts.length === 0 ? [Machine.now() + shift] : parts) as [number]));
  }
  static override now(): number {
    return Machine.now() + shift;
  }
}
globalThis.Date = Shifted as DateConstructor;
