/** A program that checks a bundle where there is no Dunwell: nothing but Node, and short enough to be read first. */
export const VERIFY_SCRIPT = `// Checks this bundle without Dunwell. In the folder where it is unpacked: node verify.mjs
// Needs Node 20 or newer and nothing else, and changes nothing. What it checks is told in README.txt.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const wrong = [];
const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const check = (isRight, sentence) => isRight || wrong.push(sentence);
const read = (path) => readFileSync(new URL(encodeURI(path), import.meta.url));
const readJson = (path, otherwise) => {
  try { return JSON.parse(read(path)); }
  catch { wrong.push(path + " cannot be read"); return otherwise; }
};

// 1. Every file is the one that was packed.
const { files = [] } = readJson("manifest.json", {});
const isWhole = files.length > 0 && String(read("manifest.json")) === JSON.stringify({ files }, null, 2) + "\\n";
check(isWhole, "manifest.json is not as it was packed");
for (const file of files) {
  const content = existsSync(new URL(encodeURI(file.path), import.meta.url)) ? read(file.path) : null;
  const isSame = content?.length === file.bytes && sha256(content) === file.sha256;
  check(isSame, file.path + (content ? " is not what manifest.json says of it" : " is missing, and manifest.json lists it"));
}

// 2. Every entry of the ledger has the hash of what it says and of the entry before it, and none is missing.
const { invoice_id, head, entries = [] } = readJson("ledger.json", {});
const erased = new Map();
for (const { seq, at, kind, author, data } of entries) {
  if (kind !== "personal_data_erased") continue;
  try {
    const said = JSON.parse(data);
    for (const entry of said.entries) erased.set(entry.seq, entry.sha256);
    const which = said.entries.map((entry) => entry.seq).join(", ") || "none";
    console.log("ERASED on " + new Date(at).toISOString() + " by " + author + " (" + said.because + "): what is personal in entries " + which);
  } catch { wrong.push("ledger.json: entry " + seq + " cannot be read"); }
}
let last = { seq: 0, hash: "" };
for (const { seq, at, kind, author, data, prev_hash, hash } of entries) {
  const line = JSON.stringify([invoice_id, seq, at, kind, author, data, prev_hash]);
  const holds = seq === last.seq + 1 && prev_hash === last.hash && [hash, erased.get(seq)].includes(sha256(line));
  check(holds, "ledger.json: entry " + seq + " does not hold");
  last = { seq, hash };
}
check(head?.seq === last.seq && head?.hash === last.hash, "ledger.json: it does not end with the entry on record");

// 3. Every message and document is the one whose hash the ledger has.
const sealed = new Map();
for (const { seq, kind, data } of entries) {
  try {
    const said = JSON.parse(data);
    if (kind === "personal_data_erased") for (const id of said.contents) sealed.delete(id);
    const hash = said.message_sha256 ?? said.sha256;
    if (hash) sealed.set(said.reminder ?? said.notice ?? said.document ?? said.reply, hash);
  } catch { wrong.push("ledger.json: entry " + seq + " cannot be read"); }
}
const list = (folder) => existsSync(new URL(folder, import.meta.url))
  ? readdirSync(new URL(folder, import.meta.url)).map((name) => folder + name) : [];
for (const path of [...list("messages/"), ...list("documents/")]) {
  const id = path.match(/(?:rem|ntc|rpl|doc)_[0-9a-z]{23}/)?.[0];
  check(!sealed.has(id) || sealed.get(id) === sha256(read(path)), path + " is not what the ledger says of it");
  check(files.some((file) => file.path === path), path + " is not among the files that manifest.json lists");
  sealed.delete(id);
}
for (const id of sealed.keys()) wrong.push(id + ": the ledger tells of it, and it is not here");

for (const sentence of wrong) console.error("WRONG  " + sentence);
if (wrong.length > 0) process.exitCode = 1;
else console.log("All of it holds: " + files.length + " files, " + entries.length + " entries, ending with " + last.hash);
`;
