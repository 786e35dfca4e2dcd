import {
  ConfigurationSetDoesNotExistException,
  DescribeActiveReceiptRuleSetCommand,
  DescribeConfigurationSetCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from "@aws-sdk/client-ses";

// Amazon's limit for an account that may only write to addresses it has verified.
const SANDBOX_PER_DAY = 200;

export type SesQuota = {
  /** Recipients in 24 hours; null where there is no limit. */
  max24HourSend: number | null;
  sentLast24Hours: number;
  /** Recipients a second. */
  maxSendRate: number;
  /** Writes to addresses that it has verified, and to no others. */
  isSandbox: boolean;
};

/** The account's sending limits and what was used of them. Throws what the SDK throws. */
export async function getSesQuota(client: SESClient, patienceMs?: number): Promise<SesQuota> {
  const abortSignal = patienceMs === undefined ? undefined : AbortSignal.timeout(patienceMs);
  const answer = await client.send(new GetSendQuotaCommand({}), { abortSignal });
  const max = answer.Max24HourSend ?? -1;
  const sent = answer.SentLast24Hours ?? 0;
  return {
    max24HourSend: max < 0 ? null : max,
    sentLast24Hours: sent,
    maxSendRate: answer.MaxSendRate ?? 0,
    isSandbox: max === SANDBOX_PER_DAY,
  };
}

/** Whether SES sends for this address: it, or its domain, is verified. Throws what the SDK throws. */
export async function isSesIdentityVerified(client: SESClient, address: string): Promise<boolean> {
  const names = [address, address.slice(address.lastIndexOf("@") + 1)];
  const answer = await client.send(new GetIdentityVerificationAttributesCommand({ Identities: names }));
  const attributes = answer.VerificationAttributes ?? {};
  return names.some((name) => attributes[name]?.VerificationStatus === "Success");
}

/** What SES says of signing for a domain; null where it does not know it. Throws what the SDK throws. */
export async function getDkimStatus(client: SESClient, domain: string): Promise<string | null> {
  const answer = await client.send(new GetIdentityDkimAttributesCommand({ Identities: [domain] }));
  return answer.DkimAttributes?.[domain]?.DkimVerificationStatus ?? null;
}

/** The topics to which a configuration set publishes; null where there is no such set. Throws what the SDK throws. */
export async function getEventTopics(client: SESClient, set: string): Promise<string[] | null> {
  try {
    const answer = await client.send(
      new DescribeConfigurationSetCommand({
        ConfigurationSetName: set,
        ConfigurationSetAttributeNames: ["eventDestinations"],
      }),
    );
    const destinations = (answer.EventDestinations ?? []).filter(({ Enabled }) => Enabled);
    return destinations.flatMap(({ SNSDestination }) => SNSDestination?.TopicARN ?? []);
  } catch (error) {
    if (error instanceof ConfigurationSetDoesNotExistException) return null;
    throw error;
  }
}

/** The topics to which SES publishes what it receives for a domain, by the rule set in force. Throws what the SDK throws. */
export async function getReceiptTopics(client: SESClient, domain: string): Promise<string[]> {
  const { Rules = [] } = await client.send(new DescribeActiveReceiptRuleSetCommand({}));
  // A rule without recipients is for all.
  const ours = Rules.filter(
    ({ Enabled, Recipients = [] }) =>
      Enabled && (Recipients.length === 0 || Recipients.some((one) => one.split("@").at(-1) === domain)),
  );
  const actions = ours.flatMap(({ Actions = [] }) => Actions);
  return actions.flatMap(({ SNSAction, S3Action }) => SNSAction?.TopicArn ?? S3Action?.TopicArn ?? []);
}
