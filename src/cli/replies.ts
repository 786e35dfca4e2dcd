import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { confirmByMail } from "../reminders/notices/confirm-by-mail.ts";
import { acceptProposal } from "../reminders/replies/accept-proposal.ts";
import { handleReply } from "../reminders/replies/handle-reply.ts";
import {
  openReplies,
  type ProposalLine,
  type ReplyLine,
  replyMail,
} from "../reminders/replies/list-replies.ts";
import { author } from "./author.ts";
import type { CliContext } from "./context.ts";
import { makeFile } from "./whole-file.ts";

type Decision = { author?: string; email?: string };

export function repliesCommand(context: CliContext): Command {
  return new Command("replies")
    .description("the mails that wait for a person, and what is proposed about each")
    .addCommand(listCommand(context), { isDefault: true })
    .addCommand(acceptCommand(context))
    .addCommand(handledCommand(context))
    .addCommand(saveCommand(context));
}

function listCommand(context: CliContext): Command {
  return new Command("list").description("the oldest first").action(async () => {
    const services = await context.services();
    let page = await openReplies(services);
    if (page.replies.length === 0) context.note("no reply waits for a person");
    while (true) {
      const lines = page.replies.flatMap((reply) =>
        context.json ? JSON.stringify(reply) : formatReply(reply),
      );
      for (const line of lines) context.out(line);
      if (page.cursor === null) return;
      page = await openReplies(services, page.cursor);
    }
  });
}

function acceptCommand(context: CliContext): Command {
  return new Command("accept")
    .description("do what is proposed; what the reply held is held no longer")
    .argument("<reply>", "the reply's id")
    .option("--email <address>", "whom to write to instead, where a new address is proposed")
    .option("--author <name>", "who accepts, for the record")
    .action(async (replyId: string, options: Decision) => {
      const services = await context.services();
      const acceptance = { replyId, author: author(options.author), email: options.email };
      const { action } = await acceptProposal(services, { ...acceptance, by: "finance" });
      await confirmByMail(services);
      if (context.json) context.out(JSON.stringify({ reply: replyId, action }));
      else context.out(`Reply ${replyId}: done (${action.replaceAll("_", " ")}).`);
    });
}

function handledCommand(context: CliContext): Command {
  return new Command("handled")
    .description("say that a person answered it; what it held is held no longer")
    .argument("<reply>", "the reply's id")
    .option("--author <name>", "who answered, for the record")
    .action(async (replyId: string, options: Decision) => {
      await handleReply(await context.services(), { replyId, author: author(options.author) });
      if (context.json) context.out(JSON.stringify({ reply: replyId, action: null }));
      else context.out(`Reply ${replyId} is handled.`);
    });
}

function saveCommand(context: CliContext): Command {
  return new Command("save")
    .description("write the mail into a file, byte for byte as it came")
    .argument("<reply>", "the reply's id")
    .requiredOption("--out <file>", "where to; a file that is there stays")
    .action(async (replyId: string, { out }: { out: string }) => {
      const mail = await replyMail(await context.services(), replyId);
      const advice = "give another name";
      await makeFile(out, { replaces: false, advice }, (path) => writeFile(path, mail));
      context.note(`written to ${out}`);
    });
}

function formatReply(reply: ReplyLine): string[] {
  const { reply: id, received_at, customer_ref, from, sender, sentence, invoices, proposal } = reply;
  const who = `${from ?? "nobody"}${sender === "failed" ? " (may be forged)" : ""}`;
  const about = [customer_ref ?? "nobody on record", ...invoices].join(" ");
  return [
    `${id}  ${received_at.slice(0, 16).replace("T", " ")}  ${who}  ${about}`,
    `  “${sentence}”`,
    ...(proposal ? [`  proposed: ${describe(proposal)}`] : []),
  ];
}

function describe({ action, on, invoices, email }: ProposalLine): string {
  const about = invoices.map(({ invoice_number, amount }) =>
    [invoice_number, amount].filter(Boolean).join(" "),
  );
  return [action.replaceAll("_", " "), on, email, about.join(", ")].filter(Boolean).join(" · ");
}
