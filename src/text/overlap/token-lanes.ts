/** The words or characters of a text as two 32-bit hashes each, by one loop over its units. */

import { astralClass, CLASS, classTable } from '../char-class.ts';
import { normalizeText } from '../tokenize.ts';
import { LANES, spread, spreadHigh } from './hash.ts';

/** Hashes of the tokens of the text that was read last, in order. */
export interface TokenLanes {
  readonly count: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  read(text: string): void;
}

/** For each ASCII unit what it is in a word, in lower case; 0 where it is none. */
const LOWER = new Uint8Array(128);
for (let unit = 0; unit < 128; unit++) {
  const text = String.fromCharCode(unit);
  if (/\w/.test(text)) LOWER[unit] = text.toLowerCase().charCodeAt(0);
}

/** A run of white space is one blank to characters. */
const SPACES = /\s+/gu;

/**
 * Unicode NFKC, lower case, runs of white space made one blank, ends trimmed. Texts that are equal in this form are exact duplicates.
 *
 * @example flatText(' Ｐay\n me ') // 'pay me'
 */
export function flatText(text: string): string {
  return normalizeText(text).replace(SPACES, ' ').trim();
}

/** Reads words as `eachWord` cuts them, of any text; ASCII is neither copied nor normalised. */
export function wordLanes(): TokenLanes {
  let low = new Int32Array(256);
  let high = new Int32Array(256);
  let count = 0;
  let [a, b] = [0, 0];
  const close = (): void => {
    if (count === low.length) [low, high] = [larger(low), larger(high)];
    low[count] = spread(a);
    high[count++] = spreadHigh(b);
  };
  /** @returns whether the text is ASCII; otherwise what was read is void */
  const readAscii = (text: string): boolean => {
    let isOpen = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit > 127) return false;
      const lower = LOWER[unit]!;
      if (lower === 0) {
        if (isOpen) close();
        isOpen = false;
        continue;
      }
      if (!isOpen) [a, b, isOpen] = [LANES.low.seed, LANES.high.seed, true];
      a = Math.imul(a ^ lower, LANES.low.step);
      b = Math.imul(b + lower, LANES.high.step);
      b ^= b >>> 15;
    }
    if (isOpen) close();
    return true;
  };
  const add = (unit: number): void => {
    a = Math.imul(a ^ unit, LANES.low.step);
    b = Math.imul(b + unit, LANES.high.step);
    b ^= b >>> 15;
  };
  let inside = false;
  const end = (): void => {
    if (inside) close();
    inside = false;
  };
  const addPoint = (codePoint: number): void => {
    if (!inside) [a, b, inside] = [LANES.low.seed, LANES.high.seed, true];
    add(codePoint & 0xffff);
    if (codePoint > 0xffff) add(codePoint >>> 16);
  };
  const readAny = (text: string): void => {
    for (let at = 0; at < text.length; at++) {
      const codePoint = text.codePointAt(at)!;
      if (codePoint > 0xffff) at++;
      const kind = classOf(codePoint);
      if (kind !== CLASS.word) end();
      if (kind !== CLASS.other) addPoint(codePoint);
      if (kind === CLASS.alone) end();
    }
    end();
  };
  return {
    get count() {
      return count;
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
    read: (text) => {
      count = 0;
      if (readAscii(text)) return;
      count = 0;
      readAny(normalizeText(text));
    },
  };
}

/** What a code point is in a word; half of a pair that stands alone is none. */
function classOf(codePoint: number): number {
  if (codePoint > 0xffff) return astralClass(codePoint);
  const kind = classTable()[codePoint]!;
  return kind === CLASS.surrogate ? CLASS.other : kind;
}

/** Reads the code points of the flat form of any text. */
export function characterLanes(): TokenLanes {
  let low = new Int32Array(256);
  let high = new Int32Array(256);
  let count = 0;
  return {
    get count() {
      return count;
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
    read: (text) => {
      const flat = flatText(text);
      while (low.length < flat.length) [low, high] = [larger(low), larger(high)];
      count = 0;
      for (let at = 0; at < flat.length; at++) {
        const codePoint = flat.codePointAt(at)!;
        if (codePoint > 0xffff) at++;
        low[count] = spread(codePoint ^ LANES.low.seed);
        high[count++] = spreadHigh(codePoint ^ LANES.high.seed);
      }
    },
  };
}

function larger(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2);
  copy.set(values);
  return copy;
}
