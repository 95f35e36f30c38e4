/** The predicate language's syntax tree: small, safe, and meaning the same in every engine. */

/**
 * A parsed predicate or operand. Three-valued logic: a comparison with a missing operand is unknown, `not` unknown is
 * unknown, `and`/`or` as in SQL; a case is in the slice only where the predicate is true.
 *
 * - `column`: the case attribute of that name (exact spelling).
 * - `length` / `words`: characters (Unicode code points) or whitespace-separated words of a text.
 * - `compare`: numeric when both sides are numbers or decimal text and the literal is a number; else by text, code point order.
 * - `in`: equality with any of the literals; on a list attribute, any tag.
 * - `contains`: substring (case-sensitive) of a text; on a list attribute, membership.
 * - `matches`: RE2 regular expression found anywhere in the text.
 * - `missing`: the attribute is absent.
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

export type Operand =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'length' | 'words'; readonly column: string };
