import { expect, test } from "vitest";
import { senderProof } from "../../src/domain/reply/sender-proof.ts";
import { authenticationResults } from "../../src/email/authentication-results.ts";

const HOP =
  "Received: from mail.nordwind.example (192.0.2.1) by cloudflare-email.net (cloudflare) id x; Mon, 9 Mar 2026\r\n";
const BEFORE = "Received: by mail.nordwind.example; Mon, 9 Mar 2026\r\n";
const PASS =
  "Authentication-Results: mx.cloudflare.net;\r\n\tdkim=pass header.d=nordwind.example header.s=a header.b=x;\r\n" +
  "\tdmarc=pass header.from=nordwind.example policy.dmarc=reject;\r\n\tspf=pass smtp.mailfrom=bills@nordwind.example\r\n";

function proofOf(headers: string) {
  const raw = Buffer.from(
    `${headers}From: bills@nordwind.example\r\n\r\nAuthentication-Results: mx.cloudflare.net; dmarc=pass`,
  );
  return senderProof("bills@nordwind.example", authenticationResults(raw, "mx.cloudflare.net"));
}

test.each([
  { what: "our own server's word", headers: `${HOP}${PASS}${BEFORE}`, proof: "passed" },
  { what: "no word at all", headers: `${HOP}${BEFORE}`, proof: "none" },
  {
    what: "the sender's own word, below the hop before ours",
    headers: `${HOP}${BEFORE}${PASS}`,
    proof: "none",
  },
  {
    what: "another server's word",
    headers: `${HOP}${PASS.replace("mx.cloudflare.net", "mx.evil.example")}${BEFORE}`,
    proof: "none",
  },
  {
    what: "a server whose name only begins alike",
    headers: `${HOP}${PASS.replace("cloudflare.net", "cloudflare.net.evil.example")}`,
    proof: "none",
  },
  {
    what: "our server's word above a forged one",
    headers: `${HOP}${PASS.replaceAll("=pass", "=fail")}${PASS}${BEFORE}`,
    proof: "failed",
  },
  { what: "DMARC that fails", headers: `${HOP}${PASS.replace("dmarc=pass", "dmarc=fail")}`, proof: "failed" },
  {
    what: "DKIM for the domain in From, without DMARC",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dkim=pass header.d=nordwind.example; dmarc=none; spf=none\r\n`,
    proof: "passed",
  },
  {
    what: "DKIM for somebody else's domain",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dkim=pass header.d=evil.example; dmarc=none; spf=none\r\n`,
    proof: "none",
  },
  {
    what: "a word of DMARC in the quoted address that the sender gave",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dmarc=fail header.from=nordwind.example; spf=pass smtp.mailfrom="a; dmarc=pass"@evil.example\r\n`,
    proof: "failed",
  },
  {
    what: "a word of DKIM in a remark about the sender",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dmarc=none; spf=none (of a; dkim=pass header.d=nordwind.example)\r\n`,
    proof: "none",
  },
  {
    what: "DMARC told in two ways",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dmarc=fail; spf=none smtp.mailfrom=a; dmarc=pass\r\n`,
    proof: "failed",
  },
  {
    what: "SPF that fails, with nothing beside it",
    headers: `${HOP}Authentication-Results: mx.cloudflare.net; dkim=none; dmarc=none; spf=softfail\r\n`,
    proof: "failed",
  },
])("$what makes the sender $proof", ({ headers, proof }) => {
  expect(proofOf(headers)).toBe(proof);
});

test("a domain that only ends alike is another one", () => {
  const verdicts = { spf: "pass", dkim: null, dmarc: null, isHarmful: false } as const;
  expect(senderProof("a@evilnordwind.example", { ...verdicts, domains: ["nordwind.example"] })).toBe("none");
  expect(senderProof("a@pay.nordwind.example", { ...verdicts, domains: ["nordwind.example"] })).toBe(
    "passed",
  );
  expect(senderProof("a@nordwind.example", { ...verdicts, domains: ["example"] })).toBe("none");
  expect(senderProof(null, { ...verdicts, domains: ["nordwind.example"] })).toBe("none");
});
