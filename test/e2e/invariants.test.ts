/** What holds of every report, whatever the data: random runs through the whole pipeline. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Flags } from '../../src/config/index.ts';
import { ConfigError } from '../../src/errors.ts';
import { exitCodeOf, type Report, reportSchema, type SliceReport } from '../../src/gate/index.ts';
import { gate } from '../../src/pipeline.ts';
import { FORMATS, renderReport } from '../../src/reports/index.ts';
import { prepareRequest } from '../../src/request/index.ts';

const validate = new Ajv2020({ allErrors: true }).compile(reportSchema());
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-invariants-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One row of one run of one case. */
const result = fc.record({
  passed: fc.constantFrom(true, true, true, false, null),
  error: fc.constantFrom(null, null, null, null, 'Timeout'),
  score: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null, freq: 8 }),
});

/** One case: what both runs made of it, or one of them. */
const oneCase = fc.record({
  segment: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', '(missing)', '=x,"y"\n', null),
  tags: fc.subarray(['x', 'y', 'z']),
  group: fc.nat(12),
  input: fc.constantFrom('same', 'same', 'same', 'same', 'same', 'edited'),
  trials: fc.constantFrom(1, 1, 1, 2, 3),
  baseline: fc.array(result, { minLength: 3, maxLength: 3 }),
  candidate: fc.array(result, { minLength: 3, maxLength: 3 }),
  sides: fc.constantFrom('both', 'both', 'both', 'both', 'both', 'both', 'baseline', 'candidate'),
});

const flags = fc.record({
  slice: fc.constantFrom(undefined, ['segment'], ['segment', 'tags'], ['tags']),
  metric: fc.constantFrom(
    undefined,
    ['passRate'],
    ['passRate', 'errorRate'],
    ['pass@2', 'flakiness'],
    ['mean:score', 'passRate'],
    ['p50:score'],
  ),
  floor: fc.constantFrom(undefined, ['0.6']),
  critical: fc.constantFrom(undefined, ['segment=a']),
  multiplicity: fc.constantFrom(undefined, 'holm', 'tarone', 'by'),
  errors: fc.constantFrom(undefined, 'exclude'),
  map: fc.constantFrom(undefined, ['cluster=group'], ['weight=group']),
  minCases: fc.constantFrom('3', '20'),
});

const release = fc.record({
  cases: fc.array(oneCase, { minLength: 1, maxLength: 80, size: 'max' }),
  flags,
  runs: fc.constantFrom('pair', 'pair', 'pair', 'single', 'halves'),
});
type Release = typeof release extends fc.Arbitrary<infer T> ? T : never;

