/** Fisher's exact test of a drop between runs without common cases; equal tables are computed once. */

import {
  type Attainable,
  fisherAttainable,
  fisherMidP,
  fisherP,
  type UnpairedCounts,
} from '../stats/index.ts';
import type { LossTest } from './types.ts';

/** Tables and margins that are remembered, and the longest null distribution among them: about 32 MB at most. */
const REMEMBERED = { tables: 20_000, margins: 4_000, support: 1_000 } as const;

const TESTS = new Map<string, LossTest>();
const NULLS = new Map<string, Attainable>();

/** The test of "the candidate passes as often"; studies judge the same tables again and again. */
export function fisherTest(counts: UnpairedCounts): LossTest {
  const { candidatePasses, candidateCases, baselinePasses, baselineCases } = counts;
  const key = `${candidatePasses} ${candidateCases} ${baselinePasses} ${baselineCases}`;
  const known = TESTS.get(key);
  if (known !== undefined) return known;
  const test: LossTest = {
    name: 'Fisher exact',
    pValue: fisherP(counts, 'less'),
    pValueTwoSided: fisherP(counts, 'two-sided'),
    midP: fisherMidP(counts, 'less'),
    attainable: nullOf(baselineCases, candidateCases, candidatePasses + baselinePasses),
  };
  if (Math.min(candidateCases, baselineCases) <= REMEMBERED.support) {
    remember(TESTS, key, test, REMEMBERED.tables);
  }
  return test;
}

function nullOf(baseline: number, candidate: number, passes: number): Attainable {
  const key = `${baseline} ${candidate} ${passes}`;
  const known = NULLS.get(key);
  if (known !== undefined) return known;
  const attainable = fisherAttainable({ baseline, candidate, passes });
  if (Math.min(baseline, candidate) <= REMEMBERED.support) {
    remember(NULLS, key, attainable, REMEMBERED.margins);
  }
  return attainable;
}

/** Forgets everything when full: what is asked for again comes back at once. */
function remember<T>(memory: Map<string, T>, key: string, value: T, most: number): void {
  if (memory.size >= most) memory.clear();
  memory.set(key, value);
}
