/** Drops per kind of shift: the catalogue's examples, small splits and floors. */

import { describe, expect, it } from 'vitest';
import { shiftsEvidence, shiftsOf, splitKind } from './shifts.ts';

const inDomain = { column: 'source', passed: 900, cases: 1000, untagged: 0 };
const rules = { minCases: 20, floor: null, level: 0.95 };

/** Splits of 1,000 cases with these drops in points from 90 %. */
const withDrops = (drops: readonly number[]) => [
  {
    shift: 'source',
    splits: drops.map((drop, at) => ({ name: `s${at}`, passed: 900 - 10 * drop, cases: 1000 })),
  },
];

describe('shiftsEvidence', () => {
  it('shows the worst of drops of 2, 3 and 19 points, and -39 to 55 for the next', () => {
    const [shift] = shiftsEvidence(inDomain, withDrops([2, 3, 19]), rules).shifts;
    expect(shift!.splits.map(({ name }) => name)).toEqual(['s2', 's1', 's0']);
    expect(shift!.splits[0]!.drop.estimate).toBeCloseTo(0.19, 12);
    expect(shift!.meanDrop).toBeCloseTo(0.08, 12);
    expect(shift!.next.lower).toBeCloseTo(-0.394, 3);
    expect(shift!.next.upper).toBeCloseTo(0.554, 3);
  });

  it('knows nothing of the next from one split, and leaves small ones out by name', () => {
    const shifts = [
      {
        shift: 'time',
        splits: [
          { name: 'a', passed: 80, cases: 100 },
          { name: 'b', passed: 1, cases: 3 },
        ],
      },
    ];
    const [shift] = shiftsEvidence(inDomain, shifts, rules).shifts;
    expect(shift).toMatchObject({ spread: null, small: [{ name: 'b', passed: 1, cases: 3 }] });
    expect(shift!.next.lower).toBeNull();
  });

  it('says where splits agree more than their cases can tell', () => {
    const alike = [
      { shift: 'source', splits: ['a', 'b', 'c'].map((name) => ({ name, passed: 60, cases: 75 })) },
    ];
    const [shift] = shiftsEvidence(inDomain, alike, rules).shifts;
    expect([shift!.next.lower, shift!.next.upper]).toEqual([shift!.next.estimate, shift!.next.estimate]);
    expect(shift!.coarser).toBeGreaterThan(0.08);
    expect(shiftsEvidence(inDomain, withDrops([2, 3, 19]), rules).shifts[0]!.coarser).toBeNull();
  });

  it('marks splits below the floor', () => {
    const [shift] = shiftsEvidence(inDomain, withDrops([2, 19]), { ...rules, floor: 0.75 }).shifts;
    expect(shift!.splits.map(({ isBelowFloor }) => isBelowFloor)).toEqual([true, false]);
  });
});

describe('shiftsOf', () => {
  const score = (name: string) => ({ name, passed: 1, cases: 2 });

  it('parts names with kinds, and takes other values as splits of one kind', () => {
    expect(
      shiftsOf('splits', [score('time:1'), score('source:x'), score('time:2')]).map(({ shift }) => shift),
    ).toEqual(['source', 'time']);
    expect(shiftsOf('site', [score('x'), score('a:b')])).toEqual([
      { shift: 'site', splits: [score('x'), score('a:b')] },
    ]);
  });

  it('reads the kind before the first colon', () => {
    expect([splitKind('a:b:c'), splitKind('a'), splitKind(':a')]).toEqual(['a', null, null]);
  });
});
