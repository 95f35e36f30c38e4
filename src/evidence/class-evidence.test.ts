/** Metrics of classes as evidence: those that are pass rates are tested as pass rates, the others by swaps. */

import { describe, expect, test } from 'vitest';
import { scopedColumn } from '../../test/slice-evidence.ts';
import { type ClassCosts, DEFAULT_POLICY, type Policy } from '../config/index.ts';
import { type ClassMeasure, classMetricId, type LabelCounts, NO_LABEL } from '../counts/index.ts';
import { collectEvidence } from './collect.ts';
import type { Pairing, SliceEvidence } from './types.ts';

/** Codes of the true label, the answer before and the answer now, cases, and perhaps a cluster. */
type Cell = readonly [expected: number, before: number, now: number, cases: number, cluster?: number];

const LABELS = ['fraud', 'ok', 'refund'];
const recall: ClassMeasure = { kind: 'class', of: 'recall', label: 'fraud', beta: 1 };
const CELLS: readonly Cell[] = [
  [0, 0, 0, 60],
  [0, 0, 1, 14],
  [0, 1, 0, 3],
  [0, 1, NO_LABEL.error, 5],
  [0, 0, NO_LABEL.absent, 2],
  [1, 1, 1, 200],
  [1, 0, 0, 10],
  [1, 1, 0, 4],
  [1, 0, 1, 6],
  [2, 2, 2, 40],
  [NO_LABEL.none, 0, 1, 30],
];

interface Options {
  readonly policy?: Partial<Policy>;
  readonly pairing?: Pairing;
  readonly costs?: ClassCosts;
  readonly labels?: readonly string[];
  readonly hasLists?: boolean;
  readonly floor?: number;
}

function evidenceOf(measure: ClassMeasure, cells: readonly Cell[], options: Options = {}): SliceEvidence {
  const {
    policy,
    pairing = 'paired',
    costs = null,
    labels = LABELS,
    hasLists = false,
    floor = null,
  } = options;
  const side = (at: 0 | 1 | 2): Int32Array => Int32Array.from(cells, (cell) => cell[at]);
  const clustered = cells.some((cell) => cell.length > 4);
  const key = { grouping: 'segment', state: 'value', value: 'a' } as const;
  const counts: LabelCounts = {
    ...{ labels, tooMany: null, hasLists, severalTrials: 0 },
    slices: [
      {
        ...key,
        edited: 0,
        cells: {
          ...{ expected: side(0), baseline: side(1), candidate: side(2) },
          cases: Float64Array.from(cells, (cell) => cell[3]),
          cluster: clustered ? Int32Array.from(cells, (cell) => cell[4]!) : null,
        },
      },
    ],
  };
  const metric = { id: classMetricId(measure), gate: true, margin: 0.05, floor, measure };
  const [found] = collectEvidence({
    scope: { groupings: [scopedColumn()], metrics: [metric], from: 'configured', notes: [] },
    policy: { ...DEFAULT_POLICY, resamples: 2_000, ...policy },
    ...{ pairing, clustered, units: new Map() },
    counts: [{ ...key, cells: [] }],
    classes: { counts, average0: 'skip', costs, positive: 'fraud' },
  }).slices;
  return found!;
}

describe('recall', () => {
  test('is a pass rate over the cases of the class, in which errors are misses', () => {
    const found = evidenceOf(recall, CELLS);
    expect(found).toMatchObject({ n: 82, lost: 14, gained: 3, test: { name: 'exact McNemar' } });
    expect(found.tally).toMatchObject({
      cases: 84,
      compared: 82,
      onlyBaseline: 2,
      withErrors: 5,
      unscored: 0,
    });
    expect(found.baseline).toMatchObject({ estimate: 74 / 82, method: 'wilson' });
    expect(found.delta?.estimate).toBeCloseTo(-11 / 82, 12);
    // Of 17 changed cases 14 or more get worse.
    expect(found.test?.pValue).toBeCloseTo(834 / 2 ** 17, 12);
  });

  test('leaves errors out where the policy does', () => {
    const found = evidenceOf(recall, CELLS, { policy: { errors: 'exclude' } });
    expect([found.n, found.tally.unscored, found.tally.cases]).toEqual([77, 5, 84]);
  });

  test('of a class among several labels counts the cases that carry it', () => {
    const labels = ['["fraud","spam"]', 'fraud', 'spam'];
    const found = evidenceOf(
      recall,
      [
        [0, 0, 2, 5],
        [1, 0, 1, 7],
        [2, 1, 2, 9],
      ],
      { labels, hasLists: true },
    );
    expect([found.n, found.lost, found.gained]).toEqual([12, 5, 0]);
  });

  test('moves whole clusters', () => {
    const cells: Cell[] = [
      [0, 0, 1, 9, 0],
      [0, 0, 1, 1, 1],
      [0, 0, 0, 5, 2],
    ];
    const { test: own } = evidenceOf(recall, cells);
    // Two clusters got worse: both must fall this way, which of four flips one does.
    expect(own?.pValue).toBeCloseTo(0.25, 1);
  });
});

test('specificity looks at the other cases alone', () => {
  const found = evidenceOf({ ...recall, of: 'specificity' }, CELLS);
  expect(found).toMatchObject({ n: 260, lost: 4, gained: 6, test: { name: 'exact McNemar' } });
});

