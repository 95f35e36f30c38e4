import { describe, expect, it } from 'vitest';
import { evidenceOf, type FlipCounts, scopedColumn } from '../../test/slice-evidence.ts';
import { DEFAULT_POLICY, type Policy } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import type { ScopedGrouping } from '../scope/index.ts';
import type { SliceState } from '../slices/index.ts';
import {
  areDisjoint,
  errorsToReview,
  gatedSlices,
  type JudgeContext,
  judgeSlices,
  needsJointFlips,
} from './judge-slices.ts';

const scoped = scopedColumn();
const of = (value: string, counts: FlipCounts = { kept: 50 }, changes: Partial<ScopedGrouping> = {}) =>
  evidenceOf({ ...counts, value }, { scoped: changes });
const inState = (state: SliceState, changes: Partial<ScopedGrouping> = {}): SliceEvidence => ({
  ...of('', { kept: 50 }, changes),
  key: { grouping: 'segment', state, value: '' },
});
const FLIPS = { flips: 100, seed: 1 };

type Changes = Partial<Omit<JudgeContext, 'policy'>> & { readonly policy?: Partial<Policy> };

function contextOf(changes: Changes = {}): JudgeContext {
  return {
    ...{ pairing: 'paired', disjoint: true, clustered: false, beyondChurn: null },
    ...changes,
    policy: { ...DEFAULT_POLICY, ...changes.policy },
  };
}

describe('gated slices', () => {
  it.each<[string, SliceEvidence, boolean]>([
    ['a value', of('a'), true],
    ['a missing value', inState('missing'), true],
    ['no tag', inState('untagged'), true],
    ['a value that differs between rows', inState('changed'), false],
    ['an ignored value', of('a', {}, { ignore: new Set(['a']) }), false],
    ['a missing value beside ignored ones', inState('missing', { ignore: new Set(['']) }), true],
    ['a shown dimension', of('a', {}, { role: 'shown' }), false],
    ['a member of a family', of('a', {}, { role: 'members' }), false],
    [
      'the cases outside a predicate',
      inState('untagged', {
        grouping: { kind: 'predicate', id: 'segment', name: 'x', where: { kind: 'missing', column: 'x' } },
      }),
      false,
    ],
    ['a metric that does not gate', { ...of('a'), metric: { ...of('a').metric, gate: false } }, false],
  ])('of %s: %s', (_name, slice, gated) => {
    expect(gatedSlices([slice])).toHaveLength(gated ? 1 : 0);
  });
});

describe('slices are disjoint', () => {
  const all = (kept: number): readonly SliceEvidence[] => [of('all', { kept })];
  const [a, b] = [of('a', { kept: 30 }), of('b', { kept: 70 })];
  const ignored = of('c', { kept: 50 }, { ignore: new Set(['c']) });

  it('where one column cuts all cases', () => {
    expect(areDisjoint([a, b], all(100))).toBe(true);
  });

  it('not where cases are in several slices, even if the gated ones add up to fewer than all', () => {
    expect(areDisjoint([a, b], all(60))).toBe(false);
    expect(
      areDisjoint([{ ...a, scoped: ignored.scoped }, { ...b, scoped: ignored.scoped }, ignored], all(100)),
    ).toBe(false);
  });

  it('not over several columns or metrics', () => {
    const other = of('x', { kept: 100 }, { dimension: 'tier' });
    expect(areDisjoint([a, b, other], all(100))).toBe(false);
    const errors = { ...a, metric: { ...a.metric, id: 'errorRate' } };
    expect(areDisjoint([a, b, errors], all(100))).toBe(false);
  });

  it('whatever is shown beside them', () => {
    const shown = of('x', { kept: 100 }, { dimension: 'tier', role: 'shown' });
    expect(areDisjoint([a, b, shown], all(100))).toBe(true);
    expect(scoped.role).toBe('gated');
  });
});

describe('joint flips', () => {
  const plain = [of('a', { kept: 40, lost: 9 })];
  const pending = plain.map((slice) => ({
    ...slice,
    test: { ...slice.test!, name: 'sign flip', pValue: null },
  }));

  it.each<[string, readonly SliceEvidence[], Changes, boolean]>([
    ['disjoint pass or fail', plain, {}, false],
    ['overlapping pass or fail', plain, { disjoint: false }, true],
    ['overlapping under Holm', plain, { disjoint: false, policy: { multiplicity: 'holm' } }, false],
    [
      'overlapping looks that are always valid',
      plain,
      { disjoint: false, policy: { looks: 'always-valid' } },
      false,
    ],
    ['graded scores', pending, {}, true],
    ['graded scores under Holm', pending, { policy: { multiplicity: 'holm' } }, true],
    ['graded scores of small slices', pending, { policy: { minCases: 100 } }, false],
    ['runs without pairs', pending, { pairing: 'unpaired', disjoint: false }, false],
  ])('for %s: %s', (_name, gated, context, needed) => {
    expect(needsJointFlips(gated, contextOf(context))).toBe(needed);
  });
});

describe('errors', () => {
  const lost = of('tool', { kept: 75, lost: 20, failed: 5 });
  const withErrors = { ...lost, tally: { ...lost.tally, withErrors: 15 } };
  const judged = (slice: SliceEvidence) => judgeSlices([slice], null, contextOf(), FLIPS);

  it('turn a block that needs them into a review', () => {
    const final = errorsToReview(judged(withErrors), judged(of('tool', { kept: 75, lost: 2, failed: 5 })));
    const decision = final.decisions.get(withErrors);
    expect(decision).toMatchObject({ verdict: 'REVIEW', grade: 'suspected' });
    expect(decision?.reason).toMatch(/^errors: without the 15 /);
  });

  it('leave a block that stands without them, and a slice that has none', () => {
    const still = errorsToReview(judged(withErrors), judged(of('tool', { kept: 75, lost: 18, failed: 5 })));
    expect(still.decisions.get(withErrors)?.verdict).toBe('BLOCK');
    const none = errorsToReview(judged(lost), judged(of('other', { kept: 75 })));
    expect(none.decisions.get(lost)?.verdict).toBe('BLOCK');
  });
});
