import { describe, expect, test } from 'vitest';
import { configFromFlags } from '../config/index.ts';
import type { MetricSummary, OpenedRun, RunSummary } from '../sources/index.ts';
import { checkDirections, isWithoutEvidence, measurable } from './imported-runs.ts';

const METRIC: MetricSummary = {
  run: 'r',
  name: 'toxicity',
  kind: 'number',
  scored: 2,
  mean: 0.5,
  direction: 'lower',
  primary: true,
};
const RUN: RunSummary = {
  run: 'r',
  facts: [],
  rows: 2,
  cases: 2,
  maxTrials: 1,
  scored: 2,
  judged: 0,
  errors: 0,
  unscored: 0,
  passed: 0,
};

function opened(
  metrics: readonly MetricSummary[],
  mapping: OpenedRun['mapping'] = { caseId: 'case_id', score: 'score' },
  runs: readonly RunSummary[] = [RUN],
): OpenedRun {
  const summary = {
    runs,
    metrics,
    ownNumbers: [],
    dropped: [],
    unmapped: [],
    tags: [],
    tagValues: [],
    notes: [],
  };
  return {
    files: ['r.json'],
    format: 'langfuse',
    bytes: 1,
    source: { kind: 'rows', chunks: (async function* () {})(), mapping },
    mapping,
    detected: [],
    columns: runs.some(({ rows }) => rows > 0) ? ['case_id', 'score'] : [],
    notes: [],
    imported: { format: 'langfuse', label: 'Langfuse', run: 'r', runs: ['r'], summary: () => summary },
  };
}

describe('the direction of a score', () => {
  test.each([
    ['lower', 'the score "toxicity" is better lower, says Langfuse, and no metric is configured'],
    [
      'unknown',
      'nothing in the results of Langfuse says whether the score "toxicity" is better higher or lower',
    ],
  ] as const)('%s is never taken for higher', (direction, message) => {
    const run = opened([{ ...METRIC, direction }]);
    expect(() => checkDirections([run, run], configFromFlags({}))).toThrow(message);
    // Said once, although both runs have it.
    expect(() => checkDirections([run, run], configFromFlags({}))).toThrow(
      /^(?:(?!hint)[\s\S])*hint: [^\n]*$/,
    );
  });

  test('is no question where it is higher, where rows passed or failed, or for rows of one’s own', () => {
    const fine = [
      opened([{ ...METRIC, direction: 'higher' }]),
      opened([METRIC], { caseId: 'case_id', passed: 'passed', score: 'score' }),
      { ...opened([METRIC]), imported: null },
    ];
    for (const run of fine) expect(() => checkDirections([run], configFromFlags({}))).not.toThrow();
  });

  test.each([
    [
      'mean:score',
      'metric \'mean:score\' takes higher as better, and the file says that "toxicity" is better lower',
    ],
    ['mean:scores.toxicity', 'hint: write mean:scores.toxicity:lower'],
    ['mean:score:lower', null],
    ['mean:scores.other', null],
    ['passRate', null],
  ])('is compared with the metric %s', (metric, message) => {
    const config = configFromFlags({
      metric: [metric],
      margin: metric.startsWith('mean') ? [`${metric.replace(/:(?:lower|higher)$/, '')}=0.1`] : [],
    });
    const check = () => checkDirections([opened([METRIC])], config);
    if (message === null) expect(check).not.toThrow();
    else expect(check).toThrow(message);
  });
});

describe('evidence', () => {
  const unscored = { ...RUN, scored: 0, unscored: 2 };

  test('is a row that was scored or failed', () => {
    expect(isWithoutEvidence(opened([METRIC]))).toBe(false);
    expect(isWithoutEvidence(opened([], undefined, [{ ...RUN, scored: 0, errors: 2 }]))).toBe(false);
    expect(isWithoutEvidence(opened([], undefined, [unscored]))).toBe(true);
    expect(isWithoutEvidence(opened([], undefined, []))).toBe(true);
  });

  test('is not asked for in the configuration where there is none', () => {
    const config = configFromFlags({ slice: ['customer'] });
    expect(measurable(config, [opened([METRIC]), undefined])).toBe(config);
    const unscoredConfig = measurable(config, [opened([], undefined, [unscored])]);
    expect([unscoredConfig.metrics.map(({ id }) => id), unscoredConfig.slices]).toEqual([
      ['passRate'],
      config.slices,
    ]);
    expect(measurable(config, [opened([], undefined, [])]).slices).toEqual([]);
  });
});
