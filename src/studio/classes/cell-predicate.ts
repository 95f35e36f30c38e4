/** One cell of a confusion matrix as a predicate on the rows of its run, such as a slice of the configuration may have. */

import { errorColumnNames, NO_ERROR_PATTERN } from '../../cases/index.ts';
import { type Expression, formatExpression } from '../../slices/index.ts';
import type { OpenedRun } from '../../sources/index.ts';
import type { ConfusionCell } from '../contract/index.ts';

/** What is known of the columns of a run. */
export type KnownColumns = Pick<OpenedRun, 'mapping' | 'columns'>;

/**
 * The predicate that holds for the rows of this cell, and for no others.
 *
 * @param abstain labels by which a run says that it does not know
 * @returns canonical text; null where no column of the run tells
 */
export function cellPredicate(
  { expected, answer }: Pick<ConfusionCell, 'expected' | 'answer'>,
  { mapping, columns }: KnownColumns,
  abstain: readonly string[],
): string | null {
  if (mapping.expected === undefined || mapping.predicted === undefined) return null;
  const errors = errorColumnNames(mapping.error, columns);
  const truth = equal(mapping.expected, expected);
  if (answer.kind === 'error') {
    return errors.length === 0 ? null : formatExpression(all([truth, any(errors.map(isError))]));
  }
  const said =
    answer.kind === 'no answer'
      ? noAnswer(mapping.predicted, abstain)
      : abstain.includes(answer.label)
        ? null
        : equal(mapping.predicted, answer.label);
  // An error wins over whatever the row answers.
  return said && formatExpression(all([truth, said, ...errors.map(isNoError)]));
}

function equal(column: string, value: string): Expression {
  return {
    kind: 'compare',
    op: '==',
    left: { kind: 'column', column },
    right: { kind: 'literal', value },
  };
}

function noAnswer(column: string, abstain: readonly string[]): Expression {
  const empty = ['', ...abstain];
  return any([
    { kind: 'missing', column },
    { kind: 'in', operand: { kind: 'column', column }, values: empty },
  ]);
}

/** Something is written, and it is none of the words for nothing; a missing cell is unknown, so no row of the slice. */
function isError(column: string): Expression {
  return all([matches(column, WRITTEN), { kind: 'not', part: matches(column, NO_ERROR_PATTERN) }]);
}

function isNoError(column: string): Expression {
  return any([
    { kind: 'missing', column },
    { kind: 'not', part: matches(column, WRITTEN) },
    matches(column, NO_ERROR_PATTERN),
  ]);
}

/** Anything but blanks; an empty list has nothing that matches. */
const WRITTEN = String.raw`\S`;

function matches(column: string, pattern: string): Expression {
  return { kind: 'matches', operand: { kind: 'column', column }, pattern };
}

function all(parts: readonly Expression[]): Expression {
  return { kind: 'and', parts: parts.flatMap((part) => (part.kind === 'and' ? part.parts : [part])) };
}

function any(parts: readonly Expression[]): Expression {
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
}
