/** Decompresses one member of a ZIP archive and checks that it is whole. */

import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync, type ZlibOptions, zstdDecompressSync } from 'node:zlib';
import { zstdFrames } from '../../zstd-frames.ts';

/** What the archive's directory says of a member. */
export interface MemberFacts {
  readonly compressionMethod: number;
  readonly uncompressedSize: number;
  readonly crc32: number;
}

/** Methods that are read: stored, deflated, and Zstandard, which Inspect writes since version 0.3.206. */
const STORED = 0;
const DEFLATED = 8;
const ZSTANDARD = 93;

/**
 * The bytes of a member.
 *
 * @param stored its bytes in the archive
 * @throws Error that says what is wrong: an unknown method, data that are damaged or cut off, another size or CRC-32
 */
export function decodeMember(stored: Buffer, facts: MemberFacts): Buffer {
  const bytes = unpacked(stored, facts);
  checkWhole(bytes.length, crc32(bytes), facts);
  return bytes;
}

/**
 * The bytes of a member piece by piece, so that a large one need not be in memory; checked at its end.
 *
 * @param stored its bytes in the archive
 * @throws Error (while iterating) as `decodeMember` does
 */
export async function* memberParts(
  stored: AsyncIterable<Buffer>,
  facts: MemberFacts,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  let sum = 0;
  for await (const part of unpackedParts(stored, facts.compressionMethod)) {
    size += part.length;
    if (size > facts.uncompressedSize) throw new Error('it unpacks to more bytes than the directory says');
    sum = crc32(part, sum);
    yield part;
  }
  checkWhole(size, sum, facts);
}

async function* unpackedParts(stored: AsyncIterable<Buffer>, method: number): AsyncGenerator<Uint8Array> {
  if (method === STORED) {
    yield* stored;
    return;
  }
  if (method !== DEFLATED && method !== ZSTANDARD) throw unknownMethod(method);
  try {
    // The callback is required; the loop of the reader throws the same error.
    if (method === DEFLATED) yield* pipeline(stored, createInflateRaw(), () => {}) as Readable;
    else yield* zstdFrames(stored);
  } catch (error) {
    throw new Error(`its compressed data are damaged or cut off (${(error as Error).message})`, {
      cause: error,
    });
  }
}

function checkWhole(size: number, sum: number, facts: MemberFacts): void {
  if (size !== facts.uncompressedSize) {
    throw new Error(`it has ${size} bytes, the directory says ${facts.uncompressedSize}`);
  }
  if (sum !== facts.crc32) throw new Error('its checksum (CRC-32) does not match');
}

function unknownMethod(method: number): Error {
  return new Error(`it is compressed with method ${method}, expected 0 (stored), 8 (deflate) or 93 (zstd)`);
}

function unpacked(stored: Buffer, { compressionMethod, uncompressedSize }: MemberFacts): Buffer {
  if (compressionMethod === STORED) return stored;
  if (compressionMethod === ZSTANDARD) return unpackedFrames(stored, uncompressedSize);
  if (compressionMethod !== DEFLATED) {
    throw unknownMethod(compressionMethod);
  }
  return guarded(() => inflateRawSync(stored, { maxOutputLength: limit(uncompressedSize) }));
}

/** Node's decoder stops silently after the first frame, so each frame is read on its own. */
function unpackedFrames(stored: Buffer, size: number): Buffer {
  const frames: Buffer[] = [];
  let rest = stored;
  let left = size;
  while (rest.length > 0) {
    const { buffer, used } = guarded(() => unpackedFrame(rest, left));
    frames.push(buffer);
    rest = rest.subarray(used);
    left -= buffer.length;
  }
  return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
}

function unpackedFrame(data: Buffer, left: number): { buffer: Buffer; used: number } {
  // With `info` the result also holds the decoder, which knows how far it read; the types do not know that.
  const options: ZlibOptions = { info: true, maxOutputLength: limit(left) };
  const { buffer, engine } = zstdDecompressSync(data, options as object) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  return { buffer, used: engine.bytesWritten };
}

/** One byte more than stated, so that more is noticed and nothing grows without end. */
function limit(size: number): number {
  return size + 1;
}

function guarded<T>(unpack: () => T): T {
  try {
    return unpack();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Error('it unpacks to more bytes than the directory says', { cause: error });
    }
    throw new Error(`its compressed data are damaged or cut off (${message})`, { cause: error });
  }
}
