/** Looks at the first bytes of a file: what holds it, and how its text starts. */

import { DataError } from '../errors.ts';
import { type ByteSource, type Compression, firstBytes, readable } from './byte-source.ts';
import { textBlocks } from './text-blocks.ts';

/** The start of a text. */
export interface TextProbe {
  readonly kind: 'text';
  readonly compression: Compression;
  /** At most 256 Ki characters, and the rest of their block. */
  readonly head: string;
  /** Whether `head` is all of it. */
  readonly isWhole: boolean;
}

/** What a file is before anybody knows whose it is. */
export type Probe = TextProbe | { readonly kind: 'parquet' } | { readonly kind: 'zip' };

/** Characters at the start that are looked at. */
const HEAD_CHARACTERS = 1 << 18;

/** Where a wrapping ends, and what people may do about it. */
interface Known {
  readonly bytes: readonly number[];
  /** Place of these bytes. */
  readonly at?: number;
  readonly what: string;
  readonly hint?: string;
}

const READ_AS_THEY_ARE = 'gzip (.gz) and Zstandard (.zst) are read as they are';

/** Bytes that give away files that nobody reads. */
const BINARY: readonly Known[] = [
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'an SQLite database' },
  {
    bytes: [0x42, 0x5a, 0x68],
    what: 'bzip2 data',
    hint: `unpack it: bunzip2 FILE; ${READ_AS_THEY_ARE}`,
  },
  {
    bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    what: 'xz data',
    hint: `unpack it: unxz FILE; ${READ_AS_THEY_ARE}`,
  },
  {
    bytes: [0x37, 0x7a, 0xbc, 0xaf],
    what: 'a 7-Zip archive',
    hint: 'unpack it and name the files in it',
  },
  {
    bytes: [0x75, 0x73, 0x74, 0x61, 0x72],
    at: 257,
    what: 'a tar archive',
    hint: 'unpack it and name the files or the folder: tar -xf FILE',
  },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'an Arrow file' },
];

/** What compressed data must not be once they are unpacked, beside what nobody reads at all. */
const WRAPPED: readonly Known[] = [
  {
    bytes: [0x50, 0x41, 0x52, 0x31],
    what: 'compressed Parquet',
    hint: 'unpack it once: Parquet compresses by itself',
  },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'a ZIP archive',
    hint: 'unpack it once: gunzip FILE or unzstd FILE; logs of Inspect (.eval) are read without',
  },
  { bytes: [0x1f, 0x8b], what: 'gzip data', hint: 'unpack it once' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'Zstandard data', hint: 'unpack it once' },
];

/** Bytes at the start of which something is known. */
const KNOWN_BYTES = 262;

function knownAmong(all: readonly Known[], bytes: Uint8Array): Known | undefined {
  return all.find((known) => known.bytes.every((byte, at) => bytes[(known.at ?? 0) + at] === byte));
}

/** @throws DataError where the file cannot be read or holds neither text, Parquet nor a ZIP archive */
export async function probeFile(source: ByteSource): Promise<Probe> {
  const bytes = await firstBytes(source, KNOWN_BYTES);
  const starts = (...wanted: readonly number[]): boolean => wanted.every((byte, at) => bytes[at] === byte);
  if (starts(0x50, 0x41, 0x52, 0x31)) return { kind: 'parquet' };
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return { kind: 'zip' };
  const binary = knownAmong(BINARY, bytes);
  if (binary !== undefined) throw notRows(source.label, `is ${binary.what}`, binary.hint);
  const compression = starts(0x1f, 0x8b) ? 'gzip' : starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : 'none';
  return { kind: 'text', compression, ...(await readHead(source, compression)) };
}

/** The error for a file that holds no rows. */
export function notRows(label: string, what: string, hint?: string): DataError {
  return new DataError({
    message: `the file ${what}, expected rows: JSON lines, a JSON array of objects, CSV, TSV or Parquet`,
    hint: hint ?? 'export the rows in one of these formats',
    where: { file: label },
  });
}

async function readHead(
  source: ByteSource,
  compression: Compression,
): Promise<{ head: string; isWhole: boolean }> {
  let head = '';
  const bytes = checkedStart(readable(source, compression), compression, source.label);
  for await (const block of textBlocks(bytes, source.label)) {
    head += block;
    if (head.length >= HEAD_CHARACTERS) return { head, isWhole: false };
  }
  return { head, isWhole: true };
}

/** Refuses UTF-16 at the start of data, and within compressed data whatever is no text. */
async function* checkedStart(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  label: string,
): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const part of bytes) {
    if (isFirst && part.length > 0) {
      const [first, second] = part;
      if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
        throw new DataError({
          message: 'the file starts with a UTF-16 byte order mark (byte 1), expected UTF-8',
          hint: 'save the file as UTF-8',
          where: { file: label, line: 1 },
        });
      }
      const wrapped = compression === 'none' ? undefined : knownAmong([...WRAPPED, ...BINARY], part);
      if (wrapped !== undefined)
        throw notRows(
          label,
          `is ${wrapped.what} within ${compression === 'gzip' ? 'gzip' : 'Zstandard'}`,
          wrapped.hint,
        );
      isFirst = false;
    }
    yield part;
  }
}
