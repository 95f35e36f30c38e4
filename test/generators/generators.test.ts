import { describe, expect, it } from 'vitest';
import {
  ARTICLE_CONFIG,
  articleSpecs,
  articleTable,
  changedJudge,
  clearWinBesideTinySlices,
  inOtherOrder,
  oneSuccessNineErrors,
  oneTrialLost,
  pairSlices,
  quantization,
  type ResultRow,
  type RunPair,
  sameCasesTwice,
  smallN,
  smallReleases,
  splitHalves,
  tenRepeatsOfFive,
  toCsv,
  toJsonl,
  unchangedCounts,
  winOrNoise,
} from './index.ts';

/** Counts a pair from its rows alone: [n, before, after, lost, gained]. */
function tally(
  pair: RunPair,
  where: (row: RunPair['baseline'][number]) => boolean = () => true,
): readonly number[] {
  const after = new Map(pair.candidate.map((row) => [row.case_id, row.passed]));
  const rows = pair.baseline.filter(where);
  return [
    rows.length,
    rows.filter((row) => row.passed).length,
    rows.filter((row) => after.get(row.case_id)).length,
    rows.filter((row) => row.passed && !after.get(row.case_id)).length,
    rows.filter((row) => !row.passed && after.get(row.case_id)).length,
  ];
}

const inSlice =
  (value: string, column = 'segment') =>
  (row: RunPair['baseline'][number]) =>
    row[column] === value;
const NAMED = ['refund_flow', 'invoice_parse', 'contract_review', 'escalation_route'];

describe("the article's table", () => {
  const pair = articleTable();

  it.each([
    ['refund_flow', [47, 43, 36, 7, 0]],
    ['invoice_parse', [210, 176, 191, 6, 21]],
    ['contract_review', [156, 138, 139, 8, 9]],
    ['escalation_route', [89, 74, 75, 5, 6]],
    ['warranty_claim', [6, 6, 5, 1, 0]],
  ])('gives %s its numbers', (segment, numbers) => {
    expect(tally(pair, inSlice(segment))).toEqual(numbers);
  });

  it('goes from 1,045 to 1,049 of 1,200 over 40 segments, and the rest from 614 to 608 of 698', () => {
    expect(tally(pair)).toEqual([1200, 1045, 1049, 54, 58]);
    expect(tally(pair, (row) => !NAMED.includes(String(row.segment)))).toEqual([698, 614, 608, 28, 22]);
    expect(new Set(pair.baseline.map((row) => row.segment)).size).toBe(40);
    expect(new Set(pair.baseline.map((row) => row.case_id)).size).toBe(1200);
  });

  it.each(['customers', 'one', 'untagged'] as const)('keeps every sum with the others as %s', (others) => {
    expect(tally(articleTable({ others }))).toEqual([1200, 1045, 1049, 54, 58]);
  });

  it('has five segments with the others as one, and six with the six-case flow apart', () => {
    expect(articleSpecs({ others: 'one' }).map((spec) => spec.slice)).toEqual([...NAMED, 'other']);
    const six = articleTable({ others: 'one', sixCases: true });
    expect(tally(six, inSlice('warranty_claim'))).toEqual([6, 6, 5, 1, 0]);
    expect(tally(six, inSlice('other'))).toEqual([692, 608, 603, 27, 22]);
  });

  it('leaves 698 cases without a segment when they are untagged', () => {
    const rows = articleTable({ others: 'untagged' }).candidate;
    expect(rows.filter((row) => row.segment === undefined)).toHaveLength(698);
  });

  it('loses one refund in the quiet variant', () => {
    const quiet = articleTable({ refund: 'quiet' });
    expect(tally(quiet, inSlice('refund_flow'))).toEqual([47, 43, 42, 1, 0]);
    expect(tally(quiet)).toEqual([1200, 1045, 1055, 48, 58]);
  });

  it('differs between the runs only in what was answered, and orders the two files differently', () => {
    const inputs = new Map(pair.baseline.map((row) => [row.case_id, `${row.segment} ${row.input}`]));
    expect(pair.candidate.every((row) => inputs.get(row.case_id) === `${row.segment} ${row.input}`)).toBe(
      true,
    );
    expect(pair.candidate.map((row) => row.case_id)).not.toEqual(pair.baseline.map((row) => row.case_id));
  });

  it('gives the same bytes again, and other lost cases with another seed', () => {
    expect(toJsonl(articleTable().candidate)).toBe(toJsonl(pair.candidate));
    expect(toJsonl(articleTable({ seed: 2 }).candidate)).not.toBe(toJsonl(pair.candidate));
  });

  it('names in its policy a segment that the data spells otherwise', () => {
    expect(ARTICLE_CONFIG).toContain('- escalation_routing\n');
    expect(pair.baseline.some((row) => row.segment === 'escalation_routing')).toBe(false);
  });
});

describe('win or noise', () => {
  it.each([
    ['noise', [840, 599, 617, 108, 126]],
    ['win', [840, 599, 617, 2, 20]],
    ['five hundred', [500, 421, 429, 30, 38]],
  ] as const)('gives %s its numbers', (kind, numbers) => {
    expect(tally(winOrNoise(kind))).toEqual(numbers);
  });
});

