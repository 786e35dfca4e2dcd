/** Whether a mail is from whom it says: proved, proved wrong, or neither. */
export type SenderProof = "passed" | "none" | "failed";

/** What the receiving server found: each `pass`, `fail`, or null where there was nothing to go by. */
export type MailVerdicts = {
  spf: Verdict;
  dkim: Verdict;
  /** Of the domain in From, which SPF and DKIM alone say nothing about. */
  dmarc: Verdict;
  /** The server took it for spam, or found a virus in it. */
  isHarmful: boolean;
  /** The domains that SPF and DKIM passed for, in small letters. */
  domains: string[];
};
export type Verdict = "pass" | "fail" | null;

/**
 * Who wrote, by DMARC (RFC 7489) where the sender's domain has it; nobody can be proved where it is not clear who that is. Elsewhere by SPF or DKIM that passed for the domain in From; both of
 * them failing, or one without the other to go by, proves the sender wrong.
 */
export function senderProof(from: string | null, verdicts: MailVerdicts): SenderProof {
  const { spf, dkim, dmarc, isHarmful, domains } = verdicts;
  if (isHarmful || dmarc === "fail") return "failed";
  if (dmarc === "pass" && from !== null) return "passed";
  const domain = from?.toLowerCase().split("@").at(-1);
  const isAligned =
    domain !== undefined && domains.some((one) => isWithin(domain, one) || isWithin(one, domain));
  if (isAligned) return "passed";
  const isRefuted = (spf === "fail" || dkim === "fail") && spf !== "pass" && dkim !== "pass";
  return isRefuted ? "failed" : "none";
}

/** A subdomain counts for its domain, as in DMARC's relaxed alignment; a top-level domain counts for nobody. */
function isWithin(domain: string, outer: string): boolean {
  return outer.includes(".") && (domain === outer || domain.endsWith(`.${outer}`));
}
