import { revokeLinks } from "../../reminders/links/revoke-links.ts";
import { endpoint } from "../endpoint.ts";
import { customerParams } from "./schemas.ts";

export const deleteCustomerLinks = endpoint(
  {
    summary: "Closes every link to the customer's page that was made until now",
    tags: ["Records"],
    request: { params: customerParams },
    responses: { 204: { description: "Those links open nothing any more" } },
  },
  (services) => async (c) => {
    await revokeLinks(services, { customerRef: c.req.valid("param").ref, author: c.get("author") });
    return c.body(null, 204);
  },
);
