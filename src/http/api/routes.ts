import { z } from "@hono/zod-openapi";
import { routeColleague, routeCustomer } from "../../reminders/alerts/route-alerts.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf } from "./fields.ts";
import { answers, customerParams, isoDate, jsonBody } from "./schemas.ts";

const reader = z
  .string()
  .nullable()
  .openapi({ description: "A channel's id or a colleague's e-mail address; null: the owner." });
const customerBody = z.strictObject({ to: reader }).openapi("CustomerRouteBody");

export const putCustomerRoute = endpoint(
  {
    summary: "Says who reads what a customer's owner would read in Slack",
    tags: ["Alerts"],
    request: { params: customerParams, body: jsonBody(customerBody) },
    responses: { 200: answers("From now on", z.object({ to: reader })) },
  },
  (services) => async (c) => {
    const route = { customerRef: c.req.valid("param").ref, ...c.req.valid("json"), author: c.get("author") };
    return c.json(await routeCustomer(services, route), 200);
  },
);

const colleagueBody = z
  .strictObject({
    away: z
      .strictObject({ deputy: z.string(), from: isoDate, until: isoDate })
      .nullish()
      .openapi({ description: "Who stands in, on these days, both included." }),
    channel: z.string().nullish().openapi({
      description: "The id of the team's channel, for as long as Slack does not know the colleague.",
    }),
  })
  .openapi("ColleagueRouteBody");

export const putColleagueRoute = endpoint(
  {
    summary: "Says who stands in for a colleague, and where the team reads",
    tags: ["Alerts"],
    request: { params: z.object({ email: z.string() }), body: jsonBody(colleagueBody) },
    responses: { 204: { description: "Noted, in the place of what was said before" } },
  },
  (services) => async (c) => {
    const { away, channel } = c.req.valid("json");
    await routeColleague(services, {
      email: c.req.valid("param").email,
      away: away
        ? {
            deputy: away.deputy,
            from: dayOf("away.from", away.from),
            until: dayOf("away.until", away.until),
          }
        : undefined,
      channel: channel ?? undefined,
      author: c.get("author"),
    });
    return c.body(null, 204);
  },
);
