import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Patch = { file: string; find: string; replace: string };
type Break = {
  /** The columns of the auditor that have to say so. */
  reportedAs: string[];
  patches: Patch[];
};

const VERSION_GUARD: Patch = {
  file: "src/db/claims.ts",
  find: "ON c.id = j.value->>1 AND c.facts_version = j.value->>2",
  replace: "ON c.id = j.value->>1",
};
const BALANCE_GUARD: Patch = {
  file: "src/db/claims.ts",
  find: "AND (i.status <> 'open' OR i.balance_minor <> x.balance_minor)",
  replace: "AND false",
};

const ONCE_GUARD: Patch = {
  file: "src/db/migrations.generated.ts",
  find: "CREATE UNIQUE INDEX `reminder_invoices_stage_once`",
  replace: "CREATE INDEX `reminder_invoices_stage_once`",
};

/** What the auditor has to notice: each takes away one guard, or all of those of which any one is enough. */
export const BREAKS: Record<string, Break> = {
  // Two ticks at once each claim what both decided on: the version of the customer's facts, and a stage once per invoice.
  "claim-once": { reportedAs: ["sent twice"], patches: [VERSION_GUARD, ONCE_GUARD] },
  // What changes between the decision and the claim: the version, and the balance read again.
  "claim-balance": { reportedAs: ["sent after payment"], patches: [VERSION_GUARD, BALANCE_GUARD] },
  lease: {
    reportedAs: ["unknown left"],
    patches: [edit("db/reminder-outcomes.ts", 'NOT BETWEEN ?1 AND ?2)"', '< ?1 - ?2)"')],
  },
  "resend-unknown": {
    reportedAs: ["sent twice"],
    patches: [
      edit(
        "reminders/outcomes/settle-unknown.ts",
        'moveStatements(reminder, "unknown",',
        'moveStatements(reminder, "failed",',
      ),
    ],
  },
  "resend-unanswered": {
    reportedAs: ["sent twice"],
    patches: [
      edit(
        "email/ses-outcome.ts",
        'return { kind: "unknown", code: systemCode ?? code, detail };',
        'return { kind: "deferred", code, detail, isQuota: false, isThrottled: false };',
      ),
    ],
  },
  gap: {
    reportedAs: ["inside a gap"],
    patches: [edit("domain/decide.ts", "if (contactFrom > today) blockers", "if (false) blockers")],
  },
  tone: {
    reportedAs: ["tone fell"],
    patches: [
      edit("domain/stage-due.ts", "index = sternestDone(invoice, policy) + 1; index", "index = 0; index"),
      edit(
        "domain/stage-due.ts",
        "const stage = policy.stages[index]!;",
        "const stage = policy.stages[index]!; if (invoice.steps.some((step) => step.stage === stage.key)) continue;",
      ),
      edit("domain/stage-due.ts", "const hasLapsed = today >= dueOn ||", "const hasLapsed ="),
    ],
  },
  approval: {
    reportedAs: ["unapproved"],
    patches: [edit("domain/decide.ts", "if (next.stage.approval && !world", "if (false && !world")],
  },
  hold: {
    reportedAs: ["while held"],
    patches: [edit("domain/decide.ts", "if (isShare && dues.askedMinor > 0) continue;", "continue;")],
  },
  hours: {
    reportedAs: ["out of hours"],
    patches: [edit("domain/decide.ts", "else if (!calendar.isOpenAt(at)) {", "else if (false) {")],
  },
  suppression: {
    reportedAs: ["to suppressed"],
    patches: [edit("db/facts.ts", "isSuppressed: Number(row.suppressed) === 1", "isSuppressed: false")],
  },
  sum: {
    reportedAs: ["wrong sum"],
    patches: [
      edit(
        "domain/compose-letter.ts",
        "    askedMinor,\n    heldMinor,",
        "    askedMinor: invoice.amountMinor,\n    heldMinor,",
      ),
    ],
  },
  message: {
    reportedAs: ["unexplained"],
    patches: [
      edit("reminders/sending/kept-message.ts", "await deflate(raw, {", "await deflate(raw.slice(1), {"),
    ],
  },
  books: {
    reportedAs: ["wrong books"],
    patches: [
      edit("reminders/money/record-payments.ts", "  if (known) return { ok: true, changed: false };", ""),
    ],
  },
  chain: {
    reportedAs: ["chain broken"],
    patches: [
      edit("db/ledger.ts", "canonicalLine(invoiceId, seq, head.hash,", 'canonicalLine(invoiceId, seq, "",'),
    ],
  },
  look: {
    reportedAs: ["lost"],
    patches: [edit("reminders/sending/plan-customer.ts", "times.length ? Math.min(...times) : null", "null")],
  },
};

function edit(file: string, find: string, replace: string): Patch {
  return { file: `src/${file}`, find, replace };
}

export type Broken = AsyncDisposable & { root: string; reportedAs: string[] };

/** A copy of the code with one thing broken. */
export async function breakIn(root: string, name: string): Promise<Broken> {
  const broken = BREAKS[name];
  if (!broken) throw new Error(`there is no ${name}; there are ${Object.keys(BREAKS).join(", ")}, or all`);
  return Object.assign(await copyPatched(root, broken.patches), { reportedAs: broken.reportedAs });
}

/** A copy of the code with these patches, removed at its end. Throws where a patch does not fit: what it is about has moved. */
export async function copyPatched(
  root: string,
  patches: Patch[],
): Promise<AsyncDisposable & { root: string }> {
  const copy = await mkdtemp(join(tmpdir(), "dunwell-copy-"));
  for (const part of ["src", "test/torture", "test/support", "package.json"]) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const patch of patches) await apply(copy, patch);
  return { root: copy, [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }) };
}

async function apply(root: string, { file, find, replace }: Patch): Promise<void> {
  const path = join(root, file);
  const text = await readFile(path, "utf8");
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`${file} has ${places} places with ${JSON.stringify(find)}, not one`);
  await writeFile(
    path,
    text.replace(find, () => replace),
  );
}