test('the cost of a case is a mean, and lower is better', () => {
  const costs: ClassCosts = { kind: 'errors', miss: 10, falseAlarm: 1, noAnswer: 5, slices: [] };
  const found = evidenceOf({ kind: 'class', of: 'cost' }, CELLS, { costs });
  expect(found.direction).toBe('lower');
  // 14 misses and 5 cases without an answer, 14 false alarms.
  expect(found.candidate?.estimate).toBeCloseTo((14 * 10 + 5 * 5 + 14) / 342, 12);
  expect(found.test?.name).toBe('sign flip');
  expect(found.test?.pValue).toBeLessThan(0.05);
});

describe('precision', () => {
  const precision: ClassMeasure = { ...recall, of: 'precision' };

  test('is tested by swaps, and never surer than all of them', () => {
    const found = evidenceOf(precision, [
      [0, 0, 0, 50],
      [1, 1, 0, 4],
    ]);
    expect(found.candidate?.estimate).toBeCloseTo(50 / 54, 12);
    expect(found.test).toMatchObject({ name: 'paired swaps' });
    expect(found.test!.pValue).toBeGreaterThanOrEqual(1 / 16);
    expect(found.test!.attainable(1 / 17)).toBe(0);
    expect(found.test!.attainable(0.5)).toBeCloseTo(0.5, 3);
  });

  test('has no value where nothing is answered with the class, and no test', () => {
    const found = evidenceOf(precision, [
      [0, 0, 1, 50],
      [1, 1, 1, 50],
    ]);
    expect(found).toMatchObject({ loss: null, test: null, nonInferiorityP: null });
    expect(found.candidate).toMatchObject({ estimate: null });
    expect(found.candidate?.reason).toContain('0/0');
  });

  test('of runs without common cases has a normal test, and of one run none', () => {
    const cells: Cell[] = [
      [0, 0, NO_LABEL.absent, 90],
      [1, 0, NO_LABEL.absent, 10],
      [0, NO_LABEL.absent, 0, 60],
      [1, NO_LABEL.absent, 0, 40],
    ];
    const found = evidenceOf(precision, cells, { pairing: 'unpaired' });
    expect(found.loss).toBeCloseTo(0.3, 12);
    expect(found.test).toMatchObject({ name: 'normal, bootstrap error' });
    expect(found.test!.pValue).toBeLessThan(0.001);
    const alone = evidenceOf(precision, cells.slice(2), { pairing: 'single run' });
    expect(alone).toMatchObject({ baseline: null, test: null, candidate: { estimate: 0.6 } });
  });
});

describe('a floor', () => {
  const precision: ClassMeasure = { ...recall, of: 'precision' };
  const f1: ClassMeasure = { ...recall, of: 'fScore' };

  test('of precision is as sure as the answers with the class are many, and no surer', () => {
    // One answer of 200 cases names the class, and it is wrong: every resample says 0 or 0/0.
    const one = evidenceOf(
      precision,
      [
        [0, 0, 1, 20],
        [1, 1, 0, 1],
        [1, 1, 1, 179],
      ],
      { floor: 0.8 },
    );
    expect(one.floor?.pValue).toBeCloseTo(0.2, 12);
    const many = evidenceOf(
      precision,
      [
        [0, 0, 0, 3],
        [1, 1, 0, 7],
        [1, 1, 1, 90],
      ],
      { floor: 0.8 },
    );
    // P(at most 3 of 10 at .8).
    expect(many.floor?.pValue).toBeCloseTo(0.0008643584, 10);
  });

  test('of F without resampling error is held against the recall that it needs', () => {
    const found = evidenceOf(
      f1,
      [
        [0, 0, 1, 5],
        [1, 1, 1, 95],
      ],
      { floor: 0.5 },
    );
    // F1 of .5 needs a recall of 1/3.
    expect(found.candidate).toMatchObject({ estimate: 0, lower: null });
    expect(found.floor?.pValue).toBeCloseTo((2 / 3) ** 5, 12);
  });

  test('of an average without resampling error is suspected and not confirmed', () => {
    const found = evidenceOf({ kind: 'class', of: 'macroF1' }, [[0, 0, 1, 30]], { floor: 0.5 });
    expect(found.floor).toMatchObject({ candidateObserved: 0, pValue: 1, posteriorDoubt: 0 });
    const right = evidenceOf({ kind: 'class', of: 'macroF1' }, [[0, 0, 0, 30]], { floor: 0.5 });
    expect(right.floor).toMatchObject({ candidateObserved: 1, pValue: 1, posteriorDoubt: 1 });
  });

  test('is never sure at always-valid looks, whose errors a fixed test does not keep', () => {
    const found = evidenceOf(f1, CELLS, { floor: 0.99, policy: { looks: 'always-valid' } });
    expect(found.floor?.pValue).toBe(1);
  });

  test('of a cost is a ceiling of a mean', () => {
    const costs: ClassCosts = { kind: 'errors', miss: 10, falseAlarm: 1, noAnswer: null, slices: [] };
    const above = evidenceOf({ kind: 'class', of: 'cost' }, CELLS, { costs, floor: 0.2 });
    expect(above.floor?.pValue).toBeLessThan(0.01);
    const within = evidenceOf({ kind: 'class', of: 'cost' }, CELLS, { costs, floor: 5 });
    expect(within.floor?.pValue).toBeGreaterThan(0.99);
  });
});

test('a gain is as sure two-sided as a loss', () => {
  const cells: readonly Cell[] = [
    [0, 1, 0, 12],
    [0, 0, 0, 20],
    [1, 1, 1, 60],
  ];
  const found = evidenceOf({ kind: 'class', of: 'macroF1' }, cells);
  expect(found.test?.pValue).toBe(1);
  expect(found.test?.pValueTwoSided).toBeLessThan(0.01);
});
