/** Predicates of slices hold for exactly the cases of the slice. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossParts, crossValue } from './cross-value.ts';
import {
  type CaseAttribute,
  evaluate,
  evaluateGrouping,
  formatExpression,
  type Grouping,
  parseExpression,
  sliceExpression,
} from './index.ts';

const column: Grouping = { kind: 'column', id: 'plan', column: 'plan' };
const bins: Grouping = { kind: 'bins', id: 'n', column: 'n', of: 'number', edges: [10, 20] };
const words: Grouping = { kind: 'bins', id: 'w', column: 'text', of: 'words', edges: [3] };
const families: Grouping = {
  kind: 'map',
  id: 'family',
  of: column,
  values: new Map([
    ['a', 'big'],
    ['b', 'big'],
  ]),
  other: null,
};

describe('the predicate of a slice', () => {
  it('reads as a person would write it', () => {
    const text = (grouping: Grouping, value: string) => {
      const expression = sliceExpression(grouping, { state: 'value', value });
      return expression === null ? null : formatExpression(expression);
    };
    expect(text(column, "o'neil")).toBe("plan == 'o''neil'");
    expect(text(bins, '<10')).toBe('n < 10');
    expect(text(bins, '10-20')).toBe('n >= 10 and n < 20');
    expect(text(words, '>=3')).toBe('words(text) >= 3');
    // A plan that is called like a family belongs to it too.
    expect(text(families, 'big')).toBe("plan == 'a' or plan == 'b' or plan == 'big'");
    expect(text(families, 'c')).toBe("plan == 'c'");
    expect(text(bins, 'nonsense')).toBeNull();
    expect(text({ kind: 'time', id: 'h', column: 't', by: 'hour' }, '03')).toBeNull();
  });

  it('joins the conditions of a cross, however its values are spelled', () => {
    const cross: Grouping = { kind: 'cross', id: 'c', parts: [column, bins] };
    const textOf = (grouping: Grouping, value: string) => {
      const expression = sliceExpression(grouping, { state: 'value', value });
      return expression && formatExpression(expression);
    };
    expect(textOf(cross, 'free x 10-20')).toBe("plan == 'free' and n >= 10 and n < 20");
    expect(textOf(cross, '"a x b" x <10')).toBe("plan == 'a x b' and n < 10");
    expect(textOf(cross, 'free')).toBeNull();
    expect(textOf({ ...cross, parts: [column, families] }, 'free x big')).toBe(
      "plan == 'free' and (plan == 'a' or plan == 'b' or plan == 'big')",
    );
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 3 }), (parts) => {
        expect(crossParts(crossValue(parts))).toEqual(parts);
      }),
    );
  });

  it('says missing of a column, and nothing of cases that have no value of their own', () => {
    const missing = sliceExpression(column, { state: 'missing', value: '' });
    expect(missing && formatExpression(missing)).toBe('plan is missing');
    expect(sliceExpression(bins, { state: 'missing', value: '' })).toBeNull();
    expect(sliceExpression(column, { state: 'changed', value: '' })).toBeNull();
  });

  it('holds for exactly the cases of the slice, also after it was written and read', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        'c',
        '',
        '9',
        '10',
        '15',
        '20',
        '1e1',
        ' 10',
        'NaN',
        'true',
        "o'neil",
        'x y z',
      ),
      fc.string(),
    );
    const attribute: fc.Arbitrary<CaseAttribute> = fc.oneof(
      cell.map((text) => ({ state: 'value' as const, cell: text })),
      fc.constant({ state: 'missing' as const }),
      fc.constant({ state: 'changed' as const }),
    );
    fc.assert(
      fc.property(
        attribute,
        attribute,
        fc.constantFrom(column, bins, words, families),
        (own, other, grouping) => {
          const read = () => own;
          const result = evaluateGrouping(grouping, read);
          for (const value of result.state === 'value' ? result.values : []) {
            const expression = sliceExpression(grouping, { state: 'value', value });
            if (expression === null) throw new Error('no predicate');
            expect(evaluate(expression, read)).toBe(true);
            expect(evaluate(parseExpression(formatExpression(expression)), read)).toBe(true);
            const there = evaluateGrouping(grouping, () => other);
            const belongs = there.state === 'value' && there.values.includes(value);
            expect(evaluate(expression, () => other) === true).toBe(belongs);
          }
        },
      ),
    );
  });
});
