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

/** Up to so many duplicates are listed one by one; of more, the first ones stand in one sentence. */
const LISTED_DUPLICATES = 5;
const NAMED_DUPLICATES = 3;

/** So many places of each are named. */
const LISTED_PLACES = 4;

/** A side has several rows of one case and trial. */
export class DuplicateError extends DataError {
  readonly side: Side;

  constructor(side: Side, problems: readonly Problem[]) {
    super(problems);
    this.side = side;
  }
}

/**
 * The error that names the duplicates of one side, in the order of case id and trial.
 *
 * @param total how many there are when `duplicates` holds only the first ones
 */
export function duplicateError(
  side: Side,
  duplicates: readonly Duplicate[],
  total: number = duplicates.length,
): DuplicateError {
  const ordered = duplicates.toSorted(
    (a, b) => compareText(a.caseId, b.caseId) || compareText(a.trial, b.trial),
  );
  const hint = ordered.every(({ trial }) => trial === '')
    ? 'give repeats of a case different trials (--map trial=COLUMN), keep one row, or pick one run of a file that holds several (--baseline-run, --candidate-run)'
    : `keep one row per case and trial, map the column that tells them apart, or pick one run of a file that holds several (--${side}-run)`;
  if (total > LISTED_DUPLICATES)
    return new DuplicateError(side, [{ ...summarize(side, ordered, total), hint }]);
  const problems = ordered.map((duplicate) => describe(side, duplicate));
  // What to do is the same for all of them, and is said once.
  return new DuplicateError(side, [...problems.slice(0, -1), { ...problems.at(-1)!, hint }]);
}

function describe(side: Side, duplicate: Duplicate): Problem {
  const { name, places } = named(duplicate);
  return {
    message: `${name} has ${duplicate.places.length} rows in the ${side}, expected one: ${places}`,
    where: firstPlace(duplicate),
  };
}

function summarize(side: Side, ordered: readonly Duplicate[], total: number): Problem {
  const shown = ordered.slice(0, NAMED_DUPLICATES).map((duplicate) => {
    const { name, places } = named(duplicate);
    return `${name} (${places})`;
  });
  const what = ordered.every(({ trial }) => trial === '') ? 'cases' : 'pairs of case and trial';
  return {
    message: `${total.toLocaleString('en-US')} ${what} have several rows in the ${side}, expected one each, such as ${shown.join(', ')}`,
    where: firstPlace(ordered[0]!),
  };
}

function named({ caseId, trial, places }: Duplicate): { readonly name: string; readonly places: string } {
  const listed = inOrder(places)
    .slice(0, LISTED_PLACES)
    .map(({ file, line }) => `${file}:${line}`);
  if (places.length > listed.length) listed.push(`${places.length - listed.length} more`);
  const name =
    trial === '' ? `case ${foundText(caseId)}` : `case ${foundText(caseId)}, trial ${foundText(trial)}`;
  return { name, places: listed.join(', ') };
}

function firstPlace({ places }: Duplicate): RowPlace {
  const { file, line } = inOrder(places)[0]!;
  return { file, line };
}

function inOrder(places: readonly RowPlace[]): readonly RowPlace[] {
  return places.toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line);
}
