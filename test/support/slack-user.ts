import { createHmac } from "node:crypto";
import type { Block, SlackPost, SlackStandIn } from "./slack-stand-in.ts";

export const SIGNING_SECRET = "signing-secret-of-a-test-app";

/** Sends a request of Slack's to the service. */
export type Send = (body: string, headers: Record<string, string>) => Promise<Response>;

type Element = { type: string; action_id: string; value?: string; text: { text: string } };

let triggers = 0;

/** Drives the app as Slack does when people press, fill in and type. */
export function createSlackUser(slack: SlackStandIn, { send, now }: { send: Send; now: () => number }) {
  let last: { body: string; headers: Record<string, string> };
  const deliver = (body: string, headers: Record<string, string>) => {
    last = { body, headers: { ...signed(body, now()), ...headers } };
    return send(last.body, last.headers);
  };
  const interact = (payload: Record<string, unknown>, headers = {}) =>
    post({ payload: JSON.stringify(payload) }, headers);
  const post = (form: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(form).toString();
    return deliver(body, { "content-type": FORM, ...headers });
  };
  return {
    post,
    interact,
    /** An event, as JSON. */
    event(event: Record<string, unknown>, headers: Record<string, string> = {}) {
      return deliver(JSON.stringify(event), { "content-type": "application/json", ...headers });
    },
    /** The last request once more, as Slack does that had no answer. */
    again: (headers: Record<string, string>) => send(last.body, { ...last.headers, ...headers }),
    /** Presses the button of this action in a message. */
    press(userId: string, message: SlackPost, action: string) {
      return interact(pressOf(userId, message, buttonOf(message, action), `trigger-${++triggers}`));
    },
    /** Presses the button of this action in what one person alone sees: an answer, the Home, or the page that was opened last. */
    pressAlone(userId: string, where: "answer" | "home" | "page", action: string) {
      const shown = {
        answer: slack.responses.at(-1),
        home: slack.homes.get(userId),
        page: slack.views.at(-1)?.view,
      };
      const button = buttonOf(shown[where] as { blocks: Block[] }, action);
      const place = {
        answer: {
          container: { type: "message", is_ephemeral: true },
          channel: { id: "C0SALES" },
          response_url: `${slack.url}responses`,
        },
        home: { container: { type: "view" }, view: { id: "VHOME", type: "home" } },
        page: { container: { type: "view" }, view: { id: `V${slack.views.length}`, type: "modal" } },
      };
      const {
        channel: _,
        message: __,
        response_url: ___,
        ...press
      } = pressOf(userId, POST, button, `trigger-${++triggers}`);
      return interact({ ...press, ...place[where] });
    },
    /** Opens the app's Home. */
    openHome(userId: string) {
      const event = {
        type: "app_home_opened",
        user: userId,
        tab: "home",
        channel: userId.replace(/^U/, "D"),
      };
      const envelope = { type: "event_callback", team_id: "T1", event_id: `EvHome${++triggers}`, event };
      return deliver(JSON.stringify(envelope), { "content-type": "application/json" });
    },
    /** Types `/dunwell` and this, in a channel to which the app does not belong. */
    command(userId: string, text: string) {
      const response_url = `${slack.url}responses`;
      const trigger_id = `trigger-${++triggers}`;
      return post({
        command: "/dunwell",
        text,
        user_id: userId,
        team_id: "T1",
        channel_id: "C0SALES",
        response_url,
        trigger_id,
      });
    },
    /** Sends the form that was opened last, with these values by field. */
    submit(userId: string, values: Record<string, string>) {
      const { view, over = null } = slack.views.at(-1)!;
      const id = `V${slack.views.length}`;
      const state = { values: stateOf(view.blocks as InputBlock[], values) };
      return interact({
        type: "view_submission",
        team: { id: "T1" },
        user: { id: userId },
        trigger_id: `trigger-${++triggers}`,
        view: { ...view, id, previous_view_id: over, hash: "1.a", state },
      });
    },
  };
}

const FORM = "application/x-www-form-urlencoded";

export function signed(body: string, now: number, secret = SIGNING_SECRET): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hash}` };
}

export function buttonsOf({ blocks }: Pick<SlackPost, "blocks">): Element[] {
  const elements = blocks.flatMap(
    ({ elements = [], accessory = [] }) => [elements, accessory].flat() as Element[],
  );
  return elements.filter(({ type }) => type === "button");
}

function buttonOf(shown: Pick<SlackPost, "blocks">, action: string): Element {
  const button = buttonsOf(shown).find(({ action_id }) => action_id === action);
  if (!button) throw new Error(`no button ${action} in: ${JSON.stringify(shown.blocks)}`);
  return button;
}

const POST: SlackPost = { channel: "", text: "", blocks: [], ts: "1" };

function pressOf(userId: string, message: SlackPost, button: Element, triggerId: string) {
  const { channel, ts, threadTs } = message;
  return {
    type: "block_actions",
    team: { id: "T1", domain: "acme" },
    user: { id: userId, username: "somebody", team_id: "T1" },
    api_app_id: "A1",
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
    trigger_id: triggerId,
    channel: { id: channel, name: "directmessage" },
    message: { type: "message", ts, thread_ts: threadTs },
    response_url: "https://hooks.slack.invalid/actions/T1/1/x",
    actions: [{ ...button, block_id: "b", action_ts: ts }],
  };
}

type InputBlock = { block_id: string; element: { type: string; action_id: string } };

function stateOf(blocks: InputBlock[], values: Record<string, string>) {
  return Object.fromEntries(
    blocks.map(({ block_id, element: { type, action_id } }) => {
      const value = values[block_id] ?? null;
      const said =
        type === "datepicker"
          ? { selected_date: value }
          : type === "static_select"
            ? { selected_option: value && { value } }
            : { value };
      return [block_id, { [action_id]: { type, ...said } }];
    }),
  );
}
