import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from "@aws-sdk/client-ses";

export type SesQuota = {
  /** Mails a day; null where there is no limit. */
  max24HourSend: number | null;
  sentLast24Hours: number;
  /** Recipients a second. */
  maxSendRate: number;
  isUsedUp: boolean;
};

/** The account's sending limits and what was used of them. Throws what the SDK throws. */
export async function getSesQuota(client: SESClient): Promise<SesQuota> {
  const answer = await client.send(new GetSendQuotaCommand({}));
  const max = answer.Max24HourSend ?? -1;
  const sent = answer.SentLast24Hours ?? 0;
  return {
    max24HourSend: max < 0 ? null : max,
    sentLast24Hours: sent,
    maxSendRate: answer.MaxSendRate ?? 0,
    isUsedUp: max >= 0 && sent >= max,
  };
}

/** Whether SES sends for this address: it, or its domain, is verified. Throws what the SDK throws. */
export async function isSesIdentityVerified(client: SESClient, address: string): Promise<boolean> {
  const names = [address, address.slice(address.lastIndexOf("@") + 1)];
  const answer = await client.send(new GetIdentityVerificationAttributesCommand({ Identities: names }));
  const attributes = answer.VerificationAttributes ?? {};
  return names.some((name) => attributes[name]?.VerificationStatus === "Success");
}
