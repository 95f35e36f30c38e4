/** Prints predicates as SQL with the three-valued logic of `slices/evaluate.ts`. */

import { type CompareOp, type Expression, evaluate, type Literal, type Operand } from '../../slices/index.ts';
import { literal, numberLiteral, textLiteral } from './literal.ts';
import { charactersOf, numberOf, wordsOf } from './values.ts';

/** A case attribute in SQL. `cell` is NULL where the attribute is missing or changed. */
export interface AttributeSql {
  readonly kind: 'text' | 'list';
  readonly cell: string;
  /** Never NULL. */
  readonly changed: string;
}

export type AttributeReader = (column: string) => AttributeSql;

const OPERATORS: Readonly<Record<CompareOp, string>> = {
  '==': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** An operand as SQL, by how it compares. */
type Value =
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'number' | 'text' | 'list'; readonly sql: string };

/** A boolean SQL expression: TRUE, FALSE, or NULL for unknown. */
export function predicateSql(expression: Expression, attribute: AttributeReader): string {
  switch (expression.kind) {
    case 'compare':
      return compareSql(
        expression.op,
        operandSql(expression.left, attribute),
        operandSql(expression.right, attribute),
      );
    case 'in': {
      const operand = operandSql(expression.operand, attribute);
      const parts = expression.values.map((value) => compareSql('==', operand, { kind: 'literal', value }));
      return parts.length === 0 ? 'FALSE' : `(${parts.join(' OR ')})`;
    }
    case 'contains': {
      const operand = operandSql(expression.operand, attribute);
      const text = textLiteral(expression.text);
      if (operand.kind === 'list') return `list_contains(${operand.sql}, ${text})`;
      return `contains(${textOf(operand)}, ${text})`;
    }
    case 'matches': {
      const operand = operandSql(expression.operand, attribute);
      const pattern = textLiteral(expression.pattern);
      if (operand.kind === 'list') return anyTag(operand.sql, (tag) => `regexp_matches(${tag}, ${pattern})`);
      return `regexp_matches(${textOf(operand)}, ${pattern})`;
    }
    case 'missing': {
      const { cell, changed } = attribute(expression.column);
      return `CASE WHEN NOT ${changed} THEN ${cell} IS NULL END`;
    }
    case 'and':
    case 'or': {
      const parts = expression.parts.map((part) => predicateSql(part, attribute));
      if (parts.length === 0) return expression.kind === 'and' ? 'TRUE' : 'FALSE';
      return `(${parts.join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${predicateSql(expression.part, attribute)})`;
  }
}

function operandSql(operand: Operand, attribute: AttributeReader): Value {
  if (operand.kind === 'literal') return { kind: 'literal', value: operand.value };
  const { kind, cell } = attribute(operand.column);
  if (operand.kind === 'column') return { kind, sql: cell };
  if (kind === 'list') return { kind: 'number', sql: 'CAST(NULL AS BIGINT)' };
  return { kind: 'number', sql: operand.kind === 'length' ? charactersOf(cell) : wordsOf(cell) };
}

function textOf(value: Value): string {
  if (value.kind === 'literal') return textLiteral(String(value.value));
  return value.kind === 'number' ? `CAST(${value.sql} AS VARCHAR)` : value.sql;
}

function compareSql(op: CompareOp, left: Value, right: Value): string {
  if (left.kind === 'literal' && right.kind === 'literal') return constantSql(op, left.value, right.value);
  if (left.kind !== 'list' && right.kind !== 'list') return scalarSql(op, left, right);
  if (isCell(left) && isCell(right)) return 'CAST(NULL AS BOOLEAN)';
  if (op === '!=') return `(NOT ${compareSql('==', left, right)})`;
  const list = left.kind === 'list' ? left.sql : (right as { readonly sql: string }).sql;
  const other = left.kind === 'list' ? right : left;
  const any = anyTag(list, (tag) => {
    const value: Value = { kind: 'text', sql: tag };
    return left.kind === 'list' ? scalarSql(op, value, right) : scalarSql(op, left, value);
  });
  return other.kind === 'literal' ? any : `CASE WHEN ${other.sql} IS NOT NULL THEN ${any} END`;
}

/** Whether the operand is what a column holds, not a literal or a length. */
function isCell(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'list';
}

/** TRUE where the condition is TRUE for any tag, NULL where there is no list. */
function anyTag(list: string, condition: (tag: string) => string): string {
  const hits = `list_filter(${list}, lambda tag: coalesce(${condition('tag')}, FALSE))`;
  return `(len(${hits}) > 0)`;
}

function constantSql(op: CompareOp, left: Literal, right: Literal): string {
  const operand = (value: Literal): Operand => ({ kind: 'literal', value });
  const holds = evaluate({ kind: 'compare', op, left: operand(left), right: operand(right) }, () => ({
    state: 'missing',
  }));
  return holds === null ? 'CAST(NULL AS BOOLEAN)' : literal(holds);
}

function scalarSql(op: CompareOp, left: Value, right: Value): string {
  if (isNumber(left) || isNumber(right)) return numbersSql(op, left, right);
  const truth = truthOf(left) ?? truthOf(right);
  if (truth !== null) {
    const cell = left.kind === 'literal' ? right : left;
    if (op !== '==' && op !== '!=') return 'CAST(NULL AS BOOLEAN)';
    const word = String(truth);
    const spellings = [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()].map(textLiteral);
    return `(${textOf(cell)} ${op === '==' ? 'IN' : 'NOT IN'} (${spellings.join(', ')}))`;
  }
  const texts = `(${textOf(left)} ${OPERATORS[op]} ${textOf(right)})`;
  if (left.kind === 'literal' || right.kind === 'literal') return texts;
  const a = numberOf(textOf(left));
  const b = numberOf(textOf(right));
  return `CASE WHEN (${a}) IS NOT NULL AND (${b}) IS NOT NULL THEN (${a}) ${OPERATORS[op]} (${b}) ELSE ${texts} END`;
}

function isNumber(value: Value): boolean {
  return value.kind === 'number' || (value.kind === 'literal' && typeof value.value === 'number');
}

function truthOf(value: Value): boolean | null {
  return value.kind === 'literal' && typeof value.value === 'boolean' ? value.value : null;
}

/** Where either side is no number they are different, and in no order; where either is NULL nothing is known. */
function numbersSql(op: CompareOp, left: Value, right: Value): string {
  const compared = `(${numeric(left)}) ${OPERATORS[op]} (${numeric(right)})`;
  if (op !== '==' && op !== '!=') return `(${compared})`;
  const present = [left, right].filter((value) => value.kind !== 'literal').map(textOf);
  const known = present.map((sql) => `${sql} IS NOT NULL`).join(' AND ');
  return `CASE WHEN ${known} THEN coalesce(${compared}, ${op === '==' ? 'FALSE' : 'TRUE'}) END`;
}

function numeric(value: Value): string {
  if (value.kind === 'number') return value.sql;
  if (value.kind !== 'literal') return numberOf(value.sql);
  if (typeof value.value === 'number') return numberLiteral(value.value);
  // A literal text compared with a length reads as its number; a boolean is no number.
  return typeof value.value === 'string' ? numberOf(textLiteral(value.value)) : 'CAST(NULL AS DOUBLE)';
}
