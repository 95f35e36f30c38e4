/** The classes page over real sessions: it says what `slicewise report` says, its sums hold, and nothing breaks on hostile labels. */

import { beforeAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../../test/generators/index.ts';
import { sharedPath } from '../../../test/shared-folder.ts';
import { configFromFlags, DEFAULT_CLASSES } from '../../config/index.ts';
import { evaluate, formatExpression, parseExpression } from '../../slices/index.ts';
import { REPORT_DEFAULTS, runReport } from '../../studies/index.ts';
import type { CellAnswer, ConfusionMatrix } from '../contract/index.ts';
import { classesServices } from '../services/classes.ts';
import type { StudioSession } from '../session.ts';
import { madeSessions } from '../testing/made-sessions.ts';

const { ports, open: sessionOf, write } = madeSessions();

const total = (cells: ConfusionMatrix['candidate']) =>
  cells.reduce((sum, row) => sum + row.reduce((part, cell) => part + cell, 0), 0);

describe('two runs with probabilities of two classes', () => {
  const random = randomStream(7);
  const truths = Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? 'yes' : 'no'));
  const rows = (skill: number) =>
    truths.map((expected, i) => {
      const p = Math.min(
        1,
        Math.max(0, 0.5 + (expected === 'yes' ? skill : -skill) + (random() - 0.5) * 0.8),
      );
      return {
        id: `c${i}`,
        segment: i % 2 === 0 ? 'a' : 'b',
        expected,
        predicted: p >= 0.5 ? 'yes' : 'no',
        probabilities: p,
      };
    });
  let session: StudioSession;
  beforeAll(async () => {
    session = await sessionOf({
      baseline: write('old.jsonl', rows(0.1)),
      candidate: write('new.jsonl', rows(0.25)),
      slice: ['segment'],
      resamples: '200',
    });
  });

  test('the overview names the gated slices and what can be shown', async () => {
    const overview = await classesServices.classes.answer({}, session);
    expect(overview).toMatchObject({
      classes: { possible: true },
      probabilities: { possible: true },
      labels: 2,
      positive: 'yes',
    });
    expect(overview.slices.filter(({ gated }) => gated).map(({ id, cases }) => [id, cases])).toEqual([
      ['segment=a', 300],
      ['segment=b', 300],
    ]);
  });

  test('figures are those of slicewise report', async () => {
    const config = configFromFlags({
      baseline: ['old.jsonl'],
      candidate: ['new.jsonl'],
      slice: ['segment'],
      resamples: '200',
    });
    const { classes } = await runReport({ ...REPORT_DEFAULTS, config }, ports);
    for (const [at, slice] of [null, 'segment=a', 'segment=b'].entries()) {
      const { figures } = await classesServices['class-report'].answer({ slice }, session);
      expect(figures).toEqual(classes!.slices[at]!.figures);
    }
  });

  test('calibration is that of the gate', async () => {
    const known = session.release.diagnosis.probabilities!.slices;
    for (const [at, slice] of [null, 'segment=a'].entries()) {
      const found = await classesServices.reliability.answer({ slice }, session);
      expect(found.calibration).toEqual(known[at]!.calibration);
      expect(found.calibration.candidate.bins.reduce((sum, { cases }) => sum + cases, 0)).toBe(found.n);
    }
  });

  test('at half, the sweep says what the answers say, and costs are counted by hand', async () => {
    const sweep = await classesServices['threshold-sweep'].answer(
      { slice: null, costs: { miss: 5, falseAlarm: 1 } },
      session,
    );
    if (sweep.kind !== 'sweep') throw new Error(sweep.reason);
    expect([sweep.n, sweep.positives, sweep.others]).toEqual([600, 200, 400]);
    const at = sweep.candidate.points.findLast(({ threshold }) => (threshold ?? 2) >= 0.5)!;
    const { figures } = await classesServices['class-report'].answer({ slice: null }, session);
    const yes = figures.classes.find(({ label }) => label === 'yes')!;
    expect(at.truePositives / sweep.positives).toBeCloseTo(yes.recall.candidate.estimate!, 1);
    const choice = await classesServices['threshold-choice'].answer(
      { slice: null, baseline: 0.5, candidate: 0.5, costs: sweep.costs },
      session,
    );
    const hits = yes.recall.candidate.estimate! * 200;
    const alarms = yes.predicted.candidate - hits;
    expect(choice.costPer1000.candidate.estimate).toBeCloseTo((1000 * (5 * (200 - hits) + alarms)) / 600, 9);
    expect(choice.flipRatio).toEqual(sweep.answers!.flipRatio);
    expect(choice.costPer1000.candidate.estimate).toBeCloseTo(
      sweep.answers!.costPer1000.candidate.estimate!,
      9,
    );
    expect(sweep.candidate.best.costPer1000).toBeLessThanOrEqual(choice.costPer1000.candidate.estimate!);
    expect(sweep.ratios).toHaveLength(61);
  });

  test('shares of clustered cases have the intervals of the report of classes, and counts alone give none', async () => {
    const clustered = (skill: number) => rows(skill).map((row, i) => ({ ...row, cluster: `g${i % 40}` }));
    const own = await sessionOf({
      baseline: write('old-clusters.jsonl', clustered(0.1)),
      candidate: write('new-clusters.jsonl', clustered(0.25)),
      slice: ['segment'],
      resamples: '200',
    });
    const costs = { miss: 1, falseAlarm: 1 };
    const sweep = await classesServices['threshold-sweep'].answer({ slice: null, costs }, own);
    if (sweep.kind !== 'sweep') throw new Error(sweep.reason);
    expect(sweep.clustered).toBe(true);
    for (const { precision, recall } of [...sweep.candidate.points, ...sweep.baseline!.points]) {
      expect([precision, recall]).toEqual([null, null]);
    }
    const ask = { slice: null, baseline: 0.5, candidate: 0.5, costs };
    const { shares } = await classesServices['threshold-choice'].answer(ask, own);
    const { figures } = await classesServices['class-report'].answer({ slice: null }, own);
    const yes = figures.classes.find(({ label }) => label === 'yes')!;
    for (const run of ['baseline', 'candidate'] as const) {
      expect(shares![run]).toEqual({ precision: yes.precision[run], recall: yes.recall[run] });
      expect(shares![run]!.recall.lower).not.toBeNull();
    }
    const none = await classesServices['threshold-choice'].answer({ ...ask, candidate: null }, own);
    expect(none.shares!.candidate.precision.estimate).toBeNull();
    const plain = await classesServices['threshold-choice'].answer(ask, session);
    expect(plain.shares).toBeNull();
  });

  test('curves begin at nothing and end at everything, with the areas of the gate', async () => {
    const found = await classesServices.curves.answer({ slice: null, label: null }, session);
    if (found.kind !== 'curves') throw new Error(found.reason);
    const { points } = found.candidate;
    expect(points.length).toBeLessThanOrEqual(500);
    expect(points[0]).toEqual({ threshold: null, falsePositiveRate: 0, recall: 0, precision: null });
    expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, recall: 1 });
    const [all] = session.release.diagnosis.probabilities!.slices;
    expect(found.auc).toEqual(all!.auc);
    expect(found.averagePrecision).toEqual(all!.averagePrecision);
  });

  test('everything is plain JSON', async () => {
    const answers = [
      await classesServices['threshold-sweep'].answer({ slice: null, costs: null }, session),
      await classesServices.curves.answer({ slice: 'segment=b', label: null }, session),
      await classesServices['class-baselines'].answer({}, session),
      await classesServices.confusion.answer({ slice: null, classes: 20, by: 'change' }, session),
    ];
    for (const answer of answers) expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  test.each([['class-report'], ['reliability']] as const)(
    '%s refuses a slice that is not there',
    async (name) => {
      await expect(classesServices[name].answer({ slice: 'segment=zzz' }, session)).rejects.toThrow(
        'there is no slice "segment=zzz"',
      );
    },
  );

  test('parameters out of range are refused', () => {
    expect(
      classesServices.confusion.params.safeParse({ slice: null, classes: 1, by: 'support' }).success,
    ).toBe(false);
    expect(
      classesServices['threshold-sweep'].params.safeParse({ slice: null, costs: { miss: 0, falseAlarm: 0 } })
        .success,
    ).toBe(false);
    expect(classesServices.curves.params.safeParse({ slice: null, label: null, extra: 1 }).success).toBe(
      false,
    );
  });
});