describe('small slices', () => {
  it.each([
    [19, 'half', [19, 18, 9, 9, 0]],
    [20, 'half', [20, 19, 10, 9, 0]],
    [20, 'high', [20, 19, 19, 0, 0]],
    [19, 'high', [19, 18, 18, 0, 0]],
  ] as const)('has %i cases at a %s rate', (n, rate, numbers) => {
    expect(tally(smallN({ n, rate }), inSlice('rare_flow'))).toEqual(numbers);
    expect(tally(smallN({ n, rate }), inSlice('common_flow'))).toEqual([200, 180, 181, 5, 6]);
    expect(tally(smallN({ n, rate, alone: true }))).toEqual(numbers);
  });
});

describe('quantisation', () => {
  it.each([
    ['int4', 'core', [1940, 1752, 1749, 20, 17]],
    ['int4', 'long context', [20, 17, 8, 9, 0]],
    ['int4', 'low-resource', [20, 16, 11, 5, 0]],
    ['int4', 'arithmetic', [20, 16, 13, 3, 0]],
    ['int8', 'long context', [200, 168, 166, 4, 2]],
  ] as const)('gives %s %s its numbers', (variant, capability, numbers) => {
    expect(tally(quantization(variant), inSlice(capability, 'capability'))).toEqual(numbers);
  });

  it('loses 1.0 point overall with int4, and 0.8 points by 3 % of flips with int8', () => {
    expect(tally(quantization('int4'))).toEqual([2000, 1801, 1781, 37, 17]);
    expect(tally(quantization('int8'))).toEqual([2000, 1754, 1738, 38, 22]);
  });
});

describe('unchanged releases', () => {
  const options = { sizes: [5, 20, 100], rate: 0.85, churn: 0.1, seed: 9 };

  it('draws the same releases as counts and as rows', () => {
    const counts = [...unchangedCounts(options, 20)];
    const rows = [...smallReleases(options, 20)];
    expect(rows.map((pair) => ['s01', 's02', 's03'].map((s) => tally(pair, inSlice(s))))).toEqual(
      counts.map((release) =>
        release.map(({ n, before, lost, gained }) => [n, before, before - lost + gained, lost, gained]),
      ),
    );
  });

  it('has the stated rate and churn, and no direction, within three standard errors', () => {
    const slices = [...unchangedCounts({ ...options, sizes: [1000] }, 200)].flat();
    const sum = (of: (slice: (typeof slices)[number]) => number) => slices.reduce((all, s) => all + of(s), 0);
    const n = 200_000;
    expect(Math.abs(sum((s) => s.before) - 0.85 * n)).toBeLessThan(3 * Math.sqrt(0.85 * 0.15 * n));
    expect(Math.abs(sum((s) => s.lost) - 0.05 * n)).toBeLessThan(3 * Math.sqrt(0.05 * 0.95 * n));
    expect(Math.abs(sum((s) => s.gained) - 0.05 * n)).toBeLessThan(3 * Math.sqrt(0.05 * 0.95 * n));
  });

  it('refuses a churn that the rate cannot have', () => {
    expect(() => [...unchangedCounts({ ...options, churn: 0.4 }, 1)]).toThrow(RangeError);
  });

  it('splits one run into halves without a case in common', () => {
    const run = articleTable().baseline;
    const halves = splitHalves(run, 3);
    const ids = [...halves.baseline, ...halves.candidate].map((row) => row.case_id);
    expect([...ids].sort()).toEqual(run.map((row) => row.case_id).sort());
    expect(Math.abs(halves.baseline.length - 600)).toBeLessThan(60);
  });
});

describe('tables for the bars', () => {
  it('has one success and nine errors', () => {
    const flaky = oneSuccessNineErrors().filter((row) => row.segment === 'flaky_tool');
    expect(flaky.map((row) => row.passed)).toEqual([true, ...Array.from({ length: 9 }, () => null)]);
    expect(flaky.filter((row) => row.error !== null)).toHaveLength(9);
  });

  it('has ten repeats of five cases, and one trial lost of 75', () => {
    expect(new Set(tenRepeatsOfFive().candidate.map((row) => row.case_id)).size).toBe(5);
    expect(tenRepeatsOfFive().candidate.filter((row) => row.passed)).toHaveLength(25);
    expect(oneTrialLost().candidate.filter((row) => !row.passed)).toEqual([
      { case_id: 'case-07', trial: 3, segment: 'tools', passed: false },
    ]);
  });

  it('has a clear win beside tiny slices', () => {
    expect(tally(clearWinBesideTinySlices())).toEqual([613, 500, 550, 6, 56]);
  });

  it('changes nothing but the judge in its column', () => {
    const judges = (rows: RunPair['baseline']) => [...new Set(rows.map((row) => row.judge_model))];
    expect([judges(changedJudge().baseline), judges(changedJudge().candidate)]).toEqual([
      ['judge-1'],
      ['judge-2'],
    ]);
  });

  it('gives one set of cases two names', () => {
    for (const row of sameCasesTwice().candidate) {
      expect(row.segment === 'emea').toBe(row.customer === 'acme');
    }
  });
});

describe('writing', () => {
  it('quotes CSV fields and leaves null empty', () => {
    const rows: readonly ResultRow[] = [
      { case_id: 'a,1', passed: true },
      { case_id: 'b"\n', passed: null, note: 'x' },
    ];
    expect(toCsv(rows)).toBe('case_id,passed,note\n"a,1",true,\n"b""\n",,x\n');
  });

  it('keeps every row in another order', () => {
    expect([...inOtherOrder([1, 2, 3, 4, 5, 6], 1)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('refuses numbers that do not fit each other', () => {
    expect(() => pairSlices([{ slice: 'x', n: 5, before: 2, lost: 3, gained: 0 }], { seed: 1 })).toThrow(
      'slice x',
    );
  });
});
