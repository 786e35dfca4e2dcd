import { addAlerts } from "../../db/alerts.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { serviceProblem } from "../alerts/service-problem.ts";

const TOLD_AFTER_MS = 3_600_000;

export type SocketWatch = {
  heard(): void;
  /** Again for every attempt to hear Slack that failed; `reason` is a code. Never throws. */
  deaf(reason: string): Promise<void>;
};

/** Logs once that Slack is no longer heard through the socket, and once that it is again; whoever runs the service is told of an hour of it, once a day. */
export function watchSocket({ db, clock, log }: Pick<Services, "db" | "clock" | "log">): SocketWatch {
  let deafSince: Instant | null = null;
  return {
    heard() {
      if (deafSince !== null) log("info", "slack_socket_back");
      deafSince = null;
    },
    async deaf(reason) {
      const at = clock();
      if (deafSince === null) log("warn", "slack_socket_lost", { reason });
      deafSince ??= at;
      if (at - deafSince < TOLD_AFTER_MS) return;
      const note = `What people press in Slack has not been heard for an hour (${reason}). Please check SLACK_APP_TOKEN, and that Socket Mode is on.`;
      const problem = serviceProblem(`slack_deaf ${Math.floor(at / DAY_MS)}`, note);
      await db.batch([addAlerts([problem], at)]).catch((error) => log("error", "alert_not_kept", { error }));
    },
  };
}
