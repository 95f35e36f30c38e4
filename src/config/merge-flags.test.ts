/** Flags: what they change, and what is said about mistakes. */

import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.ts';
import { DEFAULT_POLICY, EMPTY_CONFIG } from './defaults.ts';
import { type Flags, flagName } from './flags.ts';
import { loadConfig } from './load-config.ts';
import { configFromFlags, mergeFlags } from './merge-flags.ts';
import { metricId, parseMetric } from './metric-text.ts';
import { sliceName } from './slice-name.ts';

describe('flags alone', () => {
  test('change nothing where there are none', () => {
    expect(configFromFlags({})).toEqual(EMPTY_CONFIG);
  });

  test('name runs, roles, slices, metrics and rules', () => {
    const config = configFromFlags({
      baseline: ['old.jsonl'],
      candidate: ['-'],
      rerun: ['ledger:main@latest'],
      baselineRun: 'v1=a',
      map: ['passed=a=b', 'baseline.passed=old', 'candidate.caseId=id'],
      slice: ['customer', 'A x B, C'],
      cross: ['customer, language'],
      where: ["long: x: length(input) > 8000 and tag == 'a: b'".replace('long: x:', 'long:')],
      metric: ['passRate', 'p95:latency', 'mean:a:b:lower'],
      margin: ['0.1', 'p95:latency=200', 'mean:a:b=0.5'],
      floor: ['0.8', 'passRate=0.9'],
      critical: ['customer=a=b', 'region=eu', 'long=long'],
      minCases: '30',
      blockBudget: '.04',
      reviewBudget: '0.3',
      multiplicity: 'holm',
      errors: 'exclude',
      requireEvidence: true,
      level: '0.9',
      resamples: '1e3',
      seed: '7',
      waivers: 'w.yaml',
      ledger: 'l.db',
    });
    expect(config.inputs.runs).toEqual({
      baseline: { files: ['old.jsonl'], run: 'v1=a' },
      candidate: { files: ['-'], run: null },
      rerun: { files: ['ledger:main@latest'], run: null },
    });
    expect(config.columns).toEqual({
      both: { passed: 'a=b' },
      baseline: { passed: 'old' },
      candidate: { caseId: 'id' },
    });
    expect(config.slices.map(({ cut }) => sliceName(cut))).toEqual([
      'customer',
      'A x B, C',
      'customer x language',
      'long',
      'region',
    ]);
    expect(config.slices[0]?.values).toEqual(new Map([['a=b', { critical: true }]]));
    expect(config.slices[3]?.critical).toBe(true);
    expect(config.slices[4]).toMatchObject({ gate: true, values: new Map([['eu', { critical: true }]]) });
    expect(config.metrics.map(({ id, margin, floor }) => [id, margin, floor])).toEqual([
      ['passRate', null, 0.9],
      ['p95:latency', 200, null],
      ['mean:a:b', 0.5, null],
    ]);
    expect(config.policy).toEqual({
      ...DEFAULT_POLICY,
      floor: 0.8,
      margin: 0.1,
      minCases: 30,
      blockBudget: 0.04,
      reviewBudget: 0.3,
      multiplicity: 'holm',
      errors: 'exclude',
      requireEvidence: true,
      level: 0.9,
      resamples: 1000,
      seed: 7,
    });
    expect([config.waivers, config.ledger]).toEqual(['w.yaml', { path: 'l.db', keepRuns: 50 }]);
  });

  test.each<[Flags, string, string | undefined]>([
    [{ map: ['passed'] }, '--map passed must be ROLE=COLUMN', 'for example --map passed=correct'],
    [{ map: ['pased=x'] }, '--map pased=x: "pased" is no role', 'did you mean "passed"?'],
    [{ map: ['label=x'] }, '--map label=x: "label" is no role', 'did you mean "expected"?'],
    [{ map: ['rerun.passed=x'] }, '--map rerun.passed=x: "rerun.passed" is no role', undefined],
    [{ slice: [''] }, '--slice is empty, must be a column', undefined],
    [{ slice: ['a', 'a'] }, 'two slices are called "a"', 'name each slice once'],
    [{ cross: ['a'] }, '--cross a must be two or more different columns, such as A,B', undefined],
    [
      { where: ['length(input) > 8000'] },
      "--where length(input) > 8000 must be 'NAME: EXPRESSION'",
      undefined,
    ],
    [
      { where: ['long: length(input) > '] },
      '--where long: found the end at 1:22, expected a number, a text in quotes, true, false or a column',
      undefined,
    ],
    [
      { metric: ['accuracy'] },
      '--metric "accuracy" is no metric; there are passRate, errorRate, mean:COLUMN, mean:COLUMN:lower, p95:COLUMN, pass@3, pass^3, flakiness, recall:CLASS, precision:CLASS, f1:CLASS, specificity:CLASS, macroF1, macroRecall, macroPrecision, weightedF1, mcc, kappa or cost',
      undefined,
    ],
    [
      { metric: ['p100:a'] },
      '--metric "p100:a" asks for percentile 100, must be above 0 and below 100',
      undefined,
    ],
    [{ metric: ['passRate', 'passRate'] }, '--metric passRate is given twice', undefined],
    [
      { metric: ['p95:latency'] },
      '--metric p95:latency has no natural bounds, so its margin must be given',
      'add --margin p95:latency=NUMBER, the smallest loss that matters in the unit of the column',
    ],
    [
      { margin: ['p95:latency=2'] },
      '--margin p95:latency=2: no metric is called "p95:latency"',
      'add --metric p95:latency',
    ],
    [{ floor: ['85'] }, '--floor is 85, must be at most 1', '0.85 is 85 %'],
    [{ floor: ['85%'] }, '--floor is "85%", must be a number', 'write 0.85 for 85%'],
    [{ floor: ['.8', '.9'] }, '--floor is given 2 times, must be once', undefined],
    [
      { metric: ['passRate'], floor: ['passRate=2'] },
      '--floor of passRate is 2, must be at most 1',
      '0.02 is 2 %',
    ],
    [{ minCases: '-3' }, '--min-cases is -3, must be at least 1', undefined],
    [{ minCases: '2.5' }, '--min-cases is 2.5, must be a whole number', undefined],
    [{ minCases: 'many' }, '--min-cases is "many", must be a number', undefined],
    [{ blockBudget: 'Infinity' }, '--block-budget is "Infinity", must be a number', undefined],
    [
      { blockBudget: '0.3' },
      '--review-budget is 0.25, must be at least blockBudget (0.3)',
      'whatever blocks is also suspected',
    ],
    [
      { multiplicity: 'bonferroni' },
      '--multiplicity is "bonferroni", must be min-p, holm, tarone, bh, by or none',
      undefined,
    ],
    [{ errors: 'ignore' }, '--errors is "ignore", must be fail or exclude', undefined],
    [
      { critical: ['customer'] },
      '--critical customer must be COLUMN=VALUE',
      'for example --critical customer=refund_flow',
    ],
    [{ critical: ['=x'] }, '--critical =x must be COLUMN=VALUE', undefined],
    [{ candidateRun: 'b' }, '--candidate-run b selects from a file, and none is given', undefined],
  ])('%j fails', (flags, message, hint) => {
    const { problems } = failure(flags);
    expect(problems.map((problem) => problem.message)).toEqual([message]);
    if (hint !== undefined) expect(problems[0]?.hint).toBe(hint);
  });

  test('name all problems at once', () => {
    const { problems } = failure({ map: ['x'], slice: [''], metric: ['y'], minCases: '0', errors: 'z' });
    expect(problems).toHaveLength(5);
  });

  test('are named as they are typed', () => {
    expect([flagName('minCases'), flagName('floor')]).toEqual(['--min-cases', '--floor']);
  });
});

