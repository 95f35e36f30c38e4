/** Texts as salted hashes of their grams, so that a private training set can be compared without being shown. */

import { hash as digest } from 'node:crypto';
import { foundText, type RowChunk } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { flatText, type GramKind, gramName, type HashedText, literalGrams } from '../../text/index.ts';
import type { SaltedHashes } from './case-index.ts';
import type { OverlapRow } from './items.ts';

/** Columns of a file of hashes. */
export const HASH_COLUMNS = {
  file: 'slicewise.file',
  line: 'slicewise.line',
  grams: 'slicewise.grams',
  salt: 'slicewise.salt',
  tokens: 'slicewise.tokens',
  flat: 'slicewise.flat',
  hashes: 'slicewise.hashes',
} as const;

/** Bytes of a gram's hash. */
const WIDTH = 8;

/** Says whether two files have the same salt, without saying which. */
export function saltMark(salt: string): string {
  return sha(salt, 'mark', 'slicewise').subarray(0, WIDTH).toString('hex');
}

/** Hashes texts with SHA-256 over the salt and each gram; 8 bytes of each are kept. */
export function saltedHashes(kind: GramKind, salt: string): SaltedHashes {
  return {
    read: (text) => {
      const grams = new Set(literalGrams(text, kind));
      const low = new Int32Array(grams.size);
      const high = new Int32Array(grams.size);
      let count = 0;
      for (const gram of grams) {
        const bytes = sha(salt, 'gram', gram);
        low[count] = bytes.readInt32LE(0);
        high[count++] = bytes.readInt32LE(4);
      }
      return { tokens: literalGrams(text, { unit: kind.unit, n: 1 }).length, count, low, high };
    },
    flat: (text) =>
      sha(salt, 'flat', flatText(text))
        .subarray(0, 2 * WIDTH)
        .toString('hex'),
  };
}

/** A row as a line of a file of hashes; hashes are sorted, so that nothing tells the order of the grams. */
export function hashedLine(
  { file, line, content }: OverlapRow,
  kind: GramKind,
  salt: string,
  hashes: SaltedHashes,
): string {
  const text = content?.kind === 'text' ? content.text : null;
  const place = { file, line, grams: gramName(kind), salt: saltMark(salt) };
  if (text === null)
    return `${JSON.stringify({ slicewise: { ...place, tokens: 0, flat: '', hashes: '' } })}\n`;
  const { tokens, count, low, high } = hashes.read(text);
  const keys = Array.from({ length: count }, (_, k) => {
    const bytes = Buffer.alloc(WIDTH);
    bytes.writeInt32LE(low[k]!, 0);
    bytes.writeInt32LE(high[k]!, 4);
    return bytes;
  }).sort(Buffer.compare);
  const row = { ...place, tokens, flat: hashes.flat(text), hashes: Buffer.concat(keys).toString('base64') };
  return `${JSON.stringify({ slicewise: row })}\n`;
}

/** What the rows of a file of hashes must have been made with. */
export interface HashKey {
  readonly kind: GramKind;
  readonly salt: string;
}

/**
 * A row of a file of hashes.
 *
 * @throws DataError where the row is not whole, or was made with another salt or other grams
 */
export function readHashedRow(
  { file, lines, columns }: RowChunk,
  row: number,
  key: HashKey | null,
): OverlapRow {
  const read = (column: string): string => {
    const cell = columns.get(column)?.[row];
    return typeof cell === 'string' ? cell : '';
  };
  const where = { file, line: lines[row]! };
  if (key === null) {
    throw new DataError({
      message: 'the file holds salted hashes, and no salt is named',
      hint: 'give the salt that it was written with: --salt TEXT',
      where,
    });
  }
  if (read(HASH_COLUMNS.salt) !== saltMark(key.salt)) {
    throw new DataError({
      message: 'the hashes were made with another salt',
      hint: 'ask who wrote the file for the salt',
      where,
    });
  }
  if (read(HASH_COLUMNS.grams) !== gramName(key.kind)) {
    throw new DataError({
      message: `the hashes are those of ${foundText(read(HASH_COLUMNS.grams))}, expected ${gramName(key.kind)}`,
      hint: '--grams names what the file was written with',
      where,
    });
  }
  const bytes = Buffer.from(read(HASH_COLUMNS.hashes), 'base64');
  const tokens = Number(read(HASH_COLUMNS.tokens));
  if (bytes.length % WIDTH !== 0 || !Number.isInteger(tokens) || tokens < 0) {
    throw new DataError({
      message: 'the row is no whole row of hashes',
      hint: 'write the file again with slicewise splits overlap --write-hashes',
      where: { ...where, field: HASH_COLUMNS.hashes },
    });
  }
  const count = bytes.length / WIDTH;
  const hashed: HashedText = {
    tokens,
    count,
    low: Int32Array.from({ length: count }, (_, k) => bytes.readInt32LE(k * WIDTH)),
    high: Int32Array.from({ length: count }, (_, k) => bytes.readInt32LE(k * WIDTH + 4)),
  };
  return {
    file: read(HASH_COLUMNS.file) || file,
    line: Number(read(HASH_COLUMNS.line)) || lines[row]!,
    label: null,
    content: count === 0 ? null : { kind: 'hashes', hashed, flat: read(HASH_COLUMNS.flat) },
  };
}

function sha(salt: string, what: string, text: string): Buffer {
  // Lengths first, so that no salt and text can be taken for others.
  return digest('sha256', `${salt.length}:${salt}:${what}:${text}`, 'buffer');
}
