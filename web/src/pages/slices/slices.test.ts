import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';
import { changeIn, rangeIn } from '../../format/units.ts';
import { shortened } from '../../ui/foreign-name.ts';
import { accountOf } from './account.ts';
import { binomialLimits, funnelBand } from './funnel-bands.ts';
import { sliceName, toneOf, valueName } from './reading.ts';
import { filterCounts, listRows, NONE, selectRows, sortRows } from './select-rows.ts';
import { placeOf, roundStep, stripScale } from './strip-scale.ts';

const RATE: MetricReading = {
  ...{ id: 'passRate', name: 'pass rate', isRate: true, direction: 'higher', bounds: [0, 1] },
};
const COST: MetricReading = {
  ...{ id: 'mean:cost', name: 'cost', isRate: false, direction: 'lower', bounds: null },
};

function row(value: string, more: Partial<SliceRow> = {}): SliceRow {
  return {
    ...{ id: `passRate/segment=${value}`, metric: 'passRate', dimension: 'segment', value, state: 'value' },
    ...{ role: 'gated', family: null, owner: null, critical: false, verdict: 'PASS', grade: null },
    ...{ n: 50, cases: 50, lost: 1, gained: 0, before: 0.9, beforeLower: 0.8, beforeUpper: 0.95 },
    ...{ after: 0.88, afterLower: 0.78, afterUpper: 0.94, delta: -0.02, deltaLower: -0.1, deltaUpper: 0.05 },
    ...{ p: 0.5, adjustedP: 1, floor: null, margin: 0.05, detectable: 0.2, needed: 400, waiver: null },
    ...more,
  };
}

const ALL = {
  ...{ metric: 'passRate', q: '', verdict: '', grade: '', role: '', dimension: '', family: '', owner: '' },
};

describe('the rows in sight', () => {
  const rows = [
    row('refunds', { verdict: 'BLOCK', delta: -0.15, owner: 'Ana', adjustedP: 0.02 }),
    row('Billing', { n: 8, cases: 9, verdict: 'LOW-N', delta: null }),
    row('(missing)', { role: 'remainder', verdict: null, n: 3, cases: 3, delta: 0.3 }),
    row('other metric', { metric: 'mean:cost' }),
  ];

  test('fit the metric, the filters and the search, in the order of the report', () => {
    const values = (selection: Partial<typeof ALL>) =>
      selectRows(rows, { ...ALL, ...selection }).map(({ value }) => value);
    expect(values({})).toEqual(['refunds', 'Billing', '(missing)']);
    expect(values({ q: 'BILL' })).toEqual(['Billing']);
    expect(values({ q: 'ana' })).toEqual(['refunds']);
    expect(values({ q: 'segment = refunds' })).toEqual(['refunds']);
    expect(values({ verdict: NONE })).toEqual(['(missing)']);
    expect(values({ owner: 'Ana', role: 'remainder' })).toEqual([]);
  });

  test('are counted per choice as if the filter itself were not set; a choice without rows stays, at zero', () => {
    expect(filterCounts(rows, { ...ALL, verdict: 'BLOCK' }, 'verdict')).toEqual([
      { value: 'BLOCK', rows: 1 },
      { value: 'LOW-N', rows: 1 },
      { value: NONE, rows: 1 },
    ]);
    expect(filterCounts(rows, { ...ALL, verdict: 'REVIEW', q: 'refunds' }, 'verdict')).toEqual([
      { value: 'BLOCK', rows: 1 },
      { value: 'REVIEW', rows: 0 },
    ]);
  });

  test('sort with what has no value last, both ways; an unknown column changes nothing', () => {
    const values = (sort: string) => sortRows(rows.slice(0, 3), sort).map(({ value }) => value);
    expect(values('change')).toEqual(['refunds', '(missing)', 'Billing']);
    expect(values('-change')).toEqual(['(missing)', 'refunds', 'Billing']);
    expect(values('-n')).toEqual(['refunds', 'Billing', '(missing)']);
    for (const nonsense of ['nonsense', '__proto__', '-constructor']) {
      expect(values(nonsense)).toEqual(['refunds', 'Billing', '(missing)']);
    }
  });

  test('stand under headings with their sums; a closed group is its heading', () => {
    const listed = listRows(rows.slice(0, 3), 'verdict', ['LOW-N']);
    expect(
      listed.map((one) => (one.kind === 'group' ? `# ${one.name} ${one.cases}` : one.row.value)),
    ).toEqual([...['# BLOCK 50', 'refunds', '# LOW-N 9', `# ${NONE} 3`, '(missing)']]);
  });

  test('sum to the cases of the comparison, those out of sight included', () => {
    const total = { metric: 'passRate', dimension: 'segment', slices: 3, rows: 62, cases: 62 };
    expect(accountOf(rows.slice(0, 3), [total]).lines).toEqual([
      'segment: gated 50 in 1 row + LOW-N 9 in 1 row + remainder 3 in 1 row = 62 cases',
    ]);
    expect(accountOf(rows.slice(0, 1), [total]).lines).toEqual([
      'segment: gated 50 in 1 row + not in sight 12 in 2 rows = 62 cases',
    ]);
    expect(accountOf(rows.slice(0, 1), [{ ...total, cases: 60 }]).lines[0]).toContain(
      '= 62 places of 60 cases: a case with several tags stands in several slices',
    );
  });
});

