import { Zip, ZipDeflate } from "fflate";

export type PackedFile = { path: string; content: Uint8Array };

// The same facts make the same bytes: without a zone, it is this hour wherever it is read.
const PACKED_AT = "1980-01-01T00:00:00";

/** Packs files one after the other, so that no more than one is in memory. */
export async function* zip(files: AsyncIterable<PackedFile>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for await (const { path, content } of files) {
    const file = new ZipDeflate(path, { level: 6 });
    file.mtime = PACKED_AT;
    archive.add(file);
    file.push(content, true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
