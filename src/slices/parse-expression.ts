/** Parses the predicate language: a hand-written parser by precedence, nothing is ever evaluated as code. */

import type { Where } from '../errors.ts';
import type { CompareOp, Expression, Literal, Operand } from './expression.ts';
import { insideQuotes, shortened, showToken, type Token, tokenize } from './lexer.ts';
import { compilePattern } from './pattern.ts';
import { RESERVED_WORDS } from './reserved-words.ts';
import { type SyntaxProblem, syntaxError } from './syntax-error.ts';

/** Longest accepted predicate, in UTF-16 units. */
export const MAX_EXPRESSION_LENGTH = 10_000;

/** Deepest accepted nesting of parentheses and `not`. */
export const MAX_EXPRESSION_DEPTH = 50;

const COMPARE_OPS: ReadonlyMap<string, CompareOp> = new Map([
  ['=', '=='],
  ['==', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['<>', 'write !='],
  ['&&', 'write and'],
  ['||', 'write or'],
  ['!', 'write not'],
]);

const OPERATORS = 'an operator (==, !=, <, <=, >, >=, in, contains, matches, is missing)';

/**
 * Parses one predicate. Precedence, loosest first: `or`, `and`, `not`, comparison.
 *
 * @param text for example `length(input) > 8000 and customer in ('acme', 'globex')`; at most `MAX_EXPRESSION_LENGTH`
 *   characters nested at most `MAX_EXPRESSION_DEPTH` deep
 * @param origin where the text begins, or a function from offset in the text to the place of that character
 * @throws ConfigError (where `origin` names a file) or UsageError with line and column of the exact position
 * @example parseExpression("tokens > 1000")
 * // { kind: 'compare', op: '>', left: { kind: 'column', column: 'tokens' }, right: { kind: 'literal', value: 1000 } }
 */
export function parseExpression(text: string, origin?: Where | ((offset: number) => Where)): Expression {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw syntaxError(text, origin, {
      at: MAX_EXPRESSION_LENGTH,
      found: `${text.length} characters`,
      expected: `at most ${MAX_EXPRESSION_LENGTH}`,
    });
  }
  const tokens = tokenize(text);
  if (!Array.isArray(tokens)) {
    throw syntaxError(text, origin, tokens as Exclude<typeof tokens, readonly Token[]>);
  }
  const parser = new Parser(text, tokens as readonly Token[]);
  try {
    return parser.parse();
  } catch (error) {
    if (error instanceof Unexpected) throw syntaxError(text, origin, error.problem);
    throw error;
  }
}

