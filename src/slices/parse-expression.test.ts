/** The predicate language: what parses, what does not, and where it says so. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError, UsageError } from '../errors.ts';
import { columnsOf, type Expression, type Literal, type Operand } from './expression.ts';
import { formatExpression } from './format-expression.ts';
import { parseExpression } from './parse-expression.ts';

const column = (name: string): Operand => ({ kind: 'column', column: name });
const literal = (value: Literal): Operand => ({ kind: 'literal', value });

describe('good text', () => {
  test.each<[string, Expression]>([
    ['tokens > 1000', { kind: 'compare', op: '>', left: column('tokens'), right: literal(1000) }],
    ["a = 'x'", { kind: 'compare', op: '==', left: column('a'), right: literal('x') }],
    ['-1.5e3 <= `a b``c`', { kind: 'compare', op: '<=', left: literal(-1500), right: column('a b`c') }],
    ['tags.x-y == TRUE', { kind: 'compare', op: '==', left: column('tags.x-y'), right: literal(true) }],
    ['größe != "l\'x"""', { kind: 'compare', op: '!=', left: column('größe'), right: literal('l\'x"') }],
    [
      'length(input) > words(`out put`)',
      {
        kind: 'compare',
        op: '>',
        left: { kind: 'length', column: 'input' },
        right: { kind: 'words', column: 'out put' },
      },
    ],
    ['length == 3', { kind: 'compare', op: '==', left: column('length'), right: literal(3) }],
    ["a in ('x', 2, false)", { kind: 'in', operand: column('a'), values: ['x', 2, false] }],
    ["a NOT IN ('x')", { kind: 'not', part: { kind: 'in', operand: column('a'), values: ['x'] } }],
    ["a contains ''", { kind: 'contains', operand: column('a'), text: '' }],
    [
      String.raw`a matches '^\d+\.$'`,
      { kind: 'matches', operand: column('a'), pattern: String.raw`^\d+\.$` },
    ],
    ['a is missing', { kind: 'missing', column: 'a' }],
    ['a is not missing', { kind: 'not', part: { kind: 'missing', column: 'a' } }],
    [
      'a is missing or b is missing and not c is missing',
      {
        kind: 'or',
        parts: [
          { kind: 'missing', column: 'a' },
          {
            kind: 'and',
            parts: [
              { kind: 'missing', column: 'b' },
              { kind: 'not', part: { kind: 'missing', column: 'c' } },
            ],
          },
        ],
      },
    ],
  ])('%s', (text, tree) => {
    expect(parseExpression(text)).toEqual(tree);
  });
});

describe('bad text says where, what was found and what was expected', () => {
  test.each<[string, number, string]>([
    ['', 1, 'found the end at 1:1, expected a column, length(column), words(column), a number or a text'],
    [
      'customer',
      9,
      'found the end at 1:9, expected an operator (==, !=, <, <=, >, >=, in, contains, matches, is missing)',
    ],
    ["'customer' == 'acme'", 1, "found the text 'customer' at 1:1, expected a column for =="],
    ['a <> 1', 3, 'found <> at 1:3, expected an operator'],
    ['a == 1 && b == 2', 8, 'found && at 1:8, expected and, or, or the end'],
    ['day >= 2024-01-01', 8, "found 2024-01-01 at 1:8, expected a number, a text such as '2024-01-01'"],
    ["a == 'x", 6, "found an unclosed ' at 1:6, expected a closing '"],
    ['`` == 1', 1, 'found an empty name at 1:1'],
    ['a == 1e999', 6, 'found 1e999 at 1:6, expected a number that fits a double'],
    ['a == 1; drop', 7, 'found ; at 1:7, expected a name'],
    ['(a == 1', 8, 'found the end at 1:8, expected and, or, or )'],
    ['a in ()', 7, 'found ) at 1:7, expected a text in quotes, a number, true or false'],
    ['a in (acme)', 7, 'found acme at 1:7, expected a text in quotes, a number, true or false'],
    ["length(a) in ('x')", 15, "found the text 'x' at 1:15, expected a number"],
    ["length(a) == 'x'", 14, "found the text 'x' at 1:14, expected a number to compare length(...) with"],
    ["length('a') > 1", 8, "found the text 'a' at 1:8, expected a column for length"],
    ['a > true', 5, 'found > with true at 1:5, expected == or !='],
    ['a contains b', 12, 'found b at 1:12, expected a text in quotes'],
    ['1 contains "b"', 1, 'found 1 at 1:1, expected a column for contains'],
    ['a is not here', 10, 'found here at 1:10, expected missing'],
    ['a not == 1', 7, 'found == at 1:7, expected in, contains or matches'],
    ['and == 1', 1, 'found and at 1:1, expected a column'],
    ["a matches 'x(y'", 12, 'found an invalid pattern (missing closing )) at 1:12'],
    ["a matches 'it''s[z-a]'", 18, 'found an invalid pattern (invalid character class range) at 1:18'],
    [
      "a matches '(?<n>y)'",
      12,
      'found an invalid pattern (named groups are not supported, write (?:...)) at 1:12',
    ],
    [
      String.raw`a matches 'ab\p{Foo}'`,
      14,
      String.raw`found an invalid pattern (unknown character class \p{Foo}) at 1:14`,
    ],
    [String.raw`a matches '\C'`, 12, 'found an invalid pattern (invalid escape sequence) at 1:12'],
  ])('%s', (text, at, message) => {
    const error = failure(text);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.problems[0]?.where).toMatchObject({ line: 1, column: at });
    expect(error.message).toContain(`predicate: ${message}`);
  });

  const LONG = 'x'.repeat(4_000);
  test.each([
    `9${LONG} == 1`,
    `a == 1${'0'.repeat(4_000)}`,
    `'${LONG}' == 1`,
    `a in (${LONG})`,
    `a is not ${LONG}`,
    `a == 1 ${LONG}`,
    `a matches '\\p{${LONG}}'`,
    `\`${LONG}\``,
    `${'\u{1f469}'.repeat(2_000)}`,
  ])('a long piece is cut (%#)', (text) => {
    const error = failure(text);
    expect(error.message.length).toBeLessThan(400);
    expect(error.message.isWellFormed()).toBe(true);
  });

  test('a place in a file makes it a ConfigError with that place', () => {
    const error = failure('a == 1 and\n  b ==', {
      file: 'slicewise.yaml',
      line: 7,
      column: 12,
      field: 'slices[0].where',
    });
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toBe(
      'slices[0].where: found the end, expected a number, a text in quotes, true, false or a column (slicewise.yaml:8:7)',
    );
    expect(failure('a ==', { file: 'x', line: 7, column: 12 }).problems[0]?.where).toMatchObject({
      line: 7,
      column: 16,
    });
  });

  test('a hint says what to write instead', () => {
    expect(failure('a == 1 || b == 2').problems[0]?.hint).toBe('write or');
    expect(failure('in == 1').problems[0]?.hint).toBe('write `in` in backticks if it is a column');
    expect(failure('a in (acme)').problems[0]?.hint).toBe("write 'acme' for a text");
  });
});

describe('hostile text', () => {
  test.each([
    ['parentheses', `${'('.repeat(5000)}a == 1${')'.repeat(4000)}`, 'nesting deeper than 50 at 1:51'],
    ['nots', `${'not '.repeat(2000)}a == 1`, 'nesting deeper than 50'],
    ['length', `a == '${'x'.repeat(10_000)}'`, 'found 10007 characters'],
    ['functions', 'length('.repeat(1400), 'expected'],
    ['long pattern', `a matches '${'x'.repeat(1001)}'`, 'longer than 1000 characters'],
    ['repeat bomb', "a matches '((a{100}){100}){100}'", 'invalid repeat count'],
  ])('%s end in an error, not in a full stack', (_name, text, message) => {
    expect(failure(text).message).toContain(message);
  });

  test('hundreds of terms are no nesting', () => {
    const text = Array.from({ length: 800 }, (_, at) => `a == ${at}`).join(' or ');
    const tree = parseExpression(text);
    expect(tree.kind === 'or' && tree.parts.length).toBe(800);
  });

  test('any text parses or fails as a SlicewiseError', () => {
    const words = fc.constantFrom(
      'a',
      'and',
      'or',
      'not',
      'in',
      'is',
      'missing',
      '(',
      ')',
      ',',
      "'x'",
      '==',
      '1',
      '`b`',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words).map((list) => list.join(' ')),
        ),
        (text) => {
          try {
            parseExpression(text);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
    );
  });
});

describe('canonical text', () => {
  test.each([
    ['NOT a="x" AND b not in(1,2)', "not (a == 'x') and b not in (1, 2)"],
    ["(a = 1 or b = 2) and c contains 'it''s'", "(a == 1 or b == 2) and c contains 'it''s'"],
    ['((a is missing))', 'a is missing'],
    ['`length` == 1 and `a b` > 1e21', '`length` == 1 and `a b` > 1e+21'],
  ])('%s reads %s', (text, canonical) => {
    expect(formatExpression(parseExpression(text))).toBe(canonical);
  });

  test('every tree prints to text that parses back to it', () => {
    fc.assert(
      fc.property(expressions(), (tree) => {
        expect(parseExpression(formatExpression(tree))).toEqual(tree);
      }),
      { numRuns: 1000 },
    );
  });
});

test('columnsOf names each column once, in order', () => {
  expect(
    columnsOf(parseExpression("b == 1 or length(a) > 2 and b in ('x') and not c is missing and d < e")),
  ).toEqual(['b', 'a', 'c', 'd', 'e']);
});

function failure(text: string, origin?: Parameters<typeof parseExpression>[1]): ConfigError | UsageError {
  try {
    parseExpression(text, origin);
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error(`parsed: ${text}`);
}

/** Every tree that the parser can make. */
function expressions(): fc.Arbitrary<Expression> {
  const name = fc.oneof(
    fc.constantFrom('a', 'and', 'Length', 'x.y-z', '2024', 'größe'),
    fc.string({ unit: 'binary', minLength: 1 }),
  );
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const literals: fc.Arbitrary<Literal> = fc.oneof(fc.string({ unit: 'binary' }), number, fc.boolean());
  const columns = name.map((value): Operand => ({ kind: 'column', column: value }));
  const measures = fc.tuple(fc.constantFrom('length' as const, 'words' as const), name);
  const numeric = measures.map(([kind, value]): Operand => ({ kind, column: value }));
  const flip = fc.boolean();
  const pair = (
    left: fc.Arbitrary<Operand>,
    right: fc.Arbitrary<Operand>,
    ops: readonly ('==' | '!=' | '<' | '>=')[],
  ) =>
    fc
      .tuple(left, right, fc.constantFrom(...ops), flip)
      .map(
        ([a, b, op, swap]): Expression => ({ kind: 'compare', op, left: swap ? b : a, right: swap ? a : b }),
      );
  const literalOf = (value: fc.Arbitrary<Literal>) =>
    value.map((item): Operand => ({ kind: 'literal', value: item }));
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    pair(columns, fc.oneof(columns, numeric, literalOf(fc.oneof(fc.string({ unit: 'binary' }), number))), [
      '==',
      '<',
      '>=',
    ]),
    pair(columns, literalOf(fc.boolean()), ['==', '!=']),
    pair(numeric, fc.oneof(numeric, literalOf(number)), ['!=', '>=']),
    fc
      .tuple(columns, fc.array(literals, { minLength: 1 }))
      .map(([operand, values]): Expression => ({ kind: 'in', operand, values })),
    fc
      .tuple(columns, fc.string({ unit: 'binary' }))
      .map(([operand, text]): Expression => ({ kind: 'contains', operand, text })),
    fc
      .tuple(columns, fc.constantFrom('', String.raw`^\d+'"$`, '(?i)a|b', String.raw`\p{Greek}`))
      .map(([operand, pattern]): Expression => ({ kind: 'matches', operand, pattern })),
    name.map((value): Expression => ({ kind: 'missing', column: value })),
  );
  return fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
        )
        .map(([kind, parts]): Expression => ({ kind, parts })),
      tie('tree').map((part): Expression => ({ kind: 'not', part })),
    ),
  })).tree;
}