function rowsOf({ cases, runs }: Release, side: 'baseline' | 'candidate'): string {
  const rows = cases.flatMap((one, i) => {
    if (one.sides !== 'both' && one.sides !== side) return [];
    if (runs === 'halves' && (i % 2 === 0) !== (side === 'baseline')) return [];
    return one[side].slice(0, one.trials).map((row, trial) => ({
      ...{ case_id: `case ${i}`, trial, segment: one.segment, tags: one.tags, group: one.group },
      input: side === 'candidate' ? one.input : 'same',
      ...row,
    }));
  });
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Margins of the metrics that have no bounds of their own. */
const MARGINS: Readonly<Record<string, string>> = {
  'mean:score': 'mean:score=2',
  'p50:score': 'p50:score=2',
};

/** The report, or null where the command would have refused the input. */
async function run(one: Release, order: (text: string) => string = (text) => text): Promise<Report | null> {
  const files = { baseline: rowsOf(one, 'baseline'), candidate: rowsOf(one, 'candidate') };
  if (files.candidate === '' || (one.runs !== 'single' && files.baseline === '')) return null;
  writeFileSync(join(folder, 'old.jsonl'), order(files.baseline));
  writeFileSync(join(folder, 'new.jsonl'), order(files.candidate));
  const metrics: readonly string[] = one.flags.metric ?? [];
  const wanted: Flags = {
    ...(one.runs === 'single' ? {} : { baseline: ['old.jsonl'] }),
    ...{ candidate: ['new.jsonl'], resamples: '200', ...one.flags },
    margin: metrics.flatMap((metric) => MARGINS[metric] ?? []),
  };
  try {
    const request = await prepareRequest({ flags: wanted, configFile: null }, folder);
    const now = () => new Date('2026-01-31T00:00:00Z');
    return await gate(request, { cwd: folder, now, progress: () => {} });
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** Paths of numbers that JSON cannot hold. */
function notNumbers(value: unknown, path = '$'): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (value === undefined) return [`${path} is undefined`];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => notNumbers(part, `${path}.${key}`));
}

function checkSlice(slice: SliceReport): void {
  const { counts, baseline, candidate, delta, pValue, adjustedPValue, lost, gained, cases, n } = slice;
  const { compared, onlyBaseline, onlyCandidate, edited, unscored } = counts;
  expect(compared + onlyBaseline + onlyCandidate + edited + unscored, slice.id).toBe(counts.cases);
  expect(Object.values(counts).every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
  expect(lost + gained).toBeLessThanOrEqual(Math.max(n, compared));
  expect(cases.lost.length + cases.lostOmitted).toBe(lost);
  expect(cases.gained.length + cases.gainedOmitted).toBe(gained);
  if (pValue !== null && adjustedPValue !== null) {
    expect(adjustedPValue, slice.id).toBeGreaterThanOrEqual(pValue * (1 - 1e-9));
  }
  for (const estimate of [baseline, candidate, delta]) {
    if (estimate?.estimate == null || estimate.lower === null || estimate.upper === null) continue;
    expect(estimate.lower, `${slice.id} ${estimate.method}`).toBeLessThanOrEqual(estimate.upper);
  }
  if (baseline?.estimate == null || candidate?.estimate == null || delta?.estimate == null) return;
  if (/^p\d/.test(slice.metric)) return;
  expect(delta.estimate, slice.id).toBeCloseTo(candidate.estimate - baseline.estimate, 9);
}

function checkReport(report: Report): void {
  expect(notNumbers(report)).toEqual([]);
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(
    true,
  );
  expect(report.exitCode).toBe(exitCodeOf(report.verdict));
  expect(report.ship.text.startsWith(report.verdict)).toBe(true);
  expect(report.next.length).toBeLessThanOrEqual(4);
  for (const slice of report.slices) checkSlice(slice);
  const { paired, onlyBaseline, onlyCandidate, slices, gatedSlices, lowN, debt } = report.counts;
  expect(gatedSlices + lowN + debt).toBe(slices);
  // A column with one value per case cuts all cases, whatever gates.
  for (const [metric, rows] of Map.groupBy(
    report.slices.filter(({ dimension }) => dimension === 'segment'),
    (slice) => slice.metric,
  )) {
    const sum = rows.reduce((total, { counts }) => total + counts.cases, 0);
    expect(sum, metric).toBe(paired + onlyBaseline + onlyCandidate);
  }
  const deciding = report.slices
    .filter(({ role, n }) => role === 'gated' && n > 0)
    .map(({ verdict }) => verdict);
  if (report.verdict === 'PASS') expect(deciding).not.toContain('BLOCK');
  if (report.verdict === 'PASS') expect(deciding).not.toContain('REVIEW');
  if (deciding.includes('BLOCK')) expect(report.verdict).toBe('BLOCK');
  for (const { verdict, grade, n, casesToGate, delta, pValue, adjustedPValue } of report.slices) {
    if (verdict === 'LOW-N') expect(n).toBeLessThan(casesToGate ?? report.policy.minCases);
    // Nobody can see what a p-value without an estimate is about.
    if (delta !== null && delta.estimate === null) expect([pValue, adjustedPValue]).toEqual([null, null]);
    if (verdict === 'BLOCK' && n > 0) expect(grade).toBe('confirmed');
  }
}

test('random releases keep every promise of a report', { timeout: 120_000 }, async () => {
  let reports = 0;
  await fc.assert(
    fc.asyncProperty(release, async (one) => {
      const report = await run(one);
      if (report === null) return;
      reports++;
      checkReport(report);
      for (const format of FORMATS) {
        // A release that passes without a remark has no annotations.
        const isQuiet = format === 'github' && report.verdict === 'PASS';
        expect(renderReport(report, format).length).toBeGreaterThan(isQuiet ? -1 : 0);
      }
    }),
    { numRuns: 80, seed: 20_250_101 },
  );
  expect(reports).toBeGreaterThan(60);
});

test('the same data in another order give the same document', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(release, async (one) => {
      const first = await run(one);
      if (first === null) return;
      const turned = (text: string) => `${text.trimEnd().split('\n').toReversed().join('\n')}\n`;
      const second = await run(one, turned);
      expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    }),
    { numRuns: 15, seed: 7 },
  );
});
