import { describe, expect, it } from 'vitest';
import { holm, mcnemarAttainable, minPDiscrete } from '../../src/stats/multiplicity/index.ts';
import { articleTable, quantization, type RunPair } from './index.ts';

/** P(Bin(m, 1/2) >= lost), summed term by term. */
function exactMcNemar(lost: number, gained: number): number {
  const m = lost + gained;
  let ways = 1;
  let sum = 0;
  for (let k = 0; k <= m; k++) {
    if (k >= lost) sum += ways;
    ways = (ways * (m - k)) / (k + 1);
  }
  return sum / 2 ** m;
}

/** p, min-P and Holm of every slice with at least 20 cases. */
function adjusted(pair: RunPair, column: string) {
  const after = new Map(pair.candidate.map((row) => [row.case_id, row.passed]));
  const slices = [...Map.groupBy(pair.baseline, (row) => String(row[column]))]
    .filter(([, rows]) => rows.length >= 20)
    .map(([slice, rows]) => ({
      slice,
      lost: rows.filter((row) => row.passed && !after.get(row.case_id)).length,
      gained: rows.filter((row) => !row.passed && after.get(row.case_id)).length,
    }));
  const p = slices.map(({ lost, gained }) => exactMcNemar(lost, gained));
  const attainable = mcnemarAttainable(
    slices.map(({ lost, gained }) => lost + gained),
    'exact',
  );
  const minP = minPDiscrete(p.map((value, i) => ({ p: value, attainable: attainable[i]! })));
  const holmP = holm(p);
  return new Map(slices.map(({ slice }, i) => [slice, { p: p[i], minP: minP[i], holm: holmP[i] }]));
}

describe('the tables give the adjusted p-values that the catalogue and the examples state', () => {
  it('has refund_flow at .0078, min-P .030 and Holm .039 over five segments', () => {
    const { p, minP, holm } = adjusted(articleTable({ others: 'one' }), 'segment').get('refund_flow')!;
    expect(p).toBe(0.0078125);
    expect(minP).toBeCloseTo(0.0303, 4);
    expect(holm).toBe(0.0390625);
  });

  it('has refund_flow at min-P .023 and Holm .17 over the 22 flows with 20 cases', () => {
    const slices = adjusted(articleTable(), 'segment');
    expect(slices.size).toBe(22);
    expect(slices.get('refund_flow')!.minP).toBeCloseTo(0.0228, 4);
    expect(slices.get('refund_flow')!.holm).toBe(0.171875);
  });

  it('has no other flow within the review budget, in the quiet variant none at all', () => {
    const others = (pair: RunPair) => [...adjusted(pair, 'segment')].filter(([, { minP }]) => minP! <= 0.25);
    expect(others(articleTable()).map(([slice]) => slice)).toEqual(['refund_flow']);
    expect(others(articleTable({ refund: 'quiet' }))).toEqual([]);
    expect(others(articleTable({ refund: 'quiet', others: 'one' }))).toEqual([]);
  });

  it('has the int4 tails at .002, .031 and .125, adjusted .003, .054 and .21', () => {
    const slices = adjusted(quantization('int4'), 'capability');
    const tails = ['long context', 'low-resource', 'arithmetic'].map((slice) => slices.get(slice)!);
    expect(tails.map(({ p }) => p)).toEqual([1 / 512, 1 / 32, 1 / 8]);
    expect(tails[0]!.minP).toBeCloseTo(0.003, 3);
    expect(tails[1]!.minP).toBeCloseTo(0.054, 3);
    expect(tails[2]!.minP).toBeCloseTo(0.21, 2);
  });
});
