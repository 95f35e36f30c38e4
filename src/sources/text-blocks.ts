/** Turns bytes into text, block by block, and refuses whatever is not clean UTF-8. */

import { isUtf8 } from 'node:buffer';
import { DataError } from '../errors.ts';

/**
 * Blocks of text, cut between characters, without a byte order mark at the start.
 *
 * @throws DataError (while iterating) at the first byte that is not UTF-8, or is NUL, with its line and byte number
 */
export async function* textBlocks(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let offset = 0;
  const decode = (block: Buffer): string => {
    const bad = isUtf8(block) ? -1 : firstInvalid(block);
    const nul = block.indexOf(0);
    if (bad >= 0 || nul >= 0) {
      const at = bad < 0 || (nul >= 0 && nul < bad) ? nul : bad;
      throw invalidByte(file, line + newlines(block.subarray(0, at)), offset + at + 1, block[at]!);
    }
    const text = block.toString('utf8');
    const start = offset === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    line += newlines(block);
    offset += block.length;
    return start === 0 ? text : text.slice(1);
  };
  for await (const part of bytes) {
    const buffer = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
    const block = rest.length === 0 ? buffer : Buffer.concat([rest, buffer]);
    const whole = completeLength(block);
    rest = block.subarray(whole);
    if (whole > 0) yield decode(block.subarray(0, whole));
  }
  if (rest.length > 0) yield decode(rest);
}

/** Length without a character that is cut off at the end. */
function completeLength(block: Buffer): number {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return characterLength(byte) > back ? block.length - back : block.length;
  }
  return block.length;
}

function characterLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function firstInvalid(block: Buffer): number {
  let at = 0;
  while (at < block.length) {
    const length = characterLength(block[at]!);
    if (length > 1 && !isUtf8(block.subarray(at, at + length))) return at;
    at += length;
  }
  return -1;
}

function newlines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, at + 1)) count += 1;
  return count;
}

function invalidByte(file: string, line: number, byte: number, value: number): DataError {
  const hex = `0x${value.toString(16).toUpperCase().padStart(2, '0')}`;
  return new DataError(
    value === 0
      ? {
          message: `byte ${byte} of the file is NUL, expected UTF-8 text`,
          hint: 'the file may be binary, or UTF-16: save it as UTF-8',
          where: { file, line },
        }
      : {
          message: `byte ${byte} of the file (${hex}) is not UTF-8`,
          hint: 'save the file as UTF-8 (it may be Latin-1 or Windows-1252)',
          where: { file, line },
        },
  );
}
