/** Finds out what a file is from its first bytes; its name only decides where the content leaves a choice. */

import { DataError } from '../errors.ts';
import { type ByteSource, type Compression, firstBytes, readable } from './byte-source.ts';
import { headerDelimiter } from './delimiter.ts';
import { foreignObject } from './foreign-object.ts';
import { textBlocks } from './text-blocks.ts';

/** How rows are written. */
export type RowFormat =
  | { readonly name: 'jsonl' | 'json' }
  | { readonly name: 'csv' | 'tsv'; readonly delimiter: string };

/** What a file is. */
export type FileFormat =
  | { readonly kind: 'rows'; readonly format: RowFormat; readonly compression: Compression }
  | { readonly kind: 'parquet' };

/** Characters at the start that are looked at. */
const HEAD_CHARACTERS = 1 << 18;

/** First bytes of files that hold no text. */
const BINARY: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive (such as a spreadsheet or an Inspect log)' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'an SQLite database' },
  { bytes: [0x42, 0x5a, 0x68], what: 'bzip2 data' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'xz data' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: 'an Arrow file' },
];

/** @throws DataError where the file is empty or is nothing that can be read as rows */
export async function detectFormat(source: ByteSource): Promise<FileFormat> {
  const bytes = await firstBytes(source, 8);
  const starts = (...wanted: readonly number[]): boolean => wanted.every((byte, at) => bytes[at] === byte);
  if (starts(0x50, 0x41, 0x52, 0x31)) return { kind: 'parquet' };
  const binary = BINARY.find((known) => starts(...known.bytes));
  if (binary !== undefined) throw notRows(source.label, `is ${binary.what}`);
  const compression = starts(0x1f, 0x8b) ? 'gzip' : starts(0x28, 0xb5, 0x2f, 0xfd) ? 'zstd' : 'none';
  const { head, isWhole } = await readHead(source, compression);
  return { kind: 'rows', format: textFormat(head, isWhole, source.label), compression };
}

async function readHead(
  source: ByteSource,
  compression: Compression,
): Promise<{ head: string; isWhole: boolean }> {
  let head = '';
  for await (const block of textBlocks(
    checkedStart(readable(source, compression), source.label),
    source.label,
  )) {
    head += block;
    if (head.length >= HEAD_CHARACTERS) return { head, isWhole: false };
  }
  return { head, isWhole: true };
}

/** Refuses UTF-16 and Parquet at the start of (decompressed) data. */
async function* checkedStart(bytes: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
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
      if (Buffer.from(part.subarray(0, 4)).toString('latin1') === 'PAR1') {
        throw notRows(label, 'is compressed Parquet (Parquet compresses by itself)');
      }
      isFirst = false;
    }
    yield part;
  }
}

function textFormat(head: string, isWhole: boolean, label: string): RowFormat {
  const start = head.trimStart();
  if (start === '') {
    throw new DataError({
      message: isWhole
        ? 'the file is empty, expected rows'
        : `the first ${head.length} characters are blank, expected rows`,
      hint: 'check the program that wrote it',
      where: { file: label },
    });
  }
  const extension = /\.(csv|tsv|jsonl|ndjson|json)(?:\.gz|\.zst)?$/i.exec(label)?.[1]?.toLowerCase();
  const looksJson = extension === 'csv' || extension === 'tsv' ? /^(?:\{\s*["}]|\[\s*[{\]])/ : /^[{[]/;
  if (looksJson.test(start)) {
    if (start.startsWith('[')) return { name: 'json' };
    const foreign = foreignObject(head, label, isWhole);
    if (foreign !== null) throw foreign;
    return { name: 'jsonl' };
  }
  const delimiter = headerDelimiter(head);
  const saysJson = extension === 'json' || extension === 'jsonl' || extension === 'ndjson';
  if (saysJson && !hasLevelLines(start, delimiter)) return { name: 'jsonl' };
  if (!head.includes('\n') && /\r[^\n]/.test(head)) {
    throw new DataError({
      message: `the lines end with a carriage return alone, expected line feeds`,
      hint: 'save the file with LF or CRLF line ends',
      where: { file: label, line: 1 },
    });
  }
  return { name: delimiter === '\t' ? 'tsv' : 'csv', delimiter };
}

/** Whether the first two lines have the separator equally often, and at all. */
function hasLevelLines(text: string, delimiter: string): boolean {
  const [first = '', second = ''] = text.split('\n', 2);
  const count = first.split(delimiter).length;
  return count > 1 && second.split(delimiter).length === count;
}

function notRows(label: string, what: string): DataError {
  return new DataError({
    message: `the file ${what}, expected rows: JSON lines, a JSON array of objects, CSV, TSV or Parquet`,
    hint: 'export the rows in one of these formats',
    where: { file: label },
  });
}
