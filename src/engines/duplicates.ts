/** The error for rows that have the same case and trial. */

import { foundText } from '../cases/index.ts';
import { DataError, type Problem } from '../errors.ts';
import { compareText } from '../slices/index.ts';
import type { Side } from './contract.ts';

/** Where a row stands. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
}

/** One (case, trial) that several rows of a side have. */
export interface Duplicate {
  readonly caseId: string;
  readonly trial: string;
  /** At least two, in any order. */
  readonly places: readonly RowPlace[];
}

/** So many duplicates are listed, and so many places of each; the rest is counted. */
const LISTED_DUPLICATES = 20;
const LISTED_PLACES = 4;

/**
 * The error that names the duplicates of one side, in the order of case id and trial.
 *
 * @param total how many there are when `duplicates` holds only the first ones
 */
export function duplicateError(
  side: Side,
  duplicates: readonly Duplicate[],
  total: number = duplicates.length,
): DataError {
  const ordered = duplicates.toSorted(
    (a, b) => compareText(a.caseId, b.caseId) || compareText(a.trial, b.trial),
  );
  const problems: Problem[] = ordered
    .slice(0, LISTED_DUPLICATES)
    .map((duplicate) => describe(side, duplicate));
  const rest = total - problems.length;
  if (rest > 0) problems.push({ message: `${rest} more duplicates in the ${side} are not listed` });
  return new DataError(problems);
}

function describe(side: Side, { caseId, trial, places }: Duplicate): Problem {
  const ordered = places.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line);
  const listed = ordered.slice(0, LISTED_PLACES).map(({ file, line }) => `${file}:${line}`);
  if (ordered.length > listed.length) listed.push(`${ordered.length - listed.length} more`);
  const name =
    trial === '' ? `case ${foundText(caseId)}` : `case ${foundText(caseId)}, trial ${foundText(trial)}`;
  const hint =
    trial === ''
      ? 'give repeats of a case different trials (--map trial=COLUMN), keep one row, or pick one run of a file that holds several (--baseline-run, --candidate-run)'
      : `keep one row per case and trial, map the column that tells them apart, or pick one run of a file that holds several (--${side}-run)`;
  return {
    message: `${name} has ${ordered.length} rows in the ${side}, expected one: ${listed.join(', ')}`,
    hint,
    where: { file: ordered[0]!.file, line: ordered[0]!.line },
  };
}
