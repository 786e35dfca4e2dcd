import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";

/** A message as it is kept: byte for byte, compressed (raw deflate), with its hash. */
export type KeptMessage = { sha256: string; deflated: Uint8Array; bytes: number };

const FASTEST_COMPRESSION = 1;
const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);

export async function keptMessage(raw: Uint8Array): Promise<KeptMessage> {
  return {
    sha256: createHash("sha256").update(raw).digest("hex"),
    deflated: await deflate(raw, { level: FASTEST_COMPRESSION }),
    bytes: raw.length,
  };
}