test('a class is marked below the floor as the check decides, not by a level of the page', async () => {
  const right = { lost: [80, 30], always: [40, 30], perhaps: [80, 51], fine: [90, 90] } as const;
  const rows = (run: 0 | 1) =>
    Object.entries(right).flatMap(([expected, hits]) =>
      Array.from({ length: 100 }, (_, i) => ({
        id: `${expected}${i}`,
        expected,
        predicted: i < hits[run] ? expected : 'other',
      })),
    );
  const flags = {
    baseline: write('floors-old.jsonl', rows(0)),
    candidate: write('floors-new.jsonl', rows(1)),
    resamples: '100',
  };
  const config = { ...configFromFlags(flags), classes: { ...DEFAULT_CLASSES, floor: 0.6 } };
  const session = await sessionOf(flags, { config });
  const { floors } = await classesServices['class-report'].answer({ slice: null }, session);
  const { diagnosis, report } = session.release;
  if (diagnosis.classes?.kind !== 'classes') throw new Error('no classes');
  // Above the 0.05 of every other test on the page, and yet the check suspects it.
  const adjusted = diagnosis.classes.floors!.classes.find(({ label }) => label === 'perhaps')!.adjusted!;
  expect(adjusted).toBeGreaterThan(0.05);
  expect(floors).toHaveLength(3);
  expect(floors).toEqual(
    expect.arrayContaining([
      { label: 'lost', breach: 'BLOCK' },
      { label: 'always', breach: 'DEBT' },
      { label: 'perhaps', breach: 'REVIEW' },
    ]),
  );
  const found = report.findings.filter(({ check, verdict }) => check === 'class-recall' && verdict !== null);
  for (const { label, breach } of floors) {
    expect(found.filter(({ reason }) => reason.includes(`'${label}'`)).map(({ verdict }) => verdict)).toEqual(
      [breach],
    );
  }
});

