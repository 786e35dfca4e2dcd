import type { Stop } from "../../db/world.ts";
import type { Services } from "../../services.ts";
import type { HandOut } from "./hand-out.ts";
import type { Send } from "./send-line.ts";

export type TickOptions = {
  /** At most about so many mails in this run, and so much of each of its other steps; the rest is said to be left. */
  limit?: number;
  /** Who takes what is due and has no room in this run; without it, it stays for the next one. */
  handOut?: HandOut;
  /** This run goes on with the other steps of one that was cut: what is due is in others' hands. */
  isRest?: boolean;
  /** Whoever releases the backlog before the run. */
  confirmBacklog?: { author: string };
  /** The moment is the machine's own, not one that a person gave: a clock that was set back is refused. */
  byMachineClock?: boolean;
  onSend?: (send: Send) => void;
  /** Once it is aborted, what is in hand is finished and nothing more begun: all that stays due. */
  stopping?: AbortSignal;
};

export type TickReport = {
  run: string;
  sent: number;
  /** By reason, decisions that sent nothing; `sent`, `refused`, `deferred` and `unknown` count reminders. */
  counts: Record<string, number>;
  /** Notices that left. */
  notices: number;
  /** Invoices that are still due for a look, and notices that are still to leave. */
  left: number;
  /** Invoices that wait as backlog. */
  backlog: number;
  /** Customers that could not be decided on. */
  failed: number;
  /** Whether some step did what it had room for and more of it waits. */
  isCut: boolean;
  /** A person's word, before or during this run, that nothing leaves. */
  stop: Stop | null;
};

export type Run = {
  services: Services;
  options: TickOptions;
  report: TickReport;
  /** Whether some reminder's outcome is to be settled. */
  isAnyLost: boolean;
  /** At most so much of each step. */
  limit: number;
  /** Mails that may still leave. */
  room: number;
  /** How much released backlog may still leave today, by policy; null before its turn has come. */
  shares: Map<string, number> | null;
  secret: string | null;
};

export function createRun(services: Services, options: TickOptions, id: string): Run {
  const { limit = Number.POSITIVE_INFINITY } = options;
  const report: TickReport = {
    run: id,
    sent: 0,
    counts: {},
    notices: 0,
    left: 0,
    backlog: 0,
    failed: 0,
    isCut: false,
    stop: null,
  };
  return {
    services,
    options,
    report,
    isAnyLost: false,
    limit,
    room: limit,
    shares: null,
    secret: null,
  };
}
