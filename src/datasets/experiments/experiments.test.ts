import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentRun } from '../../sources/index.ts';
import { bestRuns } from './best-run.ts';
import { comparableGroups } from './comparable-groups.ts';
import { filterRuns } from './filter-runs.ts';
import { namePart } from './log/gate-figures.ts';
import { chooseMetric, directionOf } from './metric-choice.ts';
import { plainCell } from './page-cells.ts';
import { parameterTrends } from './parameter-trends.ts';
import { fieldOf, isSeedName, partOfMetric } from './run-fields.ts';

interface Given {
  readonly id?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly datasets?: ExperimentRun['datasets'];
}

const run = ({ id = 'r', params = {}, metrics = {}, tags = {}, datasets = [] }: Given): ExperimentRun => ({
  ...{ id, name: id, experiment: null, status: 'finished', started: null, ended: null },
  ...{ params: new Map(Object.entries(params)), metrics: new Map(Object.entries(metrics)) },
  ...{ tags: new Map(Object.entries(tags)), datasets, curves: new Map(), artifacts: [] },
  ...{ tool: 'rows', place: 'x' },
});

describe('fields', () => {
  it.each([
    ['learning rate', 'optimizer.lr', '0.1'],
    ['learning rate', 'learning-rate', '0.1'],
    ['batch size', 'per_device_train_batch_size', '8'],
    ['seed', 'random_state', '1'],
    ['dataset', 'eval_dataset_hash', 'd'],
    ['judge', 'judge_model', 'j'],
    ['prompt', 'prompt_version', '3'],
    ['code', 'mlflow.source.git.commit', 'abc'],
    ['eval cases', 'num_eval_examples', '500'],
  ] as const)('%s is found as %s', (field, name, value) => {
    expect(fieldOf(run({ params: { [name]: value } }), field)).toBe(value);
    expect(fieldOf(run({ tags: { [name]: value } }), field)).toBe(value);
    expect(fieldOf(run({ params: { other: value } }), field)).toBeNull();
  });

  it('takes the evaluation data set before the training data', () => {
    const datasets = [
      { name: 'train', digest: '1', context: 'training' },
      { name: 'held out', digest: '2', context: 'eval' },
    ];
    expect(fieldOf(run({ datasets }), 'dataset')).toBe('held out@2');
    expect(fieldOf(run({ datasets: datasets.slice(0, 1) }), 'dataset')).toBe('train@1');
  });

  it.each([
    ['loss', 'training'],
    ['train/loss', 'training'],
    ['eval_loss', 'validation'],
    ['val.acc', 'validation'],
    ['accuracy', null],
  ])('%s is measured on %s', (name, part) => {
    expect(partOfMetric(name)).toBe(part);
  });

  it.each([
    ['val_loss', 'lower'],
    ['eval/f1', 'higher'],
    ['WER', 'lower'],
    ['glossary', null],
    ['lossless', null],
  ])('the better direction of %s is %s', (name, direction) => {
    expect(directionOf(name)).toBe(direction);
  });
});

describe('the metric', () => {
  it('is a held-out score that most runs have, and never a clock or a number of cases', () => {
    const metrics = {
      eval_cases: 500,
      epoch: 3,
      train_loss: 1,
      val_loss: 1,
      val_acc: 0.5,
      'train/runtime': 9,
    };
    expect(chooseMetric([run({ metrics })], null, null)).toMatchObject({
      name: 'val_acc',
      direction: 'higher',
    });
    expect(chooseMetric([run({ metrics })], 'val_loss', null)).toMatchObject({ direction: 'lower' });
    expect(chooseMetric([run({ metrics: { zork: 1 } })], null, null)).toMatchObject({
      directionFrom: 'assumed',
    });
  });

  it('that nobody logged is an error that names those there are', () => {
    expect(() => chooseMetric([run({ metrics: { acc: 1 } })], 'f1', null)).toThrow(
      'no run has the metric "f1"; metrics are "acc"',
    );
  });
});

describe('groups', () => {
  it('keep runs that say nothing apart, and do not depend on their order', () => {
    const runs = ['d1', 'd1', 'd2', null].map((hash, i) =>
      run({ id: `r${i}`, params: hash === null ? {} : { dataset_hash: hash } }),
    );
    const of = (own: readonly ExperimentRun[]) =>
      comparableGroups(own, ['dataset']).map(({ name, fields, runs: members }) => [
        name,
        fields.dataset,
        members.length,
      ]);
    expect(of(runs)).toEqual([
      ['A', 'd1', 2],
      ['B', 'd2', 1],
      ['C', null, 1],
    ]);
    expect(of(runs.toReversed())).toEqual(of(runs));
  });
});

