import type { OpenAPIHono } from "@hono/zod-openapi";
import { except } from "hono/combine";
import { LARGEST_DOCUMENT_BYTES } from "../domain/document.ts";
import type { Services } from "../services.ts";
import { requireAccess, requireScope } from "./access.ts";
import { accessLog } from "./access-log.ts";
import { putApproval } from "./api/approval.ts";
import { postCustomerCall, postInvoiceCall } from "./api/calls.ts";
import { putContactDecision } from "./api/contact-decision.ts";
import { postDispute, putDisputeOutcome, putInvoiceDisputeOutcome } from "./api/disputes.ts";
import { getDocument, getDocuments, postDocument } from "./api/documents.ts";
import { putErasure } from "./api/erasure.ts";
import { getAging } from "./api/get-aging.ts";
import { getCustomer } from "./api/get-customer.ts";
import { getCustomers } from "./api/get-customers.ts";
import { getEvidence } from "./api/get-evidence.ts";
import { getForecast } from "./api/get-forecast.ts";
import { getQueue } from "./api/get-queue.ts";
import { getRuns } from "./api/get-runs.ts";
import { getTimeline } from "./api/get-timeline.ts";
import { getWhy } from "./api/get-why.ts";
import { deleteCustomerHold, deleteInvoiceHold, putCustomerHold, putInvoiceHold } from "./api/holds.ts";
import { getInvoice, getInvoices } from "./api/invoices.ts";
import { deleteKey, getKeys, postKey } from "./api/keys.ts";
import { deleteCustomerLinks } from "./api/links.ts";
import { putNoticeOutcome, putOutcome } from "./api/outcome.ts";
import { postObjection, putAccountCheck, putWarning } from "./api/owner-answers.ts";
import { putPaymentAllocation } from "./api/payment-allocation.ts";
import { deletePlan, postPlan, putPlanDecision } from "./api/plans.ts";
import { postContact } from "./api/post-contact.ts";
import { postPaidReport } from "./api/post-paid-report.ts";
import { postPayment } from "./api/post-payment.ts";
import { deletePromise, postPromise, putPromise, putPromiseDecision } from "./api/promises.ts";
import { putCreditor } from "./api/put-creditor.ts";
import { putCustomer } from "./api/put-customer.ts";
import { putFreshness } from "./api/put-freshness.ts";
import { putInvoice } from "./api/put-invoice.ts";
import { postBacklogRelease } from "./api/release-backlog.ts";
import { getReplies, getReplyMail, putReplyDecision } from "./api/replies.ts";
import { putColleagueRoute, putCustomerRoute } from "./api/routes.ts";
import { postReset, putWaiver } from "./api/stages.ts";
import { deleteStop, putStop } from "./api/stop.ts";
import {
  deleteWebhookEndpoint,
  getWebhookEndpoints,
  getWebhookMessages,
  postWebhookEndpoint,
  postWebhookRedelivery,
} from "./api/webhook-endpoints.ts";
import { browserWords } from "./browser-words.ts";
import { debtorRoutes } from "./debtor.ts";
import { createApi, type Mapped, mount } from "./endpoint.ts";
import { createGuessLimit, limitGuesses } from "./guess-limit.ts";
import { healthz } from "./health.ts";
import { limitBody } from "./limit-body.ts";
import { metricsRoute } from "./metrics.ts";
import { type ApiDescription, describeApi } from "./openapi.ts";
import { outboxRoutes } from "./outbox.ts";
import { noStore, pageHeaders } from "./page-headers.ts";
import { startPage } from "./pages/debtor/gone.ts";
import { docsPage } from "./pages/docs.ts";
import { handleError, handleNotFound } from "./problem.ts";
import type { Runtime } from "./runtime.ts";
import { paymentsWebhook } from "./webhooks/payments.ts";
import { sesWebhook } from "./webhooks/ses.ts";
import { slackWebhook } from "./webhooks/slack.ts";
import { stripeWebhook } from "./webhooks/stripe.ts";

const LARGEST_BODY_BYTES = 256 * 1024;
/** A document of the largest size, and the form around it. */
const LARGEST_UPLOAD_BYTES = LARGEST_DOCUMENT_BYTES + 64 * 1024;
/** SNS posts at most 256 KiB, which grows as JSON within JSON. */
const LARGEST_WEBHOOK_BYTES = 1024 * 1024;
const UPLOADS = "/api/invoices/:number/documents";

