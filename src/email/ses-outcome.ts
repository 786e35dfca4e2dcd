import type { MailOutcome } from "../ports.ts";

type Failure = {
  error: unknown;
  /** Whether the request was handed to the network at all. */
  wasSent: boolean;
  /** Node tells a connection that never stood from a request without answer; a Worker's `fetch` does not. */
  isNode: boolean;
};

const THROTTLED = ["Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"];

const ACCOUNT_FAULTS = [
  "AccessDenied",
  "AccessDeniedException",
  "AccountSendingPausedException",
  "ConfigurationSetDoesNotExist",
  "ConfigurationSetDoesNotExistException",
  "ConfigurationSetSendingPausedException",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAction",
  "InvalidClientTokenId",
  "MailFromDomainNotVerifiedException",
  "MissingAuthenticationToken",
  "OptInRequired",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
];

const NEVER_CONNECTED = [
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

// Cloudflare's own answers to a Worker whose origin refused, was unreachable, or failed the TLS handshake.
const ORIGIN_NEVER_REACHED = [521, 523, 525, 526];

const DETAIL_LENGTH = 300;

/**
 * What a failed SendRawEmail means for the mail, by class, code and status of the failure. What may have been taken is
 * `unknown`: a broken connection, no answer in time, an answer that cannot be read, an error of the server's own.
 * Codes: https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html
 */
export function outcomeOfFailure({ error, wasSent, isNode }: Failure): MailOutcome {
  const { code, status, systemCode, detail } = describe(error);
  if (!wasSent) return { kind: "refused", fault: "account", code, detail };
  if (status === undefined) {
    const isConnectTimeout = isNode && code === "TimeoutError" && systemCode === undefined;
    if (isConnectTimeout || NEVER_CONNECTED.includes(systemCode ?? "")) {
      return { kind: "deferred", code: systemCode ?? "ConnectTimeout", detail, isQuota: false };
    }
    return { kind: "unknown", code: systemCode ?? code, detail };
  }
  const isThrottled = status === 429 || THROTTLED.includes(code);
  if (isThrottled || status === 503 || ORIGIN_NEVER_REACHED.includes(status)) {
    return { kind: "deferred", code, detail, isQuota: false, isThrottled };
  }
  if (status >= 500 || status < 300) return { kind: "unknown", code, detail };
  const isAccountFault =
    [301, 302, 307, 308, 401, 403, 404].includes(status) || ACCOUNT_FAULTS.includes(code);
  return { kind: "refused", fault: isAccountFault ? "account" : "message", code, detail };
}

/** The code for a parameter that SES cannot use: an address, or a header or a size of the mail. */
export function isInvalidParameter(outcome: MailOutcome): boolean {
  return outcome.kind === "refused" && outcome.code === "InvalidParameterValue";
}

/** The code for a mail not to SES's taste and for a sender that is not verified alike. */
export function isRejection(outcome: MailOutcome): boolean {
  return outcome.kind === "refused" && outcome.code === "MessageRejected";
}

function describe(error: unknown) {
  const thrown = (typeof error === "object" && error !== null ? error : {}) as {
    name?: string;
    code?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
  };
  return {
    code: thrown.name ?? "Error",
    systemCode: typeof thrown.code === "string" ? thrown.code : undefined,
    status: thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode,
    detail: String(thrown.message ?? error).slice(0, DETAIL_LENGTH),
  };
}
