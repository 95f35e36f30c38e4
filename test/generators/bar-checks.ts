/** Small tables for the acceptance bars: each answers one failure seen in existing tools. */

import { pairSlices } from './paired-slices.ts';
import type { ResultRow, RunPair } from './rows.ts';

/** Bar 2: a clear win in two large slices, beside three that can never reach 20 cases. */
export function clearWinBesideTinySlices(seed = 2): RunPair {
  return pairSlices(
    [
      { slice: 'large_a', n: 300, before: 240, lost: 3, gained: 30 },
      { slice: 'large_b', n: 300, before: 250, lost: 2, gained: 25 },
      { slice: 'tiny_a', n: 6, before: 5, lost: 1, gained: 0 },
      { slice: 'tiny_b', n: 4, before: 4, lost: 0, gained: 0 },
      { slice: 'tiny_c', n: 3, before: 1, lost: 0, gained: 1 },
    ],
    { seed },
  );
}

/** Bar 3: one success and nine errors in `flaky_tool` of one run; must never read as 1.0. Beside it 40 sound cases. */
export function oneSuccessNineErrors(): readonly ResultRow[] {
  const flaky = Array.from({ length: 10 }, (_, i) => ({
    case_id: `flaky_tool/${i + 1}`,
    segment: 'flaky_tool',
    passed: i === 0 ? true : null,
    error: i === 0 ? null : 'TimeoutError: no answer after 30 s',
  }));
  const sound = Array.from({ length: 40 }, (_, i) => ({
    case_id: `sound_tool/${i + 1}`,
    segment: 'sound_tool',
    passed: i >= 4,
    error: null,
  }));
  return [...flaky, ...sound];
}

/** Bar 6: the same results, but another judge model marked the candidate. */
export function changedJudge(seed = 6): RunPair {
  const pair = pairSlices([{ slice: 'chat', n: 200, before: 160, lost: 5, gained: 9 }], { seed });
  const judged = (rows: readonly ResultRow[], judge: string) =>
    rows.map((row) => ({ ...row, judge_model: judge }));
  return { baseline: judged(pair.baseline, 'judge-1'), candidate: judged(pair.candidate, 'judge-2') };
}

/** Bar 8: five cases with ten trials each; `n` is five. Baseline passes every trial, the candidate half of them. */
export function tenRepeatsOfFive(): RunPair {
  const rows = (passes: (trial: number) => boolean): readonly ResultRow[] =>
    Array.from({ length: 50 }, (_, i) => ({
      case_id: `case-${Math.floor(i / 10) + 1}`,
      trial: (i % 10) + 1,
      segment: 'repeats',
      passed: passes((i % 10) + 1),
    }));
  return { baseline: rows(() => true), candidate: rows((trial) => trial <= 5) };
}

/** Bar 8: 25 cases of three trials; `case-07` falls from 3 of 3 to 2 of 3, and nothing else moves. */
export function oneTrialLost(): RunPair {
  const rows = (fails: string | null): readonly ResultRow[] =>
    Array.from({ length: 75 }, (_, i) => {
      const caseId = `case-${String(Math.floor(i / 3) + 1).padStart(2, '0')}`;
      const trial = (i % 3) + 1;
      return { case_id: caseId, trial, segment: 'tools', passed: !(caseId === fails && trial === 3) };
    });
  return { baseline: rows(null), candidate: rows('case-07') };
}

/** Bar 11: every case of segment `emea` is of customer `acme` and the other way round: one slice under two names. */
export function sameCasesTwice(seed = 11): RunPair {
  const pair = pairSlices(
    [
      { slice: 'emea', n: 60, before: 54, lost: 12, gained: 1 },
      { slice: 'apac', n: 80, before: 70, lost: 2, gained: 3 },
      { slice: 'amer', n: 90, before: 80, lost: 3, gained: 3 },
    ],
    { seed },
  );
  const customerOf = (row: ResultRow, index: number) =>
    row.segment === 'emea' ? 'acme' : index % 2 === 0 ? 'globex' : 'initech';
  const customers = new Map(pair.baseline.map((row, index) => [row.case_id, customerOf(row, index)]));
  const tagged = (rows: readonly ResultRow[]) =>
    rows.map((row) => ({ ...row, customer: customers.get(row.case_id) ?? null }));
  return { baseline: tagged(pair.baseline), candidate: tagged(pair.candidate) };
}