test('the predicate of a cell holds for its rows and no others, errors and abstentions too', async () => {
  const errors = [null, '', 'None', 'timeout', ' false ', [], ['boom']];
  const answers = ['a', "it's", null, '', 'unknown'];
  const rows = ['a', "it's"].flatMap((expected) =>
    answers.flatMap((predicted) =>
      errors.flatMap((error) =>
        [0, 1].map((i) => ({
          id: JSON.stringify([expected, predicted, error, i]),
          ...{ expected, predicted, error },
        })),
      ),
    ),
  );
  const flags = { candidate: write('cells.jsonl', rows), resamples: '100' };
  const config = { ...configFromFlags(flags), classes: { ...DEFAULT_CLASSES, abstain: ['unknown'] } };
  const session = await sessionOf(flags, { config });
  let found = 0;
  for (const expected of ['a', "it's"]) {
    for (const answer of [
      { kind: 'class', label: 'a' },
      { kind: 'class', label: "it's" },
      { kind: 'no answer' },
      { kind: 'error' },
    ] as const) {
      const cell = { slice: null, run: 'candidate', expected, answer } as const;
      const { predicate, cases } = await classesServices['confusion-cases'].answer(cell, session);
      const expression = parseExpression(predicate!);
      expect(formatExpression(expression)).toBe(predicate);
      const held = rows.filter((row) =>
        evaluate(expression, (column) => {
          const value = row[column as 'expected' | 'predicted' | 'error'];
          return value === null ? { state: 'missing' } : { state: 'value', cell: value };
        }),
      );
      expect(held.map(({ id }) => id).toSorted()).toEqual(cases.map(({ id }) => id).toSorted());
      found += cases.length;
    }
  }
  expect(found).toBe(rows.length);
});

test('a run without a column of errors has the plain predicate', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    id: `c${i}`,
    expected: i % 2 ? 'a' : 'b',
    predicted: 'b',
  }));
  const session = await sessionOf({ candidate: write('plain-cells.jsonl', rows), resamples: '100' });
  const cell = { slice: null, run: 'candidate', expected: 'a' } as const;
  const predicateOf = async (answer: CellAnswer) =>
    (await classesServices['confusion-cases'].answer({ ...cell, answer }, session)).predicate;
  expect(await predicateOf({ kind: 'class', label: 'b' })).toBe("expected == 'a' and predicted == 'b'");
  expect(await predicateOf({ kind: 'error' })).toBeNull();
});

