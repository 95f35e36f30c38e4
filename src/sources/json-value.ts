/** Reads the text of one JSON value: fast where it is plain, exactly where it holds huge integers or numbers that are not finite. */

import { JsonCursor, JsonFault } from './json-cursor.ts';
import { DEEPEST_NESTING } from './json-raw.ts';

/** What a value may hold beyond JSON. */
export interface JsonLeniency {
  /** Bare `NaN`, `Infinity` and `-Infinity`, as Python writes them. */
  readonly nonFinite: boolean;
}

/** An integer that may be beyond 2^53; also matches inside of texts, which only costs time. */
const LONG_INTEGER = /(?:^|[:,[\s])-?[0-9]{16}/;
const INTEGER = /^-?[0-9]+$/;
const WORDS: readonly (readonly [spelling: string, value: unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const NOT_FINITE: typeof WORDS = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

/**
 * The value of a JSON text. Integers that a double cannot hold exactly become texts, digit by digit as they are written, so
 * that two ids never fall together.
 *
 * @param hasLongInteger whether it may hold a whole number of 16 digits or more, where that is known
 * @throws JsonFault with the index of what is wrong
 * @example parseJsonValue('[9007199254740993, NaN]', { nonFinite: true }) // ['9007199254740993', NaN]
 */
export function parseJsonValue(
  text: string,
  leniency: JsonLeniency,
  hasLongInteger = LONG_INTEGER.test(text),
): unknown {
  try {
    return hasLongInteger ? JSON.parse(text, keepLongInteger) : JSON.parse(text);
  } catch {
    return readSlowly(text, leniency);
  }
}

function keepLongInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && INTEGER.test(source) ? source : value;
}

/** The same token by token, which finds the place of a fault. */
function readSlowly(text: string, { nonFinite }: JsonLeniency): unknown {
  const cursor = new JsonCursor();
  const words = nonFinite ? [...WORDS, ...NOT_FINITE] : WORDS;

  function readValue(depth: number): unknown {
    const code = cursor.code();
    if (depth > DEEPEST_NESTING)
      throw new JsonFault(`nested deeper than ${DEEPEST_NESTING} levels`, cursor.index());
    if (code === 0x7b) return readObject(depth);
    if (code === 0x5b) return readList(depth);
    if (code === 0x22) return cursor.takeString();
    const word = words.find(([spelling]) => cursor.tryWord(spelling));
    if (word !== undefined) return word[1];
    const number = cursor.takeNumber();
    const value = Number(number);
    return INTEGER.test(number) && !Number.isSafeInteger(value) ? number : value;
  }

  function readObject(depth: number): unknown {
    // fromEntries, because assigning to the key __proto__ would set the prototype.
    const entries: [string, unknown][] = [];
    cursor.step();
    while (cursor.code() !== 0x7d || entries.length > 0) {
      const key = cursor.takeString();
      if (cursor.code() !== 0x3a) throw cursor.unexpected('":" after the key');
      cursor.step();
      entries.push([key, readValue(depth + 1)]);
      if (cursor.code() === 0x7d) break;
      if (cursor.code() !== 0x2c) throw cursor.unexpected('"," or "}"');
      cursor.step();
    }
    cursor.step();
    return Object.fromEntries(entries);
  }

  function readList(depth: number): unknown {
    const list: unknown[] = [];
    cursor.step();
    while (cursor.code() !== 0x5d || list.length > 0) {
      list.push(readValue(depth + 1));
      if (cursor.code() === 0x5d) break;
      if (cursor.code() !== 0x2c) throw cursor.unexpected('"," or "]"');
      cursor.step();
    }
    cursor.step();
    return list;
  }

  cursor.start(text);
  const value = readValue(0);
  if (!Number.isNaN(cursor.code())) throw cursor.unexpected('the end of the value');
  return value;
}
