import type { OpenAPIHono } from "@hono/zod-openapi";

/** The description of the API, OpenAPI 3.1; the reading page is made from it too. */
export function describeApi(api: OpenAPIHono) {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Dunwell",
      version: "1",
      description:
        "Records of who owes what, and what is said to them when. Amounts are decimal strings, dates are ISO 8601, fields are named " +
        "as in the files that are imported. PUT creates, or updates what is named. Errors are problem documents (RFC 9457).",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "Records", description: "What is owed and what was paid" },
      { name: "Holds", description: "Reasons not to remind, each with its last day" },
      {
        name: "Answers",
        description: "What debtors answer: promises, disputes, instalments; and what becomes of it",
      },
      { name: "Reading", description: "How things stand, and why" },
      { name: "Reminders", description: "What leaves, and when" },
      { name: "Alerts", description: "Which of your people reads what, and who stands in" },
      { name: "Keys", description: "Who else may use this, and for what" },
      { name: "Webhooks", description: "Your own systems that are told what happens" },
    ],
  });
}

export type ApiDescription = ReturnType<typeof describeApi>;
