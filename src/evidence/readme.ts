import { createHash } from "node:crypto";
import { canonicalLine } from "../domain/ledger.ts";
import type { Evidence } from "../reminders/operation/gather-evidence.ts";
import { formats } from "./timeline.ts";

/** What the bundle is, what is wrong with it if anything is, and how to check it without Dunwell. */
export function readme(evidence: Evidence, faults: string[]): string {
  return [heading(evidence), faultsPart(faults), CONTENTS, verifying(evidence), example(evidence), LIMITS]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

function heading({ invoice, customer, world, ledger, zone }: Evidence): string {
  const title = `EVIDENCE FOR INVOICE ${invoice.number}`;
  const last = ledger.at(-1);
  const until = last ? new Date(last.at).toISOString() : "nothing at all";
  return `${title}
${"=".repeat([...title].length)}

Everything that Dunwell, a service that sends payment reminders, has on
record for this invoice: what was sent, to whom, when and why, what became
of it, and what was said and paid in between.

  Creditor   ${world.creditor?.legalName ?? "not on record"}
  Customer   ${customer.legalName ?? customer.name} (${customer.ref})
  Amount     ${formats.money(invoice.amountMinor, invoice.currency)}
  Due on     ${invoice.dueOn === null ? "not on record" : formats.day(invoice.dueOn)}
  Recorded   up to ${until}
  Time zone  ${zone} (times in UTC end with Z or say so)

The same record makes the same bundle, byte for byte, whenever it is packed.`;
}

function faultsPart(faults: string[]): string {
  if (faults.length === 0) return "";
  return `WHAT DOES NOT HOLD
------------------

Somebody or something has changed this record after it was written. Do not
rely on it before this is explained:

${faults.map((fault) => `  - ${fault}`).join("\n")}`;
}

const CONTENTS = `WHAT IS IN IT
-------------

  timeline.html   what happened, to read or print; open it in any browser
  timeline.json   the same as data
  record.json     the invoice and what stands beside it: payments, holds,
                  promises, disputes, plans with their instalments, reminders,
                  notices, what the mail provider told, replies, documents
  ledger.json     the ledger: one entry for each thing that happened, as it
                  is stored, each with the hash of the one before it
  messages/       each message as it left, and each reply as it came, byte for
                  byte (.eml: any mail program opens it); the provider may
                  have put a Message-ID of its own on what left, which is
                  message_id in record.json
  documents/      what was attached to the invoice, as it came
  manifest.json   the SHA-256 and the length of every file but itself
  verify.mjs      a short program that checks all of this
  README.txt      this text`;

function verifying({ ledger }: Evidence): string {
  const head = ledger.at(-1);
  const end = head
    ? `entry ${head.headSeq ?? "none"}, hash
  ${head.headHash ?? "none"}`
    : "no entry";
  return `HOW TO CHECK IT WITHOUT DUNWELL
-------------------------------

With Node 20 or newer (nodejs.org), in the folder where this is unpacked:

  node verify.mjs

It needs nothing else and is short enough to be read first. By hand, with any
tool that computes SHA-256 (sha256sum, shasum -a 256, certutil -hashfile):

1. The hash of each file is the one in manifest.json.

2. Each entry in ledger.json has the fields seq, at, kind, author, data,
   prev_hash and hash. Its hash is the SHA-256, in hexadecimal, of this text
   in UTF-8, without a line break at its end:

     [invoice_id,seq,at,kind,author,data,prev_hash]

   written as a JSON array without spaces (RFC 8785). "at" is a whole number,
   milliseconds since 1970-01-01T00:00:00Z. "data" is one JSON string: the
   text of a JSON object whose keys are sorted, exactly as it stands in
   ledger.json. "invoice_id" stands at the top of ledger.json.

3. seq counts 1, 2, 3 and so on. prev_hash is the hash of the entry before;
   the first entry has the empty text. The last entry is the one that "head"
   names:

  ${end}

4. Where an entry's data has "message_sha256" with "reminder" or "reply", or
   "sha256" with "notice" or "document", that is the SHA-256 of the file in messages/
   or documents/ whose name holds that id. Of several entries for one message
   the last one counts.

5. Personal data may have been erased, as the law asks for it. Then a later
   entry of the kind personal_data_erased says why. Its "entries" names each
   entry that lost some by its seq, with the SHA-256 of what is left of it,
   made as in 2; "hash" stays the one that it had before, so the chain holds.
   Its "contents" names the messages and documents that are gone.`;
}

function example({ ledger }: Evidence): string {
  const [first] = ledger;
  if (!first) return "";
  const { invoiceId, seq, prevHash, data } = first;
  const line = canonicalLine(invoiceId, seq, prevHash, first, data);
  return `A WORKED EXAMPLE
----------------

The first entry of this ledger makes this text, on one line:

${line}

Its SHA-256 is

  ${createHash("sha256").update(line).digest("hex")}

and ledger.json says

  ${first.hash}`;
}

const LIMITS = `WHAT THIS SHOWS, AND WHAT IT DOES NOT
-------------------------------------

An entry cannot be changed, taken out or put in without changing every hash
after it. Whoever holds the whole database could compute all of them anew:
what shows that this was not done is a copy of the last hash that somebody
else has had for some time, in an earlier bundle for instance. The times are
those of the creditor's clock, except what the mail provider told, which has
the provider's. A message "sent" was taken by the mail provider; "delivered"
means that the recipient's mail server took it, not that it was read. What an
erased entry said is as trustworthy as the entry that tells of the erasure.`;
