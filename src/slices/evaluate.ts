/** Decides a predicate for one case: the reference for what `Expression` documents. */

import { parseDecimal } from '../cases/index.ts';
import { type CaseAttribute, characterCount, wordCount } from './attribute.ts';
import { compareText } from './compare-text.ts';
import type { CompareOp, Expression, Literal, Operand } from './expression.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/**
 * True, false, or null for unknown (see `Expression` for the exact rules).
 *
 * @param attribute the case's attribute for a column
 * @example evaluate(parseExpression('tokens > 10'), () => ({ state: 'value', cell: '12' })) // true
 * @example evaluate(parseExpression('tokens > 10'), () => ({ state: 'missing' })) // null
 */
export function evaluate(
  expression: Expression,
  attribute: (column: string) => CaseAttribute,
): boolean | null {
  switch (expression.kind) {
    case 'compare':
      return compare(expression.op, read(expression.left, attribute), read(expression.right, attribute));
    case 'in': {
      const operand = read(expression.operand, attribute);
      return expression.values.reduce<boolean | null>(
        (found, value) => or(found, compare('==', operand, value)),
        false,
      );
    }
    case 'contains': {
      const cell = cellOf(read(expression.operand, attribute));
      if (cell === null) return null;
      return typeof cell === 'string'
        ? cell.includes(expression.text)
        : cell.some((tag) => tag === expression.text);
    }
    case 'matches': {
      const cell = cellOf(read(expression.operand, attribute));
      if (cell === null) return null;
      const pattern = patternOf(expression);
      return typeof cell === 'string' ? pattern.matches(cell) : cell.some((tag) => pattern.matches(tag));
    }
    case 'missing': {
      const { state } = attribute(expression.column);
      return state === 'changed' ? null : state === 'missing';
    }
    case 'and': {
      const parts = expression.parts.map((part) => evaluate(part, attribute));
      return parts.includes(false) ? false : parts.includes(null) ? null : true;
    }
    case 'or':
      return expression.parts.map((part) => evaluate(part, attribute)).reduce(or, false);
    case 'not': {
      const part = evaluate(expression.part, attribute);
      return part === null ? null : !part;
    }
  }
}

function or(a: boolean | null, b: boolean | null): boolean | null {
  return a === true || b === true ? true : a === null || b === null ? null : false;
}

/** What a column holds, kept apart from a text literal because two cells may compare as numbers. */
interface CellValue {
  readonly cell: string | readonly string[];
}

type Value = Literal | CellValue | null;

function read(operand: Operand, attribute: (column: string) => CaseAttribute): Value {
  if (operand.kind === 'literal') return operand.value;
  const found = attribute(operand.column);
  if (found.state !== 'value') return null;
  if (operand.kind === 'column') return { cell: found.cell };
  if (typeof found.cell !== 'string') return null;
  return operand.kind === 'length' ? characterCount(found.cell) : wordCount(found.cell);
}

function cellOf(value: Value): string | readonly string[] | null {
  if (value === null) return null;
  return typeof value === 'object' ? value.cell : String(value);
}

function compare(op: CompareOp, left: Value, right: Value): boolean | null {
  if (left === null || right === null) return null;
  const leftTags = tagsOf(left);
  const rightTags = tagsOf(right);
  if (leftTags === null && rightTags === null) return compareScalars(op, left, right);
  if (typeof left === 'object' && typeof right === 'object') return null;
  if (op === '!=') return !compare('==', left, right);
  return leftTags === null
    ? (rightTags as readonly string[]).some((tag) => compareScalars(op, left, { cell: tag }) === true)
    : leftTags.some((tag) => compareScalars(op, { cell: tag }, right) === true);
}

function tagsOf(value: Literal | CellValue): readonly string[] | null {
  return typeof value === 'object' && typeof value.cell !== 'string' ? value.cell : null;
}

function compareScalars(
  op: CompareOp,
  left: Literal | CellValue,
  right: Literal | CellValue,
): boolean | null {
  if (typeof left === 'number' || typeof right === 'number') {
    return compareNumbers(op, numberOf(left), numberOf(right));
  }
  if (typeof left === 'boolean') return compareBooleans(op, right, left);
  if (typeof right === 'boolean') return compareBooleans(op, left, right);
  const a = textOf(left);
  const b = textOf(right);
  if (typeof left === 'object' && typeof right === 'object') {
    const x = parseDecimal(a);
    const y = parseDecimal(b);
    if (x !== null && y !== null) return compareNumbers(op, x, y);
  }
  return holds(op, compareText(a, b));
}

function compareNumbers(op: CompareOp, a: number | null, b: number | null): boolean | null {
  if (a !== null && b !== null) return holds(op, a < b ? -1 : a > b ? 1 : 0);
  return op === '==' ? false : op === '!=' ? true : null;
}

function compareBooleans(op: CompareOp, value: Literal | CellValue, wanted: boolean): boolean | null {
  if (op !== '==' && op !== '!=') return null;
  return spells(value, wanted) === (op === '==');
}

function numberOf(value: Literal | CellValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? null : parseDecimal(textOf(value));
}

function textOf(value: Literal | CellValue): string {
  return typeof value === 'object' ? (value.cell as string) : String(value);
}

function spells(value: Literal | CellValue, wanted: boolean): boolean {
  if (typeof value === 'boolean') return value === wanted;
  const text = textOf(value);
  return wanted
    ? text === 'true' || text === 'True' || text === 'TRUE'
    : text === 'false' || text === 'False' || text === 'FALSE';
}

function holds(op: CompareOp, order: number): boolean {
  switch (op) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

const compiled = new WeakMap<Expression, Pattern>();

/** Each pattern is compiled once, however many cases it is asked about. */
function patternOf(expression: Extract<Expression, { kind: 'matches' }>): Pattern {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const pattern = compilePattern(expression.pattern);
  if ('message' in pattern) throw new TypeError(`pattern ${expression.pattern}: ${pattern.message}`);
  compiled.set(expression, pattern);
  return pattern;
}
