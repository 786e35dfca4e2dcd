/**
 * What a key to the API may do; none includes another.
 * - `read`: how things stand, and why.
 * - `records`: who owes what and what was paid: customers, invoices, payments, documents.
 * - `decide`: what people decide: holds, promises, disputes, plans, approvals, the stop of everything. Letters too, since the link in
 *   one lets its reader answer as the debtor.
 * - `admin`: who the creditor is, whom keys are given to, what is erased, and the outbox.
 */
export const SCOPES = ["read", "records", "decide", "admin"] as const;

export type Scope = (typeof SCOPES)[number];
