import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, type FlipCounts } from '../../test/slice-evidence.ts';
import { DEFAULT_POLICY, type Policy } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import { type JudgeOptions, judge } from './judge.ts';

const PAIRED: JudgeOptions = { hasBaseline: true, disjoint: true, joint: null, beyondChurn: null };

function decide(
  slices: readonly FlipCounts[],
  changes: Partial<Policy> = {},
  options: Partial<JudgeOptions> = {},
) {
  const policy = { ...DEFAULT_POLICY, ...changes };
  const evidence = slices.map((counts, i) => evidenceOf({ value: `s${i}`, ...counts }, { policy }));
  const judgement = judge(evidence, policy, { ...PAIRED, ...options });
  return { ...judgement, rows: evidence.map((slice) => judgement.decisions.get(slice)!), evidence };
}

const ARTICLE: readonly FlipCounts[] = [
  { kept: 36, lost: 7, gained: 0, failed: 4 },
  { kept: 170, lost: 6, gained: 21, failed: 13 },
  { kept: 130, lost: 8, gained: 9, failed: 9 },
  { kept: 69, lost: 5, gained: 6, failed: 9 },
  { kept: 586, lost: 28, gained: 22, failed: 62 },
];

describe('all slices together', () => {
  it('block refund_flow of the article at .030, and nothing else', () => {
    const { rows, adjustment, tested, budgets } = decide(ARTICLE);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['BLOCK', 'PASS', 'PASS', 'PASS', 'PASS']);
    expect(rows[0]?.adjusted.adjusted).toBeCloseTo(0.0303, 4);
    expect(rows[0]?.adjusted.holm).toBeCloseTo(0.0390625, 14);
    expect(rows[0]?.adjusted.pValueTwoSided).toBeCloseTo(0.015625, 14);
    expect([adjustment, tested, budgets.delta]).toEqual(['step-down discrete min-P', 5, 0.05]);
  });

  it('leave small slices out of the correction', () => {
    const tiny: FlipCounts = { kept: 5, lost: 7, gained: 7 };
    const { rows, tested } = decide([...ARTICLE, tiny, tiny]);
    expect(tested).toBe(5);
    expect(rows[0]?.adjusted.adjusted).toBeCloseTo(0.0303, 4);
    expect(rows.slice(5).map(({ verdict, adjusted }) => [verdict, adjusted.adjusted])).toEqual([
      ['LOW-N', null],
      ['LOW-N', null],
    ]);
  });

  it('correct critical slices and the others apart, and never one for the other', () => {
    const critical = { critical: true };
    const alone = decide([{ ...ARTICLE[0], rules: critical }, ...ARTICLE.slice(1)]);
    // One critical slice: p / .8. Its budget is four fifths.
    expect(alone.rows[0]?.adjusted.adjusted).toBeCloseTo(0.0078125 / 0.8, 12);
    expect(alone.budgets.critical).toBeCloseTo(0.04, 14);
    expect(alone.budgets.other).toBeCloseTo(0.01, 14);
    expect(alone.adjustment).toContain('scaled for the split');
    const outside = decide([ARTICLE[0]!, { ...ARTICLE[1], rules: critical }, ...ARTICLE.slice(2)]);
    const among = decide([ARTICLE[0]!, ...ARTICLE.slice(2)]).rows[0]?.adjusted.adjusted ?? Number.NaN;
    expect(outside.rows[0]?.adjusted.adjusted).toBeCloseTo(among / 0.2, 10);
    expect(outside.rows[0]?.verdict).toBe('REVIEW');
    const worse = decide([ARTICLE[0]!, { kept: 100, lost: 50, rules: critical }, ...ARTICLE.slice(2)]);
    expect(worse.rows[0]?.adjusted.adjusted).toBe(outside.rows[0]?.adjusted.adjusted);
  });

  it('adjust floors by Holm over the slices that have one, within a fifth of the budget', () => {
    const bad: FlipCounts = { kept: 10, lost: 9, gained: 0, failed: 1 };
    const fine: FlipCounts = { kept: 180, lost: 5, gained: 6, failed: 9 };
    const { rows, budgets, evidence } = decide([bad, fine], { floor: 0.85 });
    expect(budgets.floors).toBeCloseTo(0.01, 14);
    expect(rows[0]?.adjusted.floorP).toBeCloseTo(2 * (evidence[0]?.floor?.pValue ?? 1), 14);
    expect(rows[0]?.adjusted.floorDoubt).toBeCloseTo(2 * (evidence[0]?.floor?.posteriorDoubt ?? 1), 14);
    expect(decide([bad, fine]).rows[0]?.adjusted.floorP).toBeNull();
  });

  it('ask about the churn at each slice’s share of the budget', () => {
    const asked: number[] = [];
    decide(ARTICLE, {}, { beyondChurn: (_slice, alpha) => asked.push(alpha) > 0 });
    expect(asked).toEqual(Array.from({ length: 5 }, () => 0.01));
  });

  it('always-valid looks are combined by Holm', () => {
    const { adjustment, rows } = decide(ARTICLE, { looks: 'always-valid' });
    expect(adjustment).toBe('Holm');
    expect(rows[0]?.adjusted.pValue).toBeGreaterThan(0.0078125);
  });

  it('decide nothing where there is nothing', () => {
    expect(decide([])).toMatchObject({ tested: 0, adjustment: '' });
  });

  it('give the same decisions in any order, and adjusted p-values at least the raw ones', () => {
    const counts = fc.record({
      kept: fc.nat(80),
      lost: fc.nat(20),
      gained: fc.nat(20),
      failed: fc.nat(20),
      rules: fc.constantFrom({}, { critical: true }, { floor: 0.8 }),
    });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 8 }), (slices) => {
        const { rows } = decide(slices);
        const turned = decide(slices.toReversed()).rows.toReversed();
        rows.forEach((row, i) => {
          expect(turned[i]?.verdict).toBe(row.verdict);
          const { pValue, adjusted } = row.adjusted;
          if (adjusted !== null) expect(adjusted).toBeGreaterThanOrEqual((pValue ?? 0) * (1 - 1e-12));
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('unchanged releases', () => {
  /** Counts of a slice in which both runs pass with the same rate, from a small generator of its own. */
  function drawn(seed: number, sizes: readonly number[]): SliceEvidence[] {
    let state = seed;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    return sizes.map((n, i) => {
      const counts = { kept: 0, lost: 0, gained: 0, failed: 0 };
      for (let one = 0; one < n; one++) {
        const u = random();
        counts[u < 0.8 ? 'kept' : u < 0.85 ? 'lost' : u < 0.9 ? 'gained' : 'failed']++;
      }
      return evidenceOf({ value: `s${i}`, ...counts });
    });
  }

  it.each([1, 5, 50])(
    'with %i slices are blocked no more often than the budget says (300 releases)',
    (slices) => {
      let blocked = 0;
      let reviewed = 0;
      for (let release = 0; release < 300; release++) {
        const evidence = drawn(
          7919 * release + slices,
          Array.from({ length: slices }, (_, i) => [5, 20, 100][i % 3]!),
        );
        const verdicts = [...judge(evidence, DEFAULT_POLICY, PAIRED).decisions.values()].map(
          ({ verdict }) => verdict,
        );
        if (verdicts.includes('BLOCK')) blocked++;
        if (verdicts.includes('BLOCK') || verdicts.includes('REVIEW')) reviewed++;
      }
      const lowerBound = (share: number) => share - 2.33 * Math.sqrt((share * (1 - share)) / 300);
      expect(lowerBound(blocked / 300)).toBeLessThanOrEqual(0.05);
      expect(lowerBound(reviewed / 300)).toBeLessThanOrEqual(0.25);
    },
  );
});
