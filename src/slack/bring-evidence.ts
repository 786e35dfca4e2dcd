import type { Services } from "../services.ts";
import type { AlertLooking } from "./alert-looks.ts";
import { type Place, tell } from "./place.ts";
import { upload } from "./upload.ts";
import { WORKPLACE_WORDS } from "./workplace-words.ts";

/** Of contents, packed or not: a Worker has 128 MB for them and for the file. */
const MOST_BYTES = 30 * 1024 * 1024;

/**
 * Brings everything on record for the alert's invoice as one file to whoever asked, into that one's own messages with the app: not
 * everybody in a channel may read it. What stands against it is said.
 */
export async function bringEvidence(
  services: Services,
  { alert, place, locale }: AlertLooking,
): Promise<void> {
  const words = WORKPLACE_WORDS[locale].evidence;
  const { number } = alert.payload.invoices[0]!;
  const packed = await packEvidence(services, number);
  if (!packed) return tell(place, words.tooLarge);
  const { name, content, isSound } = packed;
  const comment = isSound ? words.brought : words.unsound;
  const failure = await upload(place.client, { name, content, comment }, await ownMessages(place));
  if (failure === null) return;
  services.log("error", "evidence_not_uploaded", { code: failure });
  await tell(place, words.failed(failure));
}

/** What packs it loads where it is wanted, and not before; null where the file is too large. */
async function packEvidence(services: Services, invoiceNumber: string) {
  const [{ gatherEvidence }, { bundleName, evidenceFiles }, { zip }] = await Promise.all([
    import("../reminders/operation/gather-evidence.ts"),
    import("../evidence/bundle.ts"),
    import("../evidence/zip.ts"),
  ]);
  const evidence = await gatherEvidence(services, { invoiceNumber });
  let isSound = true;
  let bytes = 0;
  async function* files() {
    const all = evidenceFiles(evidence, ({ faults }) => {
      isSound = faults.length === 0;
    });
    for await (const file of all) {
      bytes += file.content.length;
      if (bytes > MOST_BYTES) return;
      yield file;
    }
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of zip(files())) chunks.push(chunk as Uint8Array<ArrayBuffer>);
  if (bytes > MOST_BYTES) return null;
  return { name: bundleName(invoiceNumber), content: new Blob(chunks), isSound };
}

async function ownMessages({ client, userId, channel, threadTs }: Place) {
  if (channel?.startsWith("D")) return { channel, threadTs };
  return { channel: (await client.conversations.open({ users: userId })).channel!.id! };
}
