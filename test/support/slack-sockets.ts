import type { Server } from "node:http";
import { WebSocketServer } from "ws";

export type SlackSockets = ReturnType<typeof openSockets>;

let envelopes = 0;

/** Slack's end of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode */
export function openSockets(server: Server) {
  const sockets = new WebSocketServer({ server, path: "/socket" });
  const acknowledged = new Set<string>();
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => acknowledged.add(JSON.parse(String(data)).envelope_id));
    socket.send(JSON.stringify({ type: "hello", num_connections: 1 }));
  });
  const tell = (message: object) => {
    for (const socket of sockets.clients) socket.send(JSON.stringify(message));
  };
  return {
    acknowledged,
    /** How many are connected. */
    count: () => sockets.clients.size,
    /** Sends an event; answers the envelope's id. */
    sendEvent(event: Record<string, unknown>): string {
      const envelope_id = `envelope-${++envelopes}`;
      const payload = { type: "event_callback", event_id: `Ev${envelopes}`, team_id: "T1", event };
      tell({ type: "events_api", envelope_id, accepts_response_payload: false, payload });
      return envelope_id;
    },
    /** As Slack does every few hours. */
    refresh: () => tell({ type: "disconnect", reason: "refresh_requested" }),
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}
