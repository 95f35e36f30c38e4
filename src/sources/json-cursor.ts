/** Walks over the tokens of a JSON text, strictly, and keeps the spelling of numbers. */

import { foundText } from '../cases/index.ts';
import { bracketEnd, compactJson, DEEPEST_NESTING, isBlank, stringEnd } from './json-raw.ts';

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[+-]?[\p{L}\p{N}_]+|./uy;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them
const CONTROL = /[\u0000-\u001f]/;

/** What stops the reading of one row. */
export class JsonFault extends Error {
  /** Index in the row's text. */
  readonly at: number;
  readonly hint: string | undefined;

  constructor(message: string, at: number, hint?: string) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/** A place in a JSON text. Every `take` reads one token there, or throws a JsonFault. */
export class JsonCursor {
  private text = '';
  private at = 0;
  /** Where the next backslash is, at or after the last string that was looked at. */
  private backslash = -1;
  private hasControl = false;

  /** Starts anew at the first character that is no blank. */
  start(text: string): void {
    this.text = text;
    this.at = 0;
    this.backslash = -1;
    this.hasControl = CONTROL.test(text);
    this.skipBlanks();
  }

  /** Code of the current character, NaN at the end. */
  code(): number {
    return this.text.charCodeAt(this.at);
  }

  index(): number {
    return this.at;
  }

  /** Moves over the current character and the blanks after it. */
  step(): void {
    this.at += 1;
    this.skipBlanks();
  }

  /** Goes back to an index that `index()` gave. */
  back(index: number): void {
    this.at = index;
  }

  /** Moves over `true`, `false` or `null`; false where another text stands here. */
  tryWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    this.skipBlanks();
    return true;
  }

  /** The current number as it is spelled. */
  takeNumber(): string {
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number === undefined) throw this.unexpected('a value');
    this.at += number.length;
    this.skipBlanks();
    return number;
  }

  /** The current string, decoded; half of a surrogate pair becomes U+FFFD. */
  takeString(): string {
    const { text } = this;
    const start = this.at;
    if (text.charCodeAt(start) !== 0x22) throw this.unexpected('a text in double quotes');
    if (this.backslash < start) {
      const next = text.indexOf('\\', start);
      this.backslash = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    let end = text.indexOf('"', start + 1) + 1;
    const plain = this.backslash >= end;
    if (!plain) end = stringEnd(text, start);
    if (end <= 0) throw new JsonFault('a text in quotes does not end', start);
    const inside = text.slice(start + 1, end - 1);
    if (this.hasControl && CONTROL.test(inside)) {
      throw new JsonFault('a text holds a line break or control character that is not escaped', start);
    }
    this.at = end;
    this.skipBlanks();
    return plain ? inside : unescaped(text.slice(start, end), start);
  }

  /** The current array or object as compact JSON text. */
  takeRaw(): string {
    const start = this.at;
    const end = bracketEnd(this.text, start);
    if (end === -2) throw new JsonFault(`nested deeper than ${DEEPEST_NESTING} levels`, start);
    if (end < 0) throw new JsonFault('a bracket does not close', start);
    const raw = this.text.slice(start, end);
    try {
      JSON.parse(raw);
    } catch {
      const bare = /\b(?:NaN|Infinity|None|True|False)\b/.exec(raw)?.[0];
      const hint = bare === undefined ? undefined : `${bare} is not JSON; write null for missing`;
      throw new JsonFault('the value is not valid JSON', start, hint);
    }
    this.at = end;
    this.skipBlanks();
    return compactJson(raw);
  }

  /** The fault that something else was expected here. */
  unexpected(expected: string): JsonFault {
    if (this.at >= this.text.length)
      return new JsonFault(`the row ends early, expected ${expected}`, this.at);
    WORD.lastIndex = this.at;
    const found = WORD.exec(this.text)?.[0] ?? '';
    if (NOT_FINITE.test(found)) {
      return new JsonFault(`${found} is no number`, this.at, 'write null for unscored or missing');
    }
    return new JsonFault(`found ${foundText(found)}, expected ${expected}`, this.at);
  }

  private skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.at))) this.at += 1;
  }
}

function unescaped(quoted: string, start: number): string {
  try {
    return (JSON.parse(quoted) as string).toWellFormed();
  } catch {
    throw new JsonFault('a text has an escape that JSON does not know', start);
  }
}
