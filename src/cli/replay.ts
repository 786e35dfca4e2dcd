import { Command } from "commander";
import { replay } from "../reminders/sending/put-aside.ts";
import type { CliContext } from "./context.ts";
import { count } from "./send-table.ts";

export function replayCommand(context: CliContext): Command {
  return new Command("replay")
    .description(
      "take up again what failed for good in the queue and was put aside: the next tick looks at it",
    )
    .action(async () => {
      const { replayed } = await replay(await context.services());
      if (context.json) context.out(JSON.stringify({ replayed }));
      else context.out(`${count(replayed, "message")} taken up again.`);
    });
}
