/** The n-grams of a text as pairs of 32-bit hashes, from words and from characters within words. */

import { eachWord } from '../../text/index.ts';

/**
 * Called with the two hashes of a gram and where it stands in the normalised text. A gram of characters that takes in a border
 * of its word starts before `wordStart` or ends behind `wordEnd`.
 */
export type GramVisitor = (
  high: number,
  low: number,
  start: number,
  end: number,
  wordStart: number,
  wordEnd: number,
) => void;

/** Words of the text at hand; reused, so that no text costs an array. */
let starts = new Int32Array(1024);
let ends = new Int32Array(1024);
let hashes = new Int32Array(1024);

function readWords(text: string): number {
  let count = 0;
  eachWord(text, (start, end, hash) => {
    if (count === starts.length) {
      starts = grown(starts);
      ends = grown(ends);
      hashes = grown(hashes);
    }
    starts[count] = start;
    ends[count] = end;
    hashes[count] = hash;
    count++;
  });
  return count;
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/**
 * Visits every run of `least` to `most` words. The same words give the same hashes wherever they stand; what is between words
 * does not count.
 *
 * @param text as `normalizeText` gives it
 * @param salt tells the grams of one column from those of another
 */
export function eachWordGram(
  text: string,
  salt: number,
  least: number,
  most: number,
  visit: GramVisitor,
): void {
  const count = readWords(text);
  for (let first = 0; first < count; first++) {
    let high = Math.imul(salt ^ 0x9e3779b9, 0x85ebca6b);
    let low = salt + 0x165667b1;
    const last = Math.min(first + most, count);
    for (let at = first; at < last; at++) {
      const hash = hashes[at]!;
      high = Math.imul(high ^ hash, 0xcc9e2d51);
      high ^= high >>> 15;
      low = Math.imul(low + hash, 0x27d4eb2f);
      low ^= low >>> 13;
      if (at - first + 1 >= least) visit(high, low, starts[first]!, ends[at]!, starts[first]!, ends[at]!);
    }
  }
}

/** What stands for the border of a word in a gram of characters. */
const BORDER = ' ';

const BORDER_UNIT = 32;

/**
 * Visits every run of `least` to `most` characters within a word that has a blank before and after it; a word that is
 * shorter is visited whole, once. Positions are those of the characters, without borders; a gram that would cut a surrogate
 * pair is left out.
 *
 * @param text as `normalizeText` gives it
 */
export function eachCharacterGram(
  text: string,
  salt: number,
  least: number,
  most: number,
  visit: GramVisitor,
): void {
  const count = readWords(text);
  for (let word = 0; word < count; word++) {
    const start = starts[word]! - 1;
    const end = ends[word]! + 1;
    const shortest = Math.min(least, end - start);
    for (let first = start; first + shortest <= end; first++) {
      const last = Math.min(first + most, end);
      if (first > start && isLowHalf(text.charCodeAt(first))) continue;
      let high = Math.imul(salt ^ 0x3243f6a9, 0x85ebca6b);
      let low = salt + 0x2b7e1517;
      for (let at = first; at < last; at++) {
        const unit = at === start || at === end - 1 ? BORDER_UNIT : text.charCodeAt(at);
        high = Math.imul(high ^ unit, 0x01000193);
        high ^= high >>> 15;
        low = Math.imul(low + unit, 0x27d4eb2f);
        low ^= low >>> 13;
        const cutsPair = at < end - 1 && at > start && isHighHalf(unit);
        if (at - first + 1 >= shortest && !cutsPair) visit(high, low, first, at + 1, start + 1, end - 1);
      }
    }
  }
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** How a gram is written: words with single blanks between, or characters with a blank for each border. */
export function gramText(
  text: string,
  start: number,
  end: number,
  wordStart: number,
  wordEnd: number,
): string {
  if (start === wordStart && end === wordEnd) {
    const parts: string[] = [];
    eachWord(text.slice(start, end), (from, to) => parts.push(text.slice(start + from, start + to)));
    return parts.join(' ');
  }
  const inner = text.slice(Math.max(start, wordStart), Math.min(end, wordEnd));
  return `${start < wordStart ? BORDER : ''}${inner}${end > wordEnd ? BORDER : ''}`;
}

/** Visits a gram of words as `gramText` writes it. */
export function wordGram(name: string, salt: number, visit: GramVisitor): void {
  eachWordGram(name, salt, 1, Number.MAX_SAFE_INTEGER, (high, low, start, end) => {
    if (start === 0 && end === name.length) visit(high, low, start, end, start, end);
  });
}

/** Visits a gram of characters as `gramText` writes it, or any text taken whole, such as a category. */
export function characterGram(name: string, salt: number, visit: GramVisitor): void {
  let high = Math.imul(salt ^ 0x3243f6a9, 0x85ebca6b);
  let low = salt + 0x2b7e1517;
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    high ^= high >>> 15;
    low = Math.imul(low + unit, 0x27d4eb2f);
    low ^= low >>> 13;
  }
  visit(high, low, 0, name.length, 0, name.length);
}
