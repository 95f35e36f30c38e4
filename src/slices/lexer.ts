/** Cuts the text of a predicate into tokens, each with the offset at which it starts. */

/** `word` is a bare name or keyword as typed; `name` stood in backticks; `text` in quotes. `end` closes the list. */
export type Token =
  | {
      readonly kind: 'word' | 'name' | 'text' | 'symbol';
      readonly value: string;
      readonly at: number;
      readonly end: number;
    }
  | { readonly kind: 'number'; readonly value: number; readonly at: number; readonly end: number }
  | { readonly kind: 'end'; readonly value: ''; readonly at: number; readonly end: number };

/** Something in the text that is no token. */
export interface LexicalProblem {
  readonly at: number;
  readonly found: string;
  readonly expected: string;
}

const SPACE = /[ \t\r\n\f\v\u00A0\uFEFF]+/y;
const NUMBER = /-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\p{L}\p{M}\p{N}_.-])/uy;
const WORD = /[\p{L}\p{M}\p{N}_.-]+/uy;
const SYMBOL = /==|!=|<=|>=|<>|&&|\|\||[=<>(),!]/y;

/**
 * All tokens of a predicate, `end` last, or the first thing that is none.
 *
 * Quotes are closed by the same quote, and a doubled quote stands for itself; there are no other escapes, so that
 * patterns keep their backslashes. Bare words are Unicode letters, digits, `_`, `.` and `-`, not starting with a digit, `.` or `-`.
 *
 * @example tokenize("a >= 2") // word a, symbol >=, number 2, end
 */
export function tokenize(text: string): readonly Token[] | LexicalProblem {
  const tokens: Token[] = [];
  let at = 0;
  while (true) {
    at += take(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) return [...tokens, { kind: 'end', value: '', at, end: at }];
    const token = readToken(text, at);
    if ('expected' in token) return token;
    tokens.push(token);
    at = token.end;
  }
}

function readToken(text: string, at: number): Token | LexicalProblem {
  const first = text[at] as string;
  if (first === "'" || first === '"' || first === '`') return readQuoted(text, at, first);
  const number = take(NUMBER, text, at);
  if (number !== null) {
    const value = Number(number);
    if (!Number.isFinite(value))
      return { at, found: shortened(number), expected: 'a number that fits a double' };
    // Adding 0 turns -0 into 0, which prints as it compares.
    return { kind: 'number', value: value + 0, at, end: at + number.length };
  }
  const word = take(WORD, text, at);
  if (word !== null) {
    if (!/^[0-9.-]/.test(word)) return { kind: 'word', value: word, at, end: at + word.length };
    const shown = shortened(word);
    return {
      at,
      found: shown,
      expected: `a number, a text such as '${shown}', or a column such as \`${shown}\``,
    };
  }
  const symbol = take(SYMBOL, text, at);
  if (symbol !== null) return { kind: 'symbol', value: symbol, at, end: at + symbol.length };
  return {
    at,
    found: String.fromCodePoint(text.codePointAt(at) as number),
    expected: 'a name, a number, a text in quotes or an operator',
  };
}

function take(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function readQuoted(text: string, at: number, quote: string): Token | LexicalProblem {
  let value = '';
  let from = at + 1;
  while (true) {
    const close = text.indexOf(quote, from);
    if (close === -1) return { at, found: `an unclosed ${quote}`, expected: `a closing ${quote}` };
    value += text.slice(from, close);
    if (text[close + 1] !== quote) {
      if (quote !== '`') return { kind: 'text', value, at, end: close + 1 };
      if (value !== '') return { kind: 'name', value, at, end: close + 1 };
      return { at, found: 'an empty name', expected: 'a column name between the backticks' };
    }
    value += quote;
    from = close + 2;
  }
}

/** A piece of a predicate as an error message shows it: at most so many characters of it. */
export function shortened(text: string, most = 40): string {
  if (text.length <= most) return text;
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}...`;
}

/** A token as an error message names it, cut at 40 characters. */
export function showToken(token: Token): string {
  if (token.kind === 'end') return 'the end';
  const short = shortened(String(token.value));
  if (token.kind === 'text') return `the text '${short}'`;
  return token.kind === 'name' ? `\`${short}\`` : short;
}

/** Where in the source a character of a quoted text stands; a doubled quote takes two places. */
export function insideQuotes(source: string, opening: number, offset: number): number {
  let at = opening + 1;
  for (let passed = 0; passed < offset; passed++) at += source[at] === source[opening] ? 2 : 1;
  return at;
}
