import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERDICTS, type Verdict } from '../findings/index.ts';
import { exitCodeOf, rollUp } from './roll-up.ts';

describe('the release', () => {
  it.each<[readonly Verdict[], Verdict]>([
    [['PASS', 'REVIEW', 'LOW-N'], 'REVIEW'],
    [['PASS', 'STALE', 'REVIEW'], 'STALE'],
    [['STALE', 'UNTESTED'], 'UNTESTED'],
    [['UNTESTED', 'INVALID'], 'INVALID'],
    [['INVALID', 'BLOCK', 'PASS'], 'BLOCK'],
    [['PASS', 'DEBT', 'LOW-N'], 'PASS'],
    [['LOW-N', 'LOW-N'], 'INVALID'],
    [[], 'INVALID'],
  ])('of %j is %s', (verdicts, release) => {
    expect(rollUp(verdicts)).toBe(release);
  });

  it('does not depend on the order of slices, and a further verdict never makes it better', () => {
    const verdicts = fc.array(fc.constantFrom(...VERDICTS));
    fc.assert(
      fc.property(verdicts, fc.constantFrom(...VERDICTS), (some, one) => {
        const release = rollUp(some);
        expect(rollUp(some.toReversed())).toBe(release);
        const deciding = some.some((verdict) => verdict !== 'LOW-N' && verdict !== 'DEBT');
        if (deciding)
          expect(VERDICTS.indexOf(rollUp([...some, one]))).toBeLessThanOrEqual(VERDICTS.indexOf(release));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['PASS', 0],
    ['BLOCK', 1],
    ['REVIEW', 3],
    ['UNTESTED', 4],
    ['STALE', 4],
    ['INVALID', 4],
  ] as const)('%s ends with %i, and never with the code of a failure', (verdict, code) => {
    expect(exitCodeOf(verdict)).toBe(code);
    expect(exitCodeOf(verdict)).not.toBe(2);
  });
});