/** Leaves the parser; never leaves this file. */
class Unexpected extends Error {
  readonly problem: SyntaxProblem;
  constructor(problem: SyntaxProblem) {
    super(problem.found);
    this.problem = problem;
  }
}

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#source = text;
    this.#tokens = tokens;
  }

  parse(): Expression {
    const expression = this.#joined('or');
    if (this.#peek().kind !== 'end') this.#fail('and, or, or the end');
    return expression;
  }

  #joined(kind: 'or' | 'and'): Expression {
    const part = () => (kind === 'or' ? this.#joined('and') : this.#unary());
    const parts = [part()];
    while (this.#takeWord(kind)) parts.push(part());
    return parts.length === 1 ? (parts[0] as Expression) : { kind, parts };
  }

  #unary(): Expression {
    const token = this.#peek();
    if (this.#takeWord('not')) {
      return { kind: 'not', part: this.#deeper(token, () => this.#unary()) };
    }
    if (this.#takeSymbol('(')) {
      const inner = this.#deeper(token, () => this.#joined('or'));
      if (!this.#takeSymbol(')')) this.#fail('and, or, or )');
      return inner;
    }
    return this.#predicate();
  }

  #deeper(token: Token, parse: () => Expression): Expression {
    if (++this.#depth > MAX_EXPRESSION_DEPTH) {
      throw new Unexpected({
        at: token.at,
        found: `nesting deeper than ${MAX_EXPRESSION_DEPTH}`,
        expected: 'fewer parentheses and nots',
      });
    }
    const expression = parse();
    this.#depth--;
    return expression;
  }

  #predicate(): Expression {
    const start = this.#peek();
    const operand = this.#operand('a column, length(column), words(column), a number or a text');
    const token = this.#peek();
    const op = token.kind === 'symbol' ? COMPARE_OPS.get(token.value) : undefined;
    if (op !== undefined) {
      this.#next++;
      return this.#comparison(op, operand, start);
    }
    if (this.#takeWord('is')) {
      const negated = this.#takeWord('not');
      if (!this.#takeWord('missing')) this.#fail(negated ? 'missing' : 'missing or not missing');
      const missing: Expression = { kind: 'missing', column: this.#columnOf(operand, start, 'is missing') };
      return negated ? { kind: 'not', part: missing } : missing;
    }
    const negated = this.#takeWord('not');
    const membership = this.#membership(operand, start);
    if (membership === null) return this.#fail(negated ? 'in, contains or matches' : OPERATORS);
    return negated ? { kind: 'not', part: membership } : membership;
  }

  #membership(operand: Operand, start: Token): Expression | null {
    if (this.#takeWord('in')) {
      if (operand.kind === 'literal') return this.#notAColumn(start, 'in');
      if (!this.#takeSymbol('(')) this.#fail('( and a list of values');
      const values = [this.#literal(operand)];
      while (this.#takeSymbol(',')) values.push(this.#literal(operand));
      if (!this.#takeSymbol(')')) this.#fail(', or )');
      return { kind: 'in', operand, values };
    }
    if (this.#takeWord('contains')) {
      const column = this.#columnOf(operand, start, 'contains');
      return { kind: 'contains', operand: { kind: 'column', column }, text: this.#text().value };
    }
    if (this.#takeWord('matches')) {
      const column = this.#columnOf(operand, start, 'matches');
      const text = this.#text();
      const pattern = compilePattern(text.value);
      if ('message' in pattern) {
        throw new Unexpected({
          at: insideQuotes(this.#source, text.at, pattern.offset),
          found: `an invalid pattern (${shortened(pattern.message, 120)})`,
          expected: 'a regular expression in RE2 syntax',
        });
      }
      return { kind: 'matches', operand: { kind: 'column', column }, pattern: text.value };
    }
    return null;
  }

  #comparison(op: CompareOp, left: Operand, start: Token): Expression {
    const token = this.#peek();
    const right = this.#operand('a number, a text in quotes, true, false or a column');
    if (left.kind === 'literal' && right.kind === 'literal') return this.#notAColumn(start, op);
    for (const [side, other, at] of [
      [left, right, start],
      [right, left, token],
    ] as const) {
      if (side.kind !== 'literal' || typeof side.value === 'number') continue;
      const isBoolean = typeof side.value === 'boolean';
      if (isNumeric(other)) {
        throw new Unexpected({
          at: at.at,
          found: showToken(at),
          expected: `a number to compare ${other.kind}(...) with`,
        });
      }
      if (isBoolean && op !== '==' && op !== '!=') {
        throw new Unexpected({ at: at.at, found: `${op} with ${side.value}`, expected: '== or !=' });
      }
    }
    return { kind: 'compare', op, left, right };
  }

  #operand(expected: string): Operand {
    const token = this.#peek();
    if (token.kind === 'number' || token.kind === 'text') {
      this.#next++;
      return { kind: 'literal', value: token.value };
    }
    if (token.kind === 'name') {
      this.#next++;
      return { kind: 'column', column: token.value };
    }
    if (token.kind !== 'word') return this.#fail(expected);
    const word = token.value.toLowerCase();
    if (word === 'true' || word === 'false') {
      this.#next++;
      return { kind: 'literal', value: word === 'true' };
    }
    if (RESERVED_WORDS.has(word)) {
      return this.#fail(
        expected,
        `write \`${shortened(String(token.value))}\` in backticks if it is a column`,
      );
    }
    this.#next++;
    if ((word === 'length' || word === 'words') && this.#takeSymbol('(')) {
      const inner = this.#operand(`the column of ${word}(...)`);
      const column = this.#columnOf(inner, this.#tokens[this.#next - 1] as Token, word);
      if (!this.#takeSymbol(')')) this.#fail(')');
      return { kind: word, column };
    }
    return { kind: 'column', column: token.value };
  }

  #literal(operand: Operand): Literal {
    const token = this.#peek();
    const expected = isNumeric(operand) ? 'a number' : 'a text in quotes, a number, true or false';
    const value =
      token.kind === 'word' ? this.#booleanOf(token.value) : token.kind === 'end' ? null : token.value;
    const isLiteral =
      token.kind === 'number' || (!isNumeric(operand) && (token.kind === 'text' || value !== null));
    if (!isLiteral || value === null || token.kind === 'symbol' || token.kind === 'name') {
      return this.#fail(
        expected,
        token.kind === 'word' ? `write '${shortened(token.value)}' for a text` : undefined,
      );
    }
    this.#next++;
    return value;
  }

  #booleanOf(word: string): boolean | null {
    const lower = word.toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : null;
  }

  #text(): { readonly value: string; readonly at: number; readonly end: number } {
    const token = this.#peek();
    if (token.kind !== 'text') return this.#fail('a text in quotes');
    this.#next++;
    return token;
  }

  #columnOf(operand: Operand, start: Token, use: string): string {
    return operand.kind === 'column' ? operand.column : this.#notAColumn(start, use);
  }

  #notAColumn(start: Token, use: string): never {
    const hint =
      start.kind === 'text'
        ? `a column stands bare or in backticks: \`${shortened(start.value)}\``
        : undefined;
    throw new Unexpected({ at: start.at, found: showToken(start), expected: `a column for ${use}`, hint });
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'word' || token.value.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #takeSymbol(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'symbol' || token.value !== symbol) return false;
    this.#next++;
    return true;
  }

  #fail(expected: string, hint?: string): never {
    const token = this.#peek();
    const instead = token.kind === 'symbol' ? INSTEAD.get(token.value) : undefined;
    throw new Unexpected({ at: token.at, found: showToken(token), expected, hint: hint ?? instead });
  }
}

function isNumeric(operand: Operand): operand is Operand & { kind: 'length' | 'words' } {
  return operand.kind === 'length' || operand.kind === 'words';
}