describe('the scale of the strips', () => {
  test('shows every dot that decides, the margin and zero, and lets tiny slices reach beyond', () => {
    const rows = [
      row('a', { delta: -0.5 }),
      row('b'),
      row('tiny', { verdict: 'LOW-N', delta: 1, deltaUpper: 1 }),
    ];
    const scale = stripScale(rows, RATE, 'change');
    expect(placeOf(scale, -0.5).beyond).toBe(0);
    expect(placeOf(scale, -0.075).beyond).toBe(0);
    expect(placeOf(scale, 1).beyond).toBe(1);
    expect(scale.ticks).toContain(0);
    const high = [row('a', { afterUpper: 0.999 })];
    expect(stripScale(high, RATE, 'values').to).toBe(1);
  });

  test('is never empty, and its ends are among its round marks', () => {
    const value = fc.option(fc.double({ min: -50, max: 50, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 8 }), (deltas) => {
        const rows = deltas.map(([deltaLower, delta, deltaUpper], i) =>
          row(`${i}`, { deltaLower, delta, deltaUpper }),
        );
        const { from, to, ticks } = stripScale(rows, COST, 'change');
        expect(from).toBeLessThan(to);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(12);
        for (const { delta } of rows) {
          if (delta !== null) expect(placeOf({ from, to, ticks }, delta).beyond).toBe(0);
        }
      }),
    );
  });

  test('has steps of 1, 2 or 5', () => {
    expect([0.013, 0.2, 0.21, 7, 1000].map(roundStep)).toEqual([0.02, 0.2, 0.5, 10, 1000]);
  });
});

describe('the bands of the funnel', () => {
  test('hold at least their share, and would not with one case less', () => {
    // Sums of exact probabilities: P(X <= 35) = .0119, P(X <= 36) = .0292, P(X <= 44) = .946, P(X <= 45) = .986.
    expect(binomialLimits(0.874, 0.95, 47)).toEqual({ lower: 36 / 47, upper: 45 / 47 });
    expect(binomialLimits(1, 0.95, 10)).toEqual({ lower: 1, upper: 1 });
    expect(binomialLimits(0, 0.95, 10)).toEqual({ lower: 0, upper: 0 });
  });

  test('narrow with n, each size once', () => {
    const band = funnelBand(0.8, 0.95, [10, 100_000]);
    expect(new Set(band.map(({ n }) => n)).size).toBe(band.length);
    const [first, last] = [band[0]!, band.at(-1)!];
    expect([first.n, last.n]).toEqual([10, 100_000]);
    expect(first.upper - first.lower).toBeGreaterThan(20 * (last.upper - last.lower));
  });
});

describe('names and numbers', () => {
  test('say their unit and sign, and a dash where there is nothing', () => {
    expect([changeIn(RATE, -0.149), changeIn(COST, 2), changeIn(COST, -0.31), changeIn(RATE, null)]).toEqual([
      ...['−14.9', '+2.000', '−0.3100', '–'],
    ]);
    expect(rangeIn(RATE, 0.628, 0.864, 'value')).toBe('62.8 to 86.4%');
    expect(rangeIn(RATE, -0.28, -0.06, 'change')).toBe('−28.0 to −6.0');
    expect(rangeIn(RATE, null, 1, 'value')).toBe('–');
  });

  test.each([
    [-0.28, -0.06, 'loss', 'gain'],
    [0.01, 0.2, 'gain', 'loss'],
    [-0.28, 0.001, '', ''],
    [0, 0.2, '', ''],
    [-0.2, 0, '', ''],
    [0, 0, '', ''],
    [null, null, '', ''],
  ])('a change from %s to %s is a %j of a rate and a %j of a cost', (deltaLower, deltaUpper, rate, cost) => {
    expect([RATE, COST].map((metric) => toneOf(metric, { deltaLower, deltaUpper }))).toEqual([rate, cost]);
  });

  test('stay legible whatever a slice is called', () => {
    expect(valueName({ dimension: 'd', value: ' ' })).toBe('" "');
    expect(valueName({ dimension: 'd', value: '\u202Eevil' })).not.toContain('\u202E');
    expect(sliceName({ dimension: 'long inputs', value: 'long inputs' })).toBe('long inputs');
    expect(sliceName({ dimension: '(all cases)', value: '(all)' })).toBe('all cases');
    expect([...shortened('🦊'.repeat(50), 9)]).toHaveLength(9);
  });
});
