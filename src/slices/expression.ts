/** The predicate language's syntax tree: small, safe, and meaning the same in every engine. */

/**
 * A parsed predicate.
 *
 * **Logic** is three-valued, as in SQL: true, false, unknown. `not` unknown is unknown; `and` is false if any part is false,
 * else unknown if any is unknown, else true; `or` likewise with true. A case is in the slice only where the whole is true.
 * Every operation on a missing or changed attribute is unknown, except `missing`: true where the attribute is missing,
 * false where it has a value (an empty list is a value), unknown where it is changed.
 *
 * **`compare`** of two scalars (a *cell* is the text of an attribute that is no list):
 * 1. Either side is a number literal, `length` or `words`: the other side is read by `parseDecimal`. If it is no number,
 *    `==` is false, `!=` is true and the orderings are unknown; else both compare as doubles.
 * 2. Either side is `true` or `false`: `==` holds where the cell is `true`, `True` or `TRUE` (or `false`, `False`, `FALSE`).
 *    Orderings do not exist.
 * 3. Two cells: as doubles if both are decimal numbers, else as texts.
 * 4. A cell and a text literal: as texts.
 *
 * Texts are equal where their code points are, and ordered by code point (the byte order of UTF-8), never by locale.
 *
 * **Lists.** With one list against a literal, `length` or `words`, `==` and the orderings are true where any tag satisfies
 * them and false otherwise (never unknown); `!=` is the opposite of `==`. A list against another column, on either side, is
 * unknown. `length` and `words` of a list are unknown.
 *
 * - `in`: `==` with any of the literals, so a number literal compares by number and a text literal by text.
 * - `contains`: case-sensitive substring of a cell; on a list, one tag is the whole text.
 * - `matches`: RE2 pattern (defaults of `compilePattern`) found anywhere in the cell; on a list, in any tag.
 *
 * The parser only makes trees in which `compare` has a column on at least one side, `in` has no literal operand,
 * `contains` and `matches` have a column operand, and `and`/`or` have at least two parts.
 */
export type Expression =
  | { readonly kind: 'compare'; readonly op: CompareOp; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly values: readonly Literal[] }
  | { readonly kind: 'contains'; readonly operand: Operand; readonly text: string }
  | { readonly kind: 'matches'; readonly operand: Operand; readonly pattern: string }
  | { readonly kind: 'missing'; readonly column: string }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression };

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Literal = string | number | boolean;

/** `length` counts Unicode code points (`characterCount`), `words` counts runs without whitespace (`wordCount`). */
export type Operand =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'length' | 'words'; readonly column: string };

/**
 * The columns that a predicate looks at, each once, in order of first appearance.
 *
 * @example columnsOf(parseExpression("a == 1 or length(b) > 2 and a == 3")) // ['a', 'b']
 */
export function columnsOf(expression: Expression): readonly string[] {
  const columns = new Set<string>();
  const visit = (part: Expression): void => {
    switch (part.kind) {
      case 'and':
      case 'or':
        part.parts.forEach(visit);
        return;
      case 'not':
        visit(part.part);
        return;
      case 'missing':
        columns.add(part.column);
        return;
      case 'compare':
        addColumn(part.left);
        addColumn(part.right);
        return;
      default:
        addColumn(part.operand);
    }
  };
  const addColumn = (operand: Operand): void => {
    if (operand.kind !== 'literal') columns.add(operand.column);
  };
  visit(expression);
  return [...columns];
}
