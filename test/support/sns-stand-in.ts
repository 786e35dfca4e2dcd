import { createSign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// Made for these tests with `openssl req -x509 -newkey rsa:2048 -nodes -days 9000`; valid 2026 to 2051.
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDCTCCAfGgAwIBAgIUQq5Bvj3kAgZPw++qnuQyw52IWjEwDQYJKoZIhvcNAQEL
BQAwEzERMA8GA1UEAwwIc25zLnRlc3QwIBcNMjYxMTIyMDQ1NzIyWhgPMjA1MTA3
MTQwNDU3MjJaMBMxETAPBgNVBAMMCHNucy50ZXN0MIIBIjANBgkqhkiG9w0BAQEF
AAOCAQ8AMIIBCgKCAQEAhJcClSNxbIXox3EtVvnRyayLL5gAQFoOJgsa29D36hae
MacJYJ5RHbrq9zVJx9/wq2hEFIqK6/x0RqF/C8a8d+ZRtREwQ0Thp9yWfKfwL6fZ
m892rcORrP9vSbzrU++Qbk7dJP/Jk5lu5+RqQHmSWcGDikl/+CRYjW+vot0yzYRX
JPN91QRQu1LS01b0MKy0ogdFErchJ4Rin5nJ+CvFjvxrj3hie+reN8DGturZ+0Gh
YVWybej9O1KVt1ISEeHJHvAeXIbjAN1flNvrzMOdfFr0Ffif6VsngELo2mT5hzFm
eTnBhFO2zFqL9jP52tVs5nHsD1H0Zp0PJOv6EboB6wIDAQABo1MwUTAdBgNVHQ4E
FgQUPbld0Hipx0eNPRO/dhNUbGF3ix0wHwYDVR0jBBgwFoAUPbld0Hipx0eNPRO/
dhNUbGF3ix0wDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEARt5D
VTuLSPQqwW1RLVGCNdOMwzsQNE4X+odv0a6sWbK/HYm1c3n1nQSYy89YnbmLCOEA
/AwUwOzxP+Z/oAbqnSdgWwCcRsMulob8NHFM/0sImclTZvFVRGg5EB3jkbgF6MXK
tTdoG+aQtGhnNOQ+3ibEE9Ihbn386D+lzfdpmDFPGtgIRTGI/b65zz+TsDMsGoq7
OFC6HtrKmROp9tsinngo1f3Jll1sVUDzIL1q2wviFwj6Xk12G30LK3eHR53AGHQM
7VELpvz1d4DTsKQNCOej+e5VN1vxuRagcKBE13oO6RxzgZrtKrjQcd6nzI5OFFjf
6xzn5bFo3nAASyZtSA==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCElwKVI3FshejH
cS1W+dHJrIsvmABAWg4mCxrb0PfqFp4xpwlgnlEduur3NUnH3/CraEQUiorr/HRG
oX8Lxrx35lG1ETBDROGn3JZ8p/Avp9mbz3atw5Gs/29JvOtT75BuTt0k/8mTmW7n
5GpAeZJZwYOKSX/4JFiNb6+i3TLNhFck833VBFC7UtLTVvQwrLSiB0UStyEnhGKf
mcn4K8WO/GuPeGJ76t43wMa26tn7QaFhVbJt6P07UpW3UhIR4cke8B5chuMA3V+U
2+vMw518WvQV+J/pWyeAQujaZPmHMWZ5OcGEU7bMWov2M/na1WzmcewPUfRmnQ8k
6/oRugHrAgMBAAECggEAEvVw1hhyUH05UsNZI1WnbLnyUQTgDFOUMFZoKcRQnrVL
O3hR+/HHUYP3sw94lE7uH+RRz8oboTDBA5R2ER4CtvZE+qoRh5zi01jUX9C3pGjQ
0dmxc5lCTEVeCWItGBxqP4uhTXgRv7wxwpDDrKJ1jcYA5BYsaTPxQZAVwij06bPs
/ewWFNiHu+wcIkjpsVFWtyawCUJYf2l5sAmUmfY+lDoj2BdcRbaT9kirDyuodofN
kxHmMG535CYYKNvw3nytJQj8NBRR/xv4UQrDJPJv4ssMiq0+4SKEaXBbKdBlBzKg
Cdl9SXdcSmT0WQ4JIIctdqsiWIU5p3fLpEDndMF/QQKBgQC4QG9dLot1/FG3qeZw
OLl87cTVNOUOElQJFh40V08u2PSvn9iWIHM0opZqOxSeAk2QHDSMH88M/hvR4PLP
nxPT3swmJTXR2i0eaJxP58WCw2wxIeHjnVIsb5bDVr+npjrPTqAFtCSRIRfKhGMW
H07+qAkUMyKAF9AeWfRGfpHHYQKBgQC4OIuO2rAhg/lDowg2+q5Y4ey7+g6sWF2I
Es38hYwtFeXbgntffeSB65Vbli3vo9J9iTib5sP1d6XxL+Q5qubF6nB7UKBeuTKU
I2UqpAOEmheQ4vBPj0guLczUgsGgPSUNcRg9toq5jL1QC8WFKxy1foJirIbQRQke
r7BhmhHoywKBgBuaO5TAFlB0nmFfaJBDTzZyAFzYccAr6r75u0ioE8q24eE1lyLW
dava96GufCY3vhrqvsyHL2OI5e4JPxbvg+7nn7nPNULc5ol5roEh/arbT+gEZWzN
8rOJfBKDem7JLmJEKyDvndLIHGJQdu+nfRQVZFbMWkzKRHlnjHrLF1fBAoGBAKc8
tfzmrLSQYW40h9WZd0M7PjVcCYwN4EMShysydZHMalH/P07uM8559qohSOxe9Ux/
kQN+1/B0QRIWXwK3Ei8j6B8aj6vORotTIpk2MfdkB/bA/lXLhkRd0bAuT+bO+18b
h10m5QMTMB2FwjdlbveYtHctlmll8qSH7AB+5LlHAoGAT1KsRGc4yHygRhWCFP6w
vkNturLJZTqkOjSsNgk6ffSHdmASlIfy6jdP1NQGwLWJN2dGm2hVXEAna9Ae55x8
9Xw+AGJAu5u/wAA7UPhmetynap780y4vBZG+GIcXKdi60aG+7eO3DQHixw2ykFOL
nq1X8athqSPGkH6mSJ0U7BY=
-----END PRIVATE KEY-----`;

export const TOPIC = "arn:aws:sns:eu-central-1:123456789012:dunwell-events";
const FIELDS = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

export type Signed = Record<string, string>;

/** Signs as Amazon SNS does, serves its certificate, and counts who asks for what. */
export async function startSnsStandIn() {
  const requests: string[] = [];
  const faults = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const status = faults.get(path) ?? 200;
    if (status === 302) response.setHeader("Location", `${url}/elsewhere`);
    response.writeHead(status).end(path.startsWith("/certificate") ? CERTIFICATE : "<ok/>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;

  function sign(message: Signed): Signed {
    const text = FIELDS.filter((name) => message[name] !== undefined)
      .map((name) => `${name}\n${message[name]}\n`)
      .join("");
    const hash = message.SignatureVersion === "1" ? "RSA-SHA1" : "RSA-SHA256";
    return { ...message, Signature: createSign(hash).update(text).sign(KEY, "base64") };
  }

  const common = () => ({
    MessageId: `00000000-0000-0000-0000-${String(++count).padStart(12, "0")}`,
    TopicArn: TOPIC,
    Timestamp: new Date(Date.UTC(2026, 11, 1)).toISOString(),
    SignatureVersion: "2",
    SigningCertURL: `${url}/certificate.pem`,
  });

  return {
    url,
    host: new URL(url).host,
    requests,
    /** From now on this path answers with this status. */
    fail: (path: string, status: number) => void faults.set(path, status),
    sign,
    notification: (event: unknown, over: Signed = {}): Signed =>
      sign({ Type: "Notification", ...common(), Message: JSON.stringify(event), ...over }),
    subscription: (over: Signed = {}): Signed =>
      sign({
        Type: "SubscriptionConfirmation",
        ...common(),
        Message: "You have chosen to subscribe",
        Token: "2336412f37",
        SubscribeURL: `${url}/subscribe`,
        ...over,
      }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