/** The API, and which scope each route needs: who may do what, on one page. */
export const API: Mapped[] = [
  ["admin", "put", "/api/creditor", putCreditor],
  ["records", "put", "/api/customers/{ref}", putCustomer],
  ["records", "put", "/api/invoices/{number}", putInvoice],
  ["records", "post", "/api/payments", postPayment],
  ["records", "put", "/api/payments/freshness", putFreshness],
  ["records", "put", "/api/payments/{id}/allocation", putPaymentAllocation],
  ["decide", "put", "/api/invoices/{number}/hold", putInvoiceHold],
  ["decide", "delete", "/api/invoices/{number}/hold", deleteInvoiceHold],
  ["decide", "put", "/api/customers/{ref}/hold", putCustomerHold],
  ["decide", "delete", "/api/customers/{ref}/hold", deleteCustomerHold],
  ["decide", "delete", "/api/customers/{ref}/links", deleteCustomerLinks],
  ["admin", "put", "/api/customers/{ref}/route", putCustomerRoute],
  ["admin", "put", "/api/colleagues/{email}/route", putColleagueRoute],
  ["read", "get", "/api/invoices", getInvoices],
  ["read", "get", "/api/invoices/{number}", getInvoice],
  ["read", "get", "/api/invoices/{number}/timeline", getTimeline],
  ["read", "get", "/api/invoices/{number}/why", getWhy],
  ["records", "post", "/api/invoices/{number}/documents", postDocument],
  ["read", "get", "/api/invoices/{number}/documents", getDocuments],
  ["read", "get", "/api/documents/{id}", getDocument],
  ["decide", "get", "/api/invoices/{number}/evidence", getEvidence],
  ["decide", "post", "/api/invoices/{number}/promises", postPromise],
  ["decide", "put", "/api/promises/{id}/decision", putPromiseDecision],
  ["decide", "put", "/api/promises/{id}", putPromise],
  ["decide", "delete", "/api/promises/{id}", deletePromise],
  ["decide", "post", "/api/invoices/{number}/disputes", postDispute],
  ["decide", "put", "/api/invoices/{number}/disputes/outcome", putInvoiceDisputeOutcome],
  ["decide", "put", "/api/disputes/{id}/outcome", putDisputeOutcome],
  ["decide", "post", "/api/invoices/{number}/plans", postPlan],
  ["decide", "put", "/api/plans/{id}/decision", putPlanDecision],
  ["decide", "delete", "/api/plans/{id}", deletePlan],
  ["decide", "post", "/api/invoices/{number}/paid-reports", postPaidReport],
  ["decide", "put", "/api/contacts/{id}/decision", putContactDecision],
  ["decide", "post", "/api/invoices/{number}/calls", postInvoiceCall],
  ["decide", "post", "/api/customers/{ref}/calls", postCustomerCall],
  ["decide", "put", "/api/invoices/{number}/account-check", putAccountCheck],
  ["decide", "put", "/api/invoices/{number}/warning", putWarning],
  ["decide", "post", "/api/reminders/{id}/objections", postObjection],
  ["records", "post", "/api/customers/{ref}/contacts", postContact],
  ["read", "get", "/api/replies", getReplies],
  ["decide", "get", "/api/replies/{id}/mail", getReplyMail],
  ["decide", "put", "/api/replies/{id}/decision", putReplyDecision],
  ["read", "get", "/api/forecast", getForecast],
  ["read", "get", "/api/aging", getAging],
  ["read", "get", "/api/customers", getCustomers],
  ["read", "get", "/api/customers/{ref}", getCustomer],
  ["read", "get", "/api/queue", getQueue],
  ["read", "get", "/api/runs", getRuns],
  ["decide", "put", "/api/reminders/{id}/approval", putApproval],
  ["decide", "put", "/api/reminders/{id}/outcome", putOutcome],
  ["decide", "put", "/api/notices/{id}/outcome", putNoticeOutcome],
  ["decide", "put", "/api/invoices/{number}/waivers/{stage}", putWaiver],
  ["decide", "post", "/api/invoices/{number}/resets", postReset],
  ["decide", "post", "/api/backlog/release", postBacklogRelease],
  ["admin", "post", "/api/webhook-endpoints", postWebhookEndpoint],
  ["admin", "get", "/api/webhook-endpoints", getWebhookEndpoints],
  ["admin", "delete", "/api/webhook-endpoints/{id}", deleteWebhookEndpoint],
  ["admin", "get", "/api/webhook-messages", getWebhookMessages],
  ["admin", "post", "/api/webhook-messages/{id}/redelivery", postWebhookRedelivery],
  ["decide", "put", "/api/stop", putStop],
  ["decide", "delete", "/api/stop", deleteStop],
  ["admin", "put", "/api/customers/{ref}/erasure", putErasure],
  ["admin", "get", "/api/keys", getKeys],
  ["admin", "post", "/api/keys", postKey],
  ["admin", "delete", "/api/keys/{name}", deleteKey],
];

/** Every route of the product, the same on Node and on Workers. */
export function createApp(services: Services, runtime: Runtime): OpenAPIHono {
  const app = createApi();
  const guesses = runtime.guesses ?? createGuessLimit();
  const limit = limitGuesses(services, { runtime, guesses });
  app.onError(handleError(services.log));
  app.notFound(handleNotFound(app));
  app.use(accessLog(services));
  app.use(pageHeaders(services.settings));
  const opens = requireAccess(services, { runtime, allowsBasic: false });
  const opensInBrowser = requireAccess(services, { runtime, allowsBasic: true });
  app.use("/api/*", noStore, limit, opens);
  app.use("/api/*", except(UPLOADS, limitBody(LARGEST_BODY_BYTES)));
  app.use(UPLOADS, limitBody(LARGEST_UPLOAD_BYTES));
  app.use("/metrics", noStore, limit, opens, requireScope("read"));
  app.use("/outbox/*", noStore, limit, opensInBrowser, requireScope("admin"));

  for (const mapped of API) mount(app, services, mapped);

  app.use("/webhooks/*", noStore, limit, limitBody(LARGEST_WEBHOOK_BYTES));
  app.post("/webhooks/ses", sesWebhook(services));
  app.post("/webhooks/payments", paymentsWebhook(services));
  app.post("/webhooks/slack", slackWebhook(services, runtime));
  app.post("/webhooks/stripe", stripeWebhook(services));
  app.get("/healthz", healthz(services, runtime));
  app.get("/metrics", metricsRoute(services, runtime));
  let description: ApiDescription | undefined;
  const describe = () => {
    description ??= describeApi(app);
    return description;
  };
  app.get("/openapi.json", (c) => c.json(describe()));
  app.get("/docs", (c) => c.html(docsPage(describe())));
  app.on("GET", ["/", "/p", "/p/"], (c) => c.html(startPage(browserWords(c))));
  app.route("/outbox", outboxRoutes(services));
  app.route("/p", debtorRoutes(services, { runtime, guesses }));
  return app;
}
