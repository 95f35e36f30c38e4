import { expect, it } from 'vitest';
import { slice } from '../../test/report-fixtures.ts';
import { withoutRepeats } from './same-cases.ts';

it('tells slices with the same cases once, per metric', () => {
  const emea = slice('emea', 60, 54, 12, 1, { sameCasesAs: ['customer = acme', 'tier = gold'] });
  const acme = slice('acme', 60, 54, 12, 1, {
    dimension: 'customer',
    sameCasesAs: ['segment = emea', 'tier = gold'],
  });
  const gold = slice('gold', 60, 54, 12, 1, {
    dimension: 'tier',
    sameCasesAs: ['segment = emea', 'customer = acme'],
  });
  const other = slice('apac', 60, 54, 12, 1);
  expect(withoutRepeats([acme, other, emea, gold])).toEqual([acme, other]);
  expect(withoutRepeats([emea, { ...acme, metric: 'errorRate' }])).toHaveLength(2);
  expect(withoutRepeats([])).toEqual([]);
});