describe('trends', () => {
  it('show no correlation of seven runs, and no parameter that does not vary', () => {
    const runs = Array.from({ length: 7 }, (_, i) =>
      run({ id: `r${i}`, params: { lr: String(i), fixed: '1' }, metrics: { acc: i } }),
    );
    expect(parameterTrends(runs, 'acc')).toMatchObject([
      { parameter: 'lr', rho: null, pValue: null, reason: 'fewer than 8 runs' },
    ]);
  });

  it('test texts by their groups, numbers by their ranks', () => {
    const runs = Array.from({ length: 24 }, (_, i) =>
      run({
        id: `r${i}`,
        params: { lr: String(i), optimizer: i % 2 === 0 ? 'adam' : 'sgd' },
        metrics: { acc: (i % 2) * 10 + ((i * 7) % 5) },
      }),
    );
    const [first, second] = parameterTrends(runs, 'acc');
    expect(first).toMatchObject({ parameter: 'optimizer', rho: null });
    expect(first!.adjusted).toBeLessThan(0.001);
    expect(first!.means.map(({ value, mean }) => [value, mean.n])).toEqual([
      ['adam', 12],
      ['sgd', 12],
    ]);
    expect(second!.rho!.n).toBe(24);
  });
});

describe('the best run', () => {
  const seeds = Array.from({ length: 12 }, (_, i) =>
    run({
      id: `r${i}`,
      params: { lr: String(i % 4), seed: String(i) },
      metrics: { loss: 1 + (i % 4) * 0.01 + ((i * 5) % 7) * 0.02 },
    }),
  );

  it('over seeds is a setting; of a loss the lowest is best and expected higher', () => {
    const { reports, missing } = bestRuns(seeds, 'loss', 'lower', null);
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ over: 'seeds', tried: 4 });
    expect(reports[0]!.best).toMatch(/^lr=\d$/);
    expect(reports[0]!.expected.estimate).toBeGreaterThan(reports[0]!.observed);
    expect(reports[0]!.expected.lower).toBeLessThan(reports[0]!.expected.upper!);
    expect(reports[0]!.optimism).toBeGreaterThan(0);
    expect(missing[0]).toContain('leaves 0 to 1');
  });

  it('without cases or repeats cannot be told, and counts runs without a score', () => {
    const runs = [0.5, 0.6, Number.NaN].map((acc, i) => run({ id: `r${i}`, metrics: { acc } }));
    const { reports, missing, unscored } = bestRuns(runs, 'acc', 'higher', null);
    expect(reports).toEqual([]);
    expect(unscored).toBe(1);
    expect(missing[0]).toContain('do not say on how many cases');
  });
});

describe('names', () => {
  it('filters find parameters, metrics and facts, and say what there is', () => {
    const runs = [run({ id: 'a', params: { lr: '0.1' }, metrics: { acc: 0.5 } }), run({ id: 'b' })];
    expect(filterRuns(runs, 'params.lr > 0.01 and metrics.acc < 1').map(({ id }) => id)).toEqual(['a']);
    expect(filterRuns(runs, "status = 'finished'")).toHaveLength(2);
    expect(() => filterRuns(runs, 'depth > 1')).toThrow('--filter names "depth", which no run has');
  });

  it('knows a seed by its name', () => {
    expect(['seed', 'random_state', 'train.seed', 'lr'].map(isSeedName)).toEqual([true, true, true, false]);
  });

  it('cells hold only what no format reads as more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(plainCell(text)).toMatch(/^[A-Za-z0-9.+:/_…·-]*$/);
        expect(plainCell(text).length).toBeLessThanOrEqual(24);
      }),
    );
    expect(plainCell('0.0679997099')).toBe('0.068');
  });

  it('parts of metric names are safe as folders, and differ where texts differ', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(namePart(a)).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
        if (a !== b) expect(namePart(a)).not.toBe(namePart(b));
      }),
    );
    expect(namePart('refund_flow')).toBe('refund_flow');
    expect(namePart('..')).toMatch(/^__-[0-9a-f]{10}$/);
  });
});
