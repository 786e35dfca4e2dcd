import { isIdOf } from "../../domain/ids.ts";
import { confirmContact } from "../../reminders/agreements/confirm-contact.ts";
import { declineContact } from "../../reminders/agreements/decline-contact.ts";
import { correctContact as putRight } from "../../reminders/records/correct-contact.ts";
import { handleReply } from "../../reminders/replies/handle-reply.ts";
import type { AnswerListener } from "../press.ts";
import { decision } from "./decision.ts";

export const confirmNamed = decision((services, { id, author }) => confirmContact(services, { id, author }));

export const leaveNamed = decision((services, { id, author }) => declineContact(services, { id, author }));

/** An address to write to from now on; a reply that asked for it is handled by that. */
export const correctContact: AnswerListener = {
  fields: () => [
    { id: "email", type: "email" },
    { id: "name", type: "line", isOptional: true },
  ],
  async act(services, { alert: { payload, about }, answerer: { author }, values }) {
    const { email = "", name } = values;
    await putRight(services, { customerRef: payload.customer!.ref, to: { email, name }, author });
    if (about !== null && isIdOf("rpl", about)) await handleReply(services, { replyId: about, author });
  },
};
