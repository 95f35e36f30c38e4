/** Finds the end of a JSON value inside a text, and spells JSON in one compact way. */

/** Values nested deeper than this are refused. */
export const DEEPEST_NESTING = 1_000;

/**
 * Index after the closing bracket of the array or object that starts at `start`; -1 where it does not close, -2 where it
 * is nested too deep. Does not check the grammar.
 */
export function bracketEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = stringEnd(text, at);
      if (at < 0) return -1;
      continue;
    }
    if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > DEEPEST_NESTING) return -2;
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  return -1;
}

/**
 * Index after the closing quote of the string that starts at `start`, -1 where it does not close.
 *
 * @example stringEnd('"a\\"b" c', 0) // 6
 */
export function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/**
 * JSON without blanks between its parts and with one spelling for every string; numbers keep theirs, keys their order.
 * So two writers of the same value (with or without blanks, with or without escaped letters) give the same text.
 *
 * @param raw valid JSON
 * @example compactJson('[1.0, "\\u00e9"]') // '[1.0,"é"]'
 */
export function compactJson(raw: string): string {
  let compact = '';
  let from = 0;
  while (from < raw.length) {
    const quote = raw.indexOf('"', from);
    const between = quote < 0 ? raw.slice(from) : raw.slice(from, quote);
    compact += between.replace(/[ \t\r\n]+/g, '');
    if (quote < 0) break;
    from = stringEnd(raw, quote);
    const string = raw.slice(quote, from);
    compact += string.includes('\\') ? JSON.stringify((JSON.parse(string) as string).toWellFormed()) : string;
  }
  return compact;
}

/** Whether JSON treats the character as a blank. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
