/** Prints a predicate as canonical text, which parses back to the same tree. */

import type { Expression, Literal, Operand } from './expression.ts';
import { RESERVED_WORDS } from './reserved-words.ts';

/**
 * The canonical text: single quotes, backticks only where a name needs them, parentheses only where precedence needs them.
 *
 * @example formatExpression(parseExpression('NOT a="x" AND b not in(1,2)')) // "not (a == 'x') and b not in (1, 2)"
 */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'compare':
      return `${formatOperand(expression.left)} ${expression.op} ${formatOperand(expression.right)}`;
    case 'in':
    case 'contains':
    case 'matches':
      return formatMembership(expression, '');
    case 'missing':
      return `${formatName(expression.column)} is missing`;
    case 'and':
    case 'or':
      return expression.parts
        .map((part) =>
          bindsLooser(part, expression.kind) ? `(${formatExpression(part)})` : formatExpression(part),
        )
        .join(` ${expression.kind} `);
    case 'not':
      return formatNot(expression.part);
  }
}

/** A column name as the language writes it: bare where it can be, else in backticks. */
export function formatName(column: string): string {
  const isBare = /^[\p{L}\p{M}_][\p{L}\p{M}\p{N}_.-]*$/u.test(column);
  const lower = column.toLowerCase();
  const isWord = RESERVED_WORDS.has(lower) || lower === 'length' || lower === 'words';
  return isBare && !isWord ? column : `\`${column.replaceAll('`', '``')}\``;
}

/** A text in single quotes, with a quote inside doubled. */
function formatText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

type Membership = Extract<Expression, { kind: 'in' | 'contains' | 'matches' }>;

function formatMembership(expression: Membership, not: '' | 'not '): string {
  const operand = formatOperand(expression.operand);
  switch (expression.kind) {
    case 'in':
      return `${operand} ${not}in (${expression.values.map(formatLiteral).join(', ')})`;
    case 'contains':
      return `${operand} ${not}contains ${formatText(expression.text)}`;
    case 'matches':
      return `${operand} ${not}matches ${formatText(expression.pattern)}`;
  }
}

function formatNot(part: Expression): string {
  switch (part.kind) {
    case 'in':
    case 'contains':
    case 'matches':
      return formatMembership(part, 'not ');
    case 'missing':
      return `${formatName(part.column)} is not missing`;
    default:
      return `not (${formatExpression(part)})`;
  }
}

/** Whether a part needs parentheses inside `and` or `or`; a group of the same kind keeps its own. */
function bindsLooser(part: Expression, inside: 'and' | 'or'): boolean {
  return part.kind === 'or' || (part.kind === 'and' && inside === 'and');
}

function formatOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'literal':
      return formatLiteral(operand.value);
    case 'column':
      return formatName(operand.column);
    case 'length':
    case 'words':
      return `${operand.kind}(${formatName(operand.column)})`;
  }
}

function formatLiteral(value: Literal): string {
  return typeof value === 'string' ? formatText(value) : String(value);
}
