import { Command } from "commander";
import { type CivilDay, formatCivilDay } from "../domain/civil-date.ts";
import { routeColleague, routeCustomer } from "../reminders/alerts/route-alerts.ts";
import { dayArgument } from "./arguments.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";

type Routed = Awaited<ReturnType<typeof routeColleague>>;
type Options = {
  customer?: string;
  to?: string;
  deputy?: string;
  from?: CivilDay;
  until?: CivilDay;
  channel?: string;
};

export function routeCommand(context: CliContext): Command {
  return new Command("route")
    .description("say who reads the alerts of a colleague or a customer in Slack")
    .argument("[email]", "the colleague")
    .option("--deputy <email>", "who stands in, on the days given")
    .option("--from <date>", "the deputy's first day", dayArgument)
    .option("--until <date>", "the deputy's last day", dayArgument)
    .option("--channel <id>", "where alerts go while Slack does not know the colleague")
    .option("--customer <reference>", "the customer whose owner's alerts go elsewhere")
    .option("--to <reader>", "a channel's id or a colleague's e-mail address; left out: the owner again")
    .action(async (email: string | undefined, options: Options, command: Command) => {
      const { customer, to, deputy, from, until, channel } = options;
      if ((email === undefined) === (customer === undefined))
        command.error("error: name a colleague or, with --customer, a customer");
      if (new Set([deputy, from, until].map((part) => part === undefined)).size > 1)
        command.error("error: --deputy, --from and --until come together");
      const services = await context.services();
      if (customer !== undefined) {
        const routed = await routeCustomer(services, {
          customerRef: customer,
          to: to ?? null,
          author: author(),
        });
        return context.out(
          context.json
            ? JSON.stringify({ customer, ...routed })
            : `Alerts of ${customer} go to ${routed.to ?? "its owner"}.`,
        );
      }
      const away = deputy === undefined ? undefined : { deputy, from: from!, until: until! };
      const routed = await routeColleague(services, { email: email!, away, channel, author: author() });
      context.out(context.json ? JSON.stringify(toJson(routed)) : describe(routed));
    });
}

function toJson({ email, deputyEmail, awayFrom, awayUntil, teamChannel }: Routed) {
  const day = (on: CivilDay | null) => (on === null ? null : formatCivilDay(on));
  return {
    email,
    deputy: deputyEmail,
    from: day(awayFrom),
    until: day(awayUntil),
    channel: teamChannel,
  };
}

function describe(routed: Routed): string {
  const { email, deputy, from, until, channel } = toJson(routed);
  const who = deputy
    ? `${deputy} stands in for ${email} from ${from} through ${until}`
    : `Nobody stands in for ${email}`;
  return channel ? `${who}; while Slack does not know ${email}, alerts go to ${channel}.` : `${who}.`;
}
