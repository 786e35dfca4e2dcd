import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TEST_KEY } from "./ses-recorder.ts";
import { signatureFault } from "./sigv4.ts";

/** A stand-in for Amazon S3 that serves objects to whoever signs, and counts who asks for what. */
export async function startS3Recorder() {
  const secrets = { [TEST_KEY.AWS_ACCESS_KEY_ID]: TEST_KEY.AWS_SECRET_ACCESS_KEY };
  const objects = new Map<string, Uint8Array>();
  const requests: { path: string; status: number }[] = [];
  const faults: number[] = [];
  const server = createServer((request, response) => {
    const { method = "", url: path = "", headers } = request;
    const isHashed = /SignedHeaders=[^,]*x-amz-content-sha256/.test(headers.authorization ?? "");
    const fault = isHashed ? signatureFault({ method, path, headers, body: "" }, secrets) : "AccessDenied";
    const found = objects.get(decodeURIComponent(path));
    const status = fault || method !== "GET" ? 403 : (faults.shift() ?? (found ? 200 : 404));
    requests.push({ path, status });
    if (status === 302) response.setHeader("Location", `${url}/elsewhere`);
    response.writeHead(status).end(status === 200 ? found : `<Error><Code>${fault}</Code></Error>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    put: (bucket: string, key: string, content: Uint8Array) => void objects.set(`/${bucket}/${key}`, content),
    /** The next request is answered with this status. */
    fail: (status: number) => void faults.push(status),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
