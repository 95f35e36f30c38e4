/** What an engine says about two runs, for tests that need no engine. */

import type { ColumnProfile, ComparisonProfile, RunProfile } from '../src/engines/index.ts';

/** A run of 100 scored rows unless told otherwise. */
export function runProfile(changes: Partial<RunProfile> = {}): RunProfile {
  return {
    rows: 100,
    cases: 100,
    scored: 100,
    errors: 0,
    unscored: 0,
    maxTrials: 1,
    hasPassed: true,
    fingerprints: { judge: [], dataset: [], prompt: [], code: [] },
    ...changes,
  };
}

/** Two runs of the same 100 cases, without columns, unless told otherwise. */
export function comparisonProfile(changes: Partial<ComparisonProfile> = {}): ComparisonProfile {
  return {
    baseline: runProfile(),
    candidate: runProfile(),
    paired: 100,
    onlyBaseline: 0,
    onlyCandidate: 0,
    onlyBaselineIds: [],
    onlyCandidateIds: [],
    edited: 0,
    editedIds: [],
    editsVisible: false,
    columns: [],
    ...changes,
  };
}

/** A column of both runs with these values and their numbers of cases. */
export function columnProfile(
  name: string,
  values: Readonly<Record<string, number>>,
  changes: Partial<ColumnProfile> = {},
): ColumnProfile {
  const top = Object.entries(values).map(([value, cases]) => ({ value, cases }));
  const rows = 2 * top.reduce((sum, { cases }) => sum + cases, 0);
  return {
    name,
    inBaseline: true,
    inCandidate: true,
    distinct: top.length,
    missingCases: 0,
    changedCases: 0,
    numericRows: top.every(({ value }) => /^\d+(\.\d+)?$/.test(value)) ? rows : 0,
    filledRows: rows,
    isList: false,
    top,
    ...changes,
  };
}
