/** Decompresses Zstandard data of any number of frames. */

import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';

/**
 * The decompressed bytes of one or more frames. Node's decoder ends with its first frame when more follows in the same
 * buffer (seen in Node 24), so each frame may need its own.
 */
export async function* zstdFrames(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  let rest: Uint8Array | null = null;
  try {
    do {
      const decoder = createZstdDecompress({ chunkSize: 1 << 20 });
      const feeding: Promise<Uint8Array | null> = feedFrame(decoder, parts, rest).catch((error: Error) => {
        decoder.destroy(error);
        return null;
      });
      yield* decoder;
      rest = await feeding;
    } while (rest !== null);
  } finally {
    await parts.return?.();
  }
}

/** Hands bytes to the decoder until its frame ends; returns what follows, or null at the end of all bytes. */
async function feedFrame(
  decoder: ZstdDecompress,
  parts: AsyncIterator<Uint8Array>,
  first: Uint8Array | null,
): Promise<Uint8Array | null> {
  for (let part = first; ; part = null) {
    const next = part === null ? await parts.next() : { done: false, value: part };
    if (next.done === true) {
      decoder.end();
      return null;
    }
    const before = decoder.bytesWritten;
    await new Promise<void>((done, failed) => {
      decoder.write(next.value, (error) => (error ? failed(error) : done()));
    });
    const used = decoder.bytesWritten - before;
    if (used < next.value.length) return next.value.subarray(used);
  }
}
