/** A predicate as a WHERE clause to paste into another tool: plain SQL, where plain SQL can say it. */

import type { Expression, Literal, Operand } from '../../slices/index.ts';
import { identifier, textLiteral } from './literal.ts';

/**
 * The condition in SQL that most databases read; columns keep their names. Null where it cannot be said plainly: words, patterns, lists
 * that are no tags, and names that SQL cannot spell.
 *
 * @param lists columns that hold tags, which are read as arrays
 * @example whereText(parseExpression("plan == 'free' and age >= 30"), new Set()) // `"plan" = 'free' AND "age" >= 30`
 */
export function whereText(expression: Expression, lists: ReadonlySet<string>): string | null {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.parts.map((part) => {
        const text = whereText(part, lists);
        return text !== null && (part.kind === 'or' || part.kind === 'and') ? `(${text})` : text;
      });
      return parts.includes(null) ? null : parts.join(expression.kind === 'and' ? ' AND ' : ' OR ');
    }
    case 'not': {
      const part = whereText(expression.part, lists);
      return part === null ? null : `NOT (${part})`;
    }
    case 'missing': {
      const column = nameOf(expression.column);
      return column === null ? null : `${column} IS NULL`;
    }
    case 'compare':
      return compareText(expression, lists);
    case 'in': {
      const operand = operandText(expression.operand, lists);
      return operand === null ? null : `${operand} IN (${expression.values.map(literalText).join(', ')})`;
    }
    default:
      return null;
  }
}

function compareText(
  { op, left, right }: Extract<Expression, { kind: 'compare' }>,
  lists: ReadonlySet<string>,
): string | null {
  if (left.kind === 'column' && lists.has(left.column)) {
    const column = nameOf(left.column);
    if (column === null || op !== '==' || right.kind !== 'literal') return null;
    return `array_contains(${column}, ${literalText(right.value)})`;
  }
  const [a, b] = [operandText(left, lists), operandText(right, lists)];
  const sign = op === '==' ? '=' : op === '!=' ? '<>' : op;
  return a === null || b === null ? null : `${a} ${sign} ${b}`;
}

function operandText(operand: Operand, lists: ReadonlySet<string>): string | null {
  if (operand.kind === 'literal') return literalText(operand.value);
  const column = nameOf(operand.column);
  if (column === null || lists.has(operand.column) || operand.kind === 'words') return null;
  return operand.kind === 'length' ? `length(${column})` : column;
}

function nameOf(column: string): string | null {
  return column === '' || column.includes('\0') ? null : identifier(column);
}

function literalText(value: Literal): string {
  return typeof value === 'string' ? textLiteral(value) : String(value);
}
