import { describe, expect, test } from 'vitest';
import type { Compared } from '../../classes/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { rankConflict } from './proper-scores.ts';

const range = (lower: number, upper: number): Estimate => ({
  ...{ estimate: (lower + upper) / 2, lower, upper },
  ...{ level: 0.95, method: 't', n: 100 },
});
const compared = (delta: Estimate | null): Compared => ({
  ...{ baseline: null, candidate: range(0, 1), pValue: null },
  delta,
});

describe('a rank conflict', () => {
  test.each([
    ['accuracy level, Brier worse', range(-0.02, 0.02), range(0.01, 0.05), 'accuracy level'],
    ['accuracy level, Brier better', range(-0.02, 0.03), range(-0.05, -0.01), 'accuracy level'],
    [
      'accuracy better beyond noise, Brier worse beyond noise',
      range(0.01, 0.05),
      range(0.01, 0.05),
      'opposed',
    ],
    [
      'accuracy better beyond noise, Brier worse within noise',
      range(0.01, 0.05),
      range(-0.01, 0.03),
      'opposed',
    ],
    [
      'accuracy better within noise, Brier worse beyond noise',
      range(-0.01, 0.05),
      range(0.01, 0.05),
      'opposed',
    ],
    ['both better', range(0.01, 0.05), range(-0.05, -0.01), null],
    ['both level, whatever their signs', range(-0.01, 0.05), range(-0.01, 0.05), null],
    ['accuracy better, Brier level on the same side', range(0.01, 0.05), range(-0.05, 0.01), null],
    ['no difference at all', range(0, 0), range(0, 0), null],
  ])('%s', (_name, accuracy, brier, conflict) => {
    expect(rankConflict({ accuracy: compared(accuracy), brier: compared(brier) })).toBe(conflict);
  });

  test('needs two runs', () => {
    expect(rankConflict({ accuracy: compared(null), brier: compared(null) })).toBeNull();
  });
});
