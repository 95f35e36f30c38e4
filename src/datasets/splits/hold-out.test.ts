/** Splits by column, chance and rarity: who is held out, who must not train, and what is refused. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { closeLeaks, leaksOf, trainOf } from './close-leaks.ts';
import { groupSplits, instantOf, sourceSplits, timeSplits } from './hold-out-columns.ts';
import { randomSplits } from './random-cases.ts';
import { disputedComponents, rareSplits } from './rare-cases.ts';
import type { ChosenSplit, NoSplit } from './split-plan.ts';

const rules = (column: string, extra = {}) => ({
  column,
  splits: 3,
  minCases: 5,
  share: 0.1,
  random: createRandom(1),
  ...extra,
});

function chosen(found: readonly ChosenSplit[] | NoSplit): readonly ChosenSplit[] {
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

/** Own component for each of so many cases. */
const alone = (count: number) => Int32Array.from({ length: count }, (_, at) => at);

describe('sourceSplits', () => {
  const values = Array.from({ length: 100 }, (_, at) =>
    at < 60 ? 'main' : at < 64 ? 'tiny' : `site ${at % 4}`,
  );

  it('holds out whole sources, none that is too small, none that is most of the data', () => {
    const found = chosen(sourceSplits(values, rules('site')));
    expect(found.map(({ name }) => name)).toHaveLength(3);
    for (const { name, test } of found) {
      const source = name.slice('source:'.length);
      expect([...test].every((item) => values[item] === source)).toBe(true);
      expect(test.length).toBe(values.filter((value) => value === source).length);
      expect(['main', 'tiny']).not.toContain(source);
    }
  });

  it('leaves cases without a source out of training, since nobody knows whose they are', () => {
    const some = values.map((value, at) => (at === 0 ? null : value));
    expect([...chosen(sourceSplits(some, rules('site')))[0]!.unknown]).toEqual([0]);
  });

  it('says why there is none', () => {
    expect(sourceSplits(['a', 'a', 'b'], rules('site'))).toEqual({
      shift: 'source',
      reason: 'site has 2 values, and none has between 5 cases and half of all',
    });
  });
});

describe('timeSplits', () => {
  it('holds out the latest ranges, and nothing later trains', () => {
    const days = Array.from(
      { length: 100 },
      (_, at) => `2026-01-${String(1 + Math.floor(at / 4)).padStart(2, '0')}`,
    );
    const found = chosen(timeSplits(days, rules('day')));
    expect(found.map(({ name }) => name)).toEqual(['time:1', 'time:2', 'time:3']);
    for (const split of found) {
      const closed = closeLeaks(split, alone(100));
      const train = trainOf(closed, 100);
      const first = Math.min(...split.test);
      expect(Math.max(...train)).toBeLessThan(first);
      expect(split.test.length + train.length + closed.leftOut.later.length).toBe(100);
      // One day is on one side.
      expect(days[first - 1]).not.toBe(days[first]);
    }
  });

  it.each([
    ['2026-01-02', 1767312000000],
    ['2026-01-02T00:00:00Z', 1767312000000],
    ['2026-01-02 01:00:00+01:00', 1767312000000],
    ['2026-01-02T01:00:00+01', 1767312000000],
    ['1999', 1999],
    ['yesterday', null],
    ['2026-02-30', null],
  ])('reads %s as %s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });
});

describe('groupSplits', () => {
  it('deals whole groups to disjoint splits', () => {
    const values = Array.from({ length: 300 }, (_, at) => `g${at % 50}`);
    const found = chosen(groupSplits(values, rules('customer')));
    const seen = new Map<string, string>();
    for (const { name, test } of found) {
      for (const item of test) {
        expect(seen.get(values[item]!) ?? name).toBe(name);
        seen.set(values[item]!, name);
      }
      expect(test.length).toBeGreaterThanOrEqual(30);
    }
    expect(found).toHaveLength(3);
  });
});

describe('closeLeaks', () => {
  it('leaves no near-duplicate of a test case in training, and loses no case', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 60, maxLength: 120 }), (groups) => {
        const component = Int32Array.from(groups);
        const values = groups.map((_, at) => `site ${at % 5}`);
        for (const split of chosen(sourceSplits(values, rules('site')))) {
          const closed = closeLeaks(split, component);
          expect(leaksOf(closed, component)).toBe(0);
          const train = trainOf(closed, groups.length);
          expect(closed.test.length + train.length + closed.leftOut.alike.length).toBe(groups.length);
        }
      }),
    );
  });
});

describe('randomSplits', () => {
  it('are disjoint and keep near-duplicates together', () => {
    const component = Int32Array.from({ length: 200 }, (_, at) => Math.floor(at / 2));
    const found = chosen(
      randomSplits(component, { splits: 3, share: 0.1, minCases: 5, random: createRandom(2) }),
    );
    const all = found.flatMap(({ test }) => [...test]);
    expect(new Set(all).size).toBe(all.length);
    for (const split of found) expect(closeLeaks(split, component).leftOut.alike).toHaveLength(0);
  });
});

describe('rareSplits', () => {
  const plain = Array.from({ length: 90 }, (_, at) => ({
    text: `where is my card today number ${at % 9}`,
    label: 'card',
  }));
  const odd = [
    'the plastic rectangle vanished',
    'nobody posted mine yet chief',
    'letterbox stays empty since easter',
    'courier swears delivery happened',
    'envelope arrived without contents',
  ].map((text) => ({ text, label: 'card' }));
  const rows = [...plain, ...odd];
  const input = {
    texts: rows.map(({ text }) => text),
    labels: rows.map(({ label }) => label),
    component: alone(rows.length),
    verified: null,
    share: 0.06,
    splits: 3,
    minCases: 5,
    random: createRandom(3),
  };

  it('finds the texts that are said like no other of their class, by words and by neighbours', () => {
    const found = chosen(rareSplits(input));
    expect(found.map(({ name }) => name)).toEqual(['rare:words', 'rare:neighbours']);
    for (const { test } of found) expect([...test]).toEqual([90, 91, 92, 93, 94]);
  });

  it('leaves classes alone that are too small to give a case away, also 30,000 of them', () => {
    const many = Array.from({ length: 30_000 }, (_, at) => ({
      text: `only text ${at}`,
      label: `class ${at}`,
    }));
    const all = [...rows, ...many];
    const found = rareSplits({
      ...input,
      texts: all.map(({ text }) => text),
      labels: all.map(({ label }) => label),
      component: alone(all.length),
    });
    for (const { test } of chosen(found)) expect([...test]).toEqual([90, 91, 92, 93, 94]);
  });

  it('takes only verified labels where somebody says which are', () => {
    const verified = rows.map((_, at) => at !== 92);
    const found = rareSplits({ ...input, verified, minCases: 4 });
    expect([...chosen(found)[0]!.test]).not.toContain(92);
  });

  it('calls near-duplicates with different labels disputed', () => {
    expect(disputedComponents(['a', 'b', 'a', null], Int32Array.of(1, 1, 2, 2))).toEqual(new Set([1]));
  });
});
