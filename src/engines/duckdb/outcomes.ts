/** Numbers for the pairs of outcomes that occur. */

import type { OutcomeCell, SideOutcome } from '../../counts/index.ts';
import { ROW_CODES } from './relation.ts';

/** A pair of outcomes, before it is known how many cases have it. */
export type OutcomePair = Omit<OutcomeCell, 'cases'>;

/** Row codes that a case with one row can have; graded rows count as unscored ones. */
const SIDES = 5;

const SINGLE: readonly (SideOutcome | null)[] = [
  ROW_CODES.absent,
  ROW_CODES.passed,
  ROW_CODES.failed,
  ROW_CODES.error,
  ROW_CODES.unscored,
].map((code) => (code === ROW_CODES.absent ? null : countsOf(code)));

function countsOf(code: number): SideOutcome {
  const one = (wanted: number): number => (code === wanted ? 1 : 0);
  return {
    passed: one(ROW_CODES.passed),
    failed: one(ROW_CODES.failed),
    errors: one(ROW_CODES.error),
    unscored: one(ROW_CODES.unscored),
  };
}

/** The number of a pair where every case has at most one row in each run: see `singlePairs`. */
export function singlePairSql(baseline: string, candidate: string, edited: string): string {
  const side = (code: string): string => `least(${code}, ${ROW_CODES.unscored})`;
  return `CAST(${side(baseline)} * ${SIDES} + ${side(candidate)} + CASE WHEN ${edited} THEN ${SIDES * SIDES} ELSE 0 END AS UTINYINT)`;
}

/** The pairs that `singlePairSql` numbers. */
export function singlePairs(): readonly OutcomePair[] {
  return [false, true].flatMap((edited) =>
    SINGLE.flatMap((baseline) => SINGLE.map((candidate) => ({ baseline, candidate, edited }))),
  );
}

/** Names of the eight counts of a case with several rows. */
export const COUNT_NAMES = ['bp', 'bf', 'be', 'bu', 'cp', 'cf', 'ce', 'cu'] as const;

/** The eight counts over the rows of a case; `code` and `side` are columns of the rows. */
export function countsSql(): string {
  const codes = [
    `= ${ROW_CODES.passed}`,
    `= ${ROW_CODES.failed}`,
    `= ${ROW_CODES.error}`,
    `>= ${ROW_CODES.unscored}`,
  ];
  return COUNT_NAMES.map((name, i) => {
    const side = i < codes.length ? 0 : 1;
    const counted = `count(*) FILTER (side = ${side} AND code ${codes[i % codes.length]})`;
    return `CAST(${counted} AS INTEGER) AS ${name}`;
  }).join(', ');
}

/** A pair from its eight counts. */
export function pairOf(counts: readonly number[], edited: boolean): OutcomePair {
  const side = (from: number): SideOutcome | null => {
    const [passed = 0, failed = 0, errors = 0, unscored = 0] = counts.slice(from, from + 4);
    return passed + failed + errors + unscored === 0 ? null : { passed, failed, errors, unscored };
  };
  return { baseline: side(0), candidate: side(4), edited };
}
