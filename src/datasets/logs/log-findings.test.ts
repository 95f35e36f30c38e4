import { describe, expect, it } from 'vitest';
import { findingsOf } from './log-findings.ts';

type Parts = Parameters<typeof findingsOf>[0];

const share = (estimate: number) => ({
  estimate,
  lower: 0.1,
  upper: 0.9,
  level: 0.95,
  method: 'wilson',
  n: 40,
});
const COVERAGE = { isGap: true, uncovered: share(0.5), own: share(0.05) } as NonNullable<Parts['coverage']>;
const PARTS: Parts = {
  ...{ floor: 20, dimensions: [], windows: [], topics: null, coverage: COVERAGE },
  ...{ rows: 40, cases: 500 },
};

describe('an audit', () => {
  it('with notices does not say that the set has what production has', () => {
    const { verdict, headline } = findingsOf(PARTS);
    expect(verdict).toBe('PASS');
    expect(headline).toMatch(/^PASS: no alarm; 50\.0% of production .* has no case near it/);
    const { headline: level } = findingsOf({ ...PARTS, coverage: { ...COVERAGE, isGap: false } });
    expect(level).toBe('PASS: the eval set has what production has');
  });

  it.each<[Partial<Parts>, string]>([
    [{ rows: 2 }, 'UNTESTED: 2 log rows are too few to compare, at least 20 are needed'],
    [{ rows: 19 }, 'UNTESTED: 19 log rows are too few to compare, at least 20 are needed'],
    [{ cases: 1 }, 'UNTESTED: 1 case is too few to compare, at least 20 are needed'],
    [{ cases: null }, 'UNTESTED: no eval set is named (--eval), so this shows production alone'],
  ])('of %j is untested', (changes, headline) => {
    expect(findingsOf({ ...PARTS, ...changes })).toMatchObject({
      verdict: 'UNTESTED',
      exitCode: 4,
      headline,
    });
  });

  it('of twenty rows is one', () => {
    expect(findingsOf({ ...PARTS, rows: 20, cases: 20 }).verdict).toBe('PASS');
  });
});
