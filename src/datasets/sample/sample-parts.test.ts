/** The parts of a draw: names of rows, values of cases, entropy, strata. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseValue, sameCell, valueCell } from './case-value.ts';
import { entropyOf } from './entropy.ts';
import { contentNumber, nameRows } from './row-identity.ts';
import { stratumParts } from './stratum.ts';

describe('values of cases', () => {
  it('come back as the cells that they were, through JSON as well', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string()),
      fc.json(),
      fc.constantFrom(
        '[1.0]',
        '[ 1]',
        '{"a":1,"a":2}',
        '["a"]',
        '[]',
        '{}',
        '[1e400]',
        '12345678901234567890',
        '[12345678901234567890]',
      ),
    );
    fc.assert(
      fc.property(cell, (one) => {
        const back = valueCell(JSON.parse(JSON.stringify(caseValue(one))));
        expect(sameCell(back, one)).toBe(true);
      }),
    );
  });

  it('nest what is nested', () => {
    expect(caseValue('[{"name":"search","args":{"q":[1,null]}}]')).toEqual([
      { name: 'search', args: { q: [1, null] } },
    ]);
  });
});

describe('names of rows', () => {
  it('are the ids where they are unique, else id and content, and repeats are dropped', () => {
    expect(nameRows(['a', 'b', 'b', 'b'], [1, 2, 3, 2])).toEqual({
      names: ['a', 'b#0000000000002', 'b#0000000000003', null],
      repeated: 1,
    });
  });

  it('count equal rows without an id instead of dropping them', () => {
    expect(nameRows([null, null], [7, 7])).toEqual({
      names: ['row-0000000000007', 'row-0000000000007-2'],
      repeated: 0,
    });
  });

  it('do not depend on the order of columns', () => {
    const cells = fc.uniqueArray(fc.tuple(fc.string(), fc.oneof(fc.string(), fc.constant(null))), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(cells, (all) => {
        expect(contentNumber(all)).toBe(contentNumber(all.toReversed()));
      }),
    );
  });
});

describe('entropy', () => {
  for (const [probabilities, bits] of [
    [[0.5, 0.5], 1],
    [[1, 0], 0],
    [[2, 2, 2, 2], 2],
    [[1], Number.NaN],
    [[], Number.NaN],
    [[0, 0], Number.NaN],
    [[0.5, -0.5], Number.NaN],
    [[0.5, Number.NaN], Number.NaN],
  ] as const) {
    it(`of ${JSON.stringify(probabilities)} is ${bits}`, () => expect(entropyOf(probabilities)).toBe(bits));
  }
});

it('a stratum has a value of every column, a list of tags as one', () => {
  expect(stratumParts(['x', ['b', 'a', 'b']])).toEqual(['x', 'a, b']);
  expect(stratumParts(['x', null])).toBeNull();
  expect(stratumParts([[]])).toBeNull();
});
