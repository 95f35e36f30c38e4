/** Where bytes come from: a file or standard input, decompressed on the way. */

import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError } from '../errors.ts';
import { zstdFrames } from './zstd-frames.ts';

/** Bytes that can be read from the start as often as needed. */
export interface ByteSource {
  /** What messages call it: the path as spelled for the user. */
  readonly label: string;
  /** Absolute path, null for standard input. */
  readonly path: string | null;
  /** Bytes as stored. */
  readonly size: number;
  /** When the file was last written, in milliseconds, as far as that is known. */
  readonly modified?: number;
  open(): AsyncIterable<Uint8Array>;
}

export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes read at once. */
const BLOCK_BYTES = 1 << 20;

/** Standard input is kept in memory, because it is read more than once. */
const MOST_INPUT_BYTES = 2 ** 30;

/** What messages call standard input. */
export const STDIN_LABEL = 'standard input';

/** What the file system says of a file. */
export interface FileFacts {
  readonly size: number;
  readonly mtimeMs: number;
}

/** A file on disk. */
export function fileSource(path: string, label: string, { size, mtimeMs }: FileFacts): ByteSource {
  return {
    label,
    path,
    size,
    modified: mtimeMs,
    open: () => createReadStream(path, { highWaterMark: BLOCK_BYTES }),
  };
}

/**
 * Standard input, read to its end.
 *
 * @throws DataError where there is more than 1 GiB of it
 */
export async function stdinSource(stdin: AsyncIterable<Uint8Array>): Promise<ByteSource> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stdin) {
    parts.push(typeof part === 'string' ? Buffer.from(part) : part);
    size += part.length;
    if (size > MOST_INPUT_BYTES) {
      throw new DataError({
        message: 'standard input is longer than 1 GiB',
        hint: 'write it to a file and name the file',
      });
    }
  }
  return {
    label: STDIN_LABEL,
    path: null,
    size,
    async *open() {
      yield* parts;
    },
  };
}

/** The first bytes as stored, at most `count`. */
export async function firstBytes(source: ByteSource, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of readable(source, 'none')) {
    parts.push(part);
    size += part.length;
    if (size >= count) break;
  }
  return Buffer.concat(parts).subarray(0, count);
}

/**
 * The decompressed bytes.
 *
 * @throws DataError (while iterating) where the file cannot be read or its compressed data are damaged
 */
export async function* readable(source: ByteSource, compression: Compression): AsyncGenerator<Uint8Array> {
  try {
    yield* compression === 'none' ? source.open() : decompressed(source.open(), compression);
  } catch (error) {
    throw new DataError(explainReadFailure(error as NodeJS.ErrnoException, source.label, compression), {
      cause: error,
    });
  }
}

async function* decompressed(
  bytes: AsyncIterable<Uint8Array>,
  compression: 'gzip' | 'zstd',
): AsyncGenerator<Uint8Array> {
  if (compression === 'gzip') {
    // The callback is required; the loop of the reader throws the same error.
    yield* pipeline(bytes, createGunzip({ chunkSize: BLOCK_BYTES }), () => {}) as Readable;
    return;
  }
  yield* zstdFrames(bytes);
}

/**
 * Says why a file could not be read.
 *
 * @example explainReadFailure({ code: 'EACCES' }, 'a.csv', 'none').message // 'the file may not be read (permission denied)'
 */
export function explainReadFailure(
  error: { readonly code?: string; readonly message?: string },
  label: string,
  compression: Compression,
): { message: string; hint?: string; where: { file: string } } {
  const where = { file: label };
  const code = error.code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return { message: 'the file does not exist', where };
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      message: 'the file may not be read (permission denied)',
      hint: 'give your user the right to read it',
      where,
    };
  }
  if (code === 'EISDIR') return { message: 'found a directory, expected a file', where };
  if (compression !== 'none' && /^(Z_|ZSTD_)/.test(code)) {
    return {
      message: `the ${compression} data are damaged or cut off (${error.message ?? code})`,
      hint: 'make or copy the file again',
      where,
    };
  }
  return { message: `the file cannot be read (${error.message ?? code})`, where };
}