test('hostile labels, missing answers and errors keep every sum', async () => {
  const labels = ['=cmd|calc', '<script>alert(1)</script>', 'a\nb\u001b[31m', '\u202Egnp.exe', 'e', 'f'];
  const random = randomStream(11);
  const pick = () => labels[Math.floor(random() * labels.length)]!;
  const truths = Array.from({ length: 300 }, () => pick());
  const rows = () =>
    truths.map((expected, i) => ({
      id: `c${i}`,
      expected: i % 40 === 0 ? null : expected,
      predicted: i % 50 === 1 ? null : random() < 0.7 ? expected : pick(),
      error: i % 60 === 2 ? 'timeout' : null,
    }));
  const session = await sessionOf({
    baseline: write('o.jsonl', rows()),
    candidate: write('n.jsonl', rows()),
    resamples: '100',
  });
  const { figures } = await classesServices['class-report'].answer({ slice: null }, session);
  for (const classes of [2, 3, 6, 100]) {
    for (const by of ['support', 'confusion', 'change'] as const) {
      const matrix = await classesServices.confusion.answer({ slice: null, classes, by }, session);
      expect([total(matrix.candidate), total(matrix.baseline!)]).toEqual([figures.n, figures.n]);
      matrix.rows.forEach((row, at) => {
        if (row.kind !== 'class') return;
        const support = figures.classes.find(({ label }) => label === row.label)!.support;
        expect(matrix.candidate[at]!.reduce((sum, cell) => sum + cell, 0)).toBe(support);
      });
      expect(matrix.columns.some(({ kind }) => kind === 'error')).toBe(true);
    }
  }
  const matrix = await classesServices.confusion.answer(
    { slice: null, classes: 100, by: 'support' },
    session,
  );
  for (const run of ['baseline', 'candidate'] as const) {
    for (const [row, place] of matrix.rows.entries()) {
      for (const [column, answer] of matrix.columns.entries()) {
        if (place.kind !== 'class' || answer.kind === 'others') continue;
        const cell = { slice: null, run, expected: place.label, answer };
        const { total: found } = await classesServices['confusion-cases'].answer(cell, session);
        expect([place.label, answer, run, found]).toEqual([
          place.label,
          answer,
          run,
          matrix[run]![row]![column],
        ]);
      }
    }
  }
});

test('without labels it says which column to add', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ id: `c${i}`, passed: i % 3 === 0 }));
  const session = await sessionOf({ candidate: write('plain.jsonl', rows) });
  const { classes, probabilities } = await classesServices.classes.answer({}, session);
  expect(classes).toMatchObject({ possible: false, todo: expect.stringContaining('--map expected=COLUMN') });
  expect(probabilities).toMatchObject({ possible: false, todo: expect.stringContaining('probabilities') });
  expect(await classesServices.curves.answer({ slice: null, label: null }, session)).toMatchObject({
    kind: 'none',
  });
  await expect(
    classesServices.confusion.answer({ slice: null, classes: 5, by: 'support' }, session),
  ).rejects.toThrow('true labels');
});

const banking = sharedPath('data', 'banking77', 'cases.csv.gz');

test.skipIf(banking === null)(
  '77 real classes: the matrix of 20 with the others sums to all cases (skipped where the data are absent)',
  async () => {
    const session = await sessionOf({
      candidate: [banking!],
      map: [
        'baseline.predicted=pred_before',
        'candidate.predicted=pred_after',
        'baseline.passed=pass_before',
        'candidate.passed=pass_after',
        'expected=label',
      ],
      slice: ['topic'],
      resamples: '100',
    });
    const matrix = await classesServices.confusion.answer(
      { slice: null, classes: 20, by: 'confusion' },
      session,
    );
    expect(matrix.rows).toHaveLength(21);
    expect(matrix.rows.at(-1)).toEqual({ kind: 'others', classes: 57 });
    expect([total(matrix.candidate), total(matrix.baseline!)]).toEqual([3080, 3080]);
    const overview = await classesServices.classes.answer({}, session);
    expect(overview.labels).toBe(77);
    const right = (cells: ConfusionMatrix['candidate'], others: number) =>
      matrix.rows.reduce((sum, row, at) => sum + (row.kind === 'others' ? others : cells[at]![at]!), 0);
    const { figures } = await classesServices['class-report'].answer({ slice: null }, session);
    expect(right(matrix.candidate, matrix.othersRight.candidate) / 3080).toBeCloseTo(
      figures.accuracy.candidate.estimate!,
      12,
    );
  },
);