describe('flags over a file', () => {
  const FILE = `
inputs: { runs: { baseline: old.jsonl, candidate: new.jsonl } }
columns: { caseId: id, passed: ok }
slices: [{ column: customer, values: { acme: { owner: a } }, floor: 0.5 }, region, { name: p, where: a == 1 }]
metrics: [{ metric: passRate, margin: 0.1 }, errorRate]
policy: { minCases: 30, confirmation: { casesPerNominee: 100 } }
waivers: w.yaml
`;

  test('win, and leave the rest', async () => {
    const file = await loadConfig('conf/slicewise.yaml', FILE);
    const config = mergeFlags(file, {
      candidate: ['results/new.jsonl', '/abs/x.jsonl'],
      map: ['passed=fine'],
      slice: ['customer'],
      where: ['p: a == 2'],
      metric: ['passRate'],
      critical: ['customer=acme'],
      blockBudget: '0.1',
      waivers: 'conf/other.yaml',
    });
    expect(config.inputs.runs.baseline?.files).toEqual(['old.jsonl']);
    expect(config.inputs.runs.candidate?.files).toEqual(['../results/new.jsonl', '/abs/x.jsonl']);
    expect(config.columns.both).toEqual({ caseId: 'id', passed: 'fine' });
    expect(config.slices).toHaveLength(2);
    expect(config.slices[0]).toMatchObject({
      floor: 0.5,
      values: new Map([['acme', { owner: 'a', critical: true }]]),
    });
    expect(config.slices[1]?.cut).toMatchObject({ name: 'p', text: 'a == 2' });
    expect(config.metrics).toEqual([file.metrics[0]]);
    expect(config.policy).toMatchObject({
      minCases: 30,
      blockBudget: 0.1,
      confirmation: { casesPerNominee: 100, directBudget: 0.04 },
    });
    expect(config.waivers).toBe('other.yaml');
    expect(file.slices[0]?.values.get('acme')).toEqual({ owner: 'a' });
  });

  test('a critical segment says which column holds the segments', async () => {
    const file = await loadConfig('eval_config.yaml', 'segments: [refund_flow, invoice_parse]');
    const config = mergeFlags(file, { critical: ['segment=refund_flow'] });
    expect(config.slices).toHaveLength(1);
    expect(config.slices[0]).toMatchObject({
      cut: { kind: 'column', column: 'segment' },
      only: ['refund_flow', 'invoice_parse'],
      values: new Map([['refund_flow', { critical: true }]]),
    });
  });
});

test.each([
  'passRate',
  'errorRate',
  'flakiness',
  'pass@3',
  'pass^16',
  'mean:helpfulness',
  'mean:a:b',
  'p50:latency',
  'p99.9:tags.ms',
  'p0.1:x y',
])('metric %s has the id by which it is asked for', (text) => {
  const measure = parseMetric(text);
  expect('problem' in measure ? measure.problem : metricId(measure)).toBe(text);
});

test('percentiles are exact', () => {
  expect(parseMetric('p99.9:a')).toEqual({ kind: 'quantile', column: 'a', q: 0.999, direction: 'lower' });
  expect(parseMetric('p95:a:higher')).toEqual({
    kind: 'quantile',
    column: 'a',
    q: 0.95,
    direction: 'higher',
  });
});

function failure(flags: Flags): UsageError {
  try {
    configFromFlags(flags);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error('accepted');
}
