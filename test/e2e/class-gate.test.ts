/** Gates on metrics of classes by the built command: where they block, where they stay quiet, and what they do with hostile data. */

import { describe, expect, test } from 'vitest';
import { everyLabelOnce, segmentTable } from '../generators/class-segments.ts';
import { sharedPath } from '../shared-folder.ts';
import { slicewise, workFolder } from './cli.ts';
import { type GateRun, gateIn, opening, sliceOf } from './gate-run.ts';

const FILE = 'runs.csv';
const EU = { segment: 'eu', lostFrauds: 40, freedOthers: 40 };

function gate(table: string, metric: string, more: readonly string[] = []): Promise<GateRun> {
  const args = ['gate', FILE, FILE, '--slice', 'segment', '--metric', metric, ...more];
  return gateIn(workFolder({ [FILE]: table }), args);
}

describe('recall of one class falls in one segment while accuracy is level', () => {
  test('the pass rate sees nothing in any segment', async () => {
    const { report } = await gate(segmentTable(EU), 'passRate');
    expect(sliceOf(report, 'eu').delta?.estimate).toBe(0);
    expect(report.slices.filter(({ role, verdict }) => role === 'gated' && verdict !== 'PASS')).toEqual([]);
  });

  test('catch: recall:fraud blocks in that segment, by the exact test of a pass rate', async () => {
    const { report, code, stdout } = await gate(segmentTable(EU), 'recall:fraud');
    expect([code, report.verdict]).toEqual([1, 'BLOCK']);
    expect(opening(stdout)[0]).toMatch(/^Ship\? BLOCK: eu recall of fraud fell from 88\.3% to 55\.0% of 120/);
    expect(sliceOf(report, 'eu')).toMatchObject({
      verdict: 'BLOCK',
      grade: 'confirmed',
      n: 120,
      lost: 44,
      gained: 4,
      test: 'exact McNemar',
      adjustment: 'step-down discrete min-P',
    });
    expect(sliceOf(report, 'us').verdict).toBe('PASS');
  });

  test('catch: f2:fraud blocks too, by swaps of the runs’ answers; precision of fraud rises', async () => {
    const { report } = await gate(segmentTable(EU), 'f2:fraud');
    expect(sliceOf(report, 'eu')).toMatchObject({ verdict: 'BLOCK', n: 600, test: 'paired swaps' });
    const { candidate, delta } = sliceOf(report, 'eu');
    // 66 of 120 frauds are found among 66 + 17 answers.
    expect(candidate?.estimate).toBeCloseTo((5 * 66) / (4 * 120 + 83), 12);
    expect(delta!.upper).toBeLessThan(0);
    const precision = await gate(segmentTable(EU), 'precision:fraud');
    expect(sliceOf(precision.report, 'eu')).toMatchObject({ verdict: 'PASS', grade: 'non-inferior' });
  });

  test('rules of single slices hold for metrics of classes, which may be maps', async () => {
    const config = [
      'metrics:',
      '  - { recall: fraud, margin: 0.1 }',
      '  - { fScore: fraud, beta: 2, gate: false }',
      '  - { metric: cost, margin: 0.5, gate: false }',
      'classes: { positive: fraud, costs: { miss: 100, falseAlarm: 1 } }',
      'slices:',
      '  - { column: segment, values: { eu: { margin: 0.5 }, us: { critical: true, floor: 0.95 } } }',
    ];
    const cwd = workFolder({ [FILE]: segmentTable(EU), 'slicewise.yaml': config.join('\n') });
    const { report } = await gateIn(cwd, ['gate', FILE, FILE]);
    expect(sliceOf(report, 'eu')).toMatchObject({ margin: 0.5, verdict: 'PASS' });
    expect(sliceOf(report, 'us')).toMatchObject({ verdict: 'DEBT', floor: 0.95, critical: true });
    const rows = new Map(report.slices.filter(({ value }) => value === 'eu').map((row) => [row.metric, row]));
    expect([...rows.keys()].sort()).toEqual(['cost', 'f2:fraud', 'recall:fraud']);
    // Of 600 cases 54 frauds are missed and 17 alarms are false.
    expect(rows.get('cost')).toMatchObject({
      direction: 'lower',
      candidate: { estimate: (54 * 100 + 17) / 600 },
    });
  });
});

test.each([
  'recall:fraud',
  'precision:fraud',
  'f1:fraud',
  'specificity:fraud',
  'macroF1',
  'macroRecall',
  'mcc',
  'kappa',
])('quiet: with the same few changes everywhere, %s passes', async (metric) => {
  const { report, code } = await gate(segmentTable(null), metric);
  expect([code, report.verdict]).toEqual([0, 'PASS']);
});

describe('hostile data', () => {
  test('a class that the candidate never answers: recall falls to 0, precision is 0/0 and goes to a person', async () => {
    const table = segmentTable(null, (text, segment, run) =>
      segment === 'eu' && run === 'after' && text === 'fraud' ? 'ok' : text,
    );
    const recall = await gate(table, 'recall:fraud');
    expect(sliceOf(recall.report, 'eu')).toMatchObject({ verdict: 'BLOCK', candidate: { estimate: 0 } });
    const precision = await gate(table, 'precision:fraud');
    expect(precision.code).not.toBe(0);
    expect(sliceOf(precision.report, 'eu')).toMatchObject({
      verdict: 'REVIEW',
      candidate: { estimate: null },
      reason: 'undefined only now: precision:fraud is 0/0 here: nothing to divide by',
    });
  });

  test('quiet: a segment without a fraud, in which frauds are falsely seen no more, has lost nothing', async () => {
    const table = segmentTable(null, (text, segment, run) =>
      segment === 'eu' && run === 'after' && text === 'fraud' ? 'ok' : text,
    ).replaceAll(',eu,fraud,', ',eu,ok,');
    const { report } = await gate(table, 'precision:fraud');
    expect(sliceOf(report, 'eu')).toMatchObject({
      verdict: 'PASS',
      grade: 'undecided',
      baseline: { estimate: 0 },
      candidate: { estimate: null },
    });
  });

  test('one class only: correlation has no value in either run, and says so instead of passing as a number', async () => {
    const one = segmentTable(null, () => 'ok')
      .replaceAll(',fraud,', ',ok,')
      .replaceAll(',refund,', ',ok,');
    const { report } = await gate(one, 'mcc');
    expect(sliceOf(report, 'eu')).toMatchObject({
      candidate: { estimate: null },
      grade: 'undecided',
      reason: 'mcc is 0/0 here: nothing to divide by',
    });
    const f1 = await gate(one, 'macroF1');
    expect(sliceOf(f1.report, 'eu').candidate?.estimate).toBe(1);
  });

  test('a class that nothing is labelled or answered with is a typing error', async () => {
    const cwd = workFolder({ [FILE]: segmentTable(null) });
    const { code, stderr } = await slicewise(['gate', FILE, FILE, '--metric', 'recall:froud'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('which no label and no prediction is; classes: fraud, ok, refund');
    expect(stderr).toContain('did you mean "fraud"?');
  });

  test('a million distinct labels are no classes', { timeout: 240_000 }, async () => {
    const cwd = workFolder({ [FILE]: everyLabelOnce(340_000) });
    const { code, stderr } = await slicewise(['gate', FILE, FILE, '--metric', 'macroF1'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('more than 2000 different texts');
  });

  test('labels that each occur once are still scored one by one', async () => {
    const cwd = workFolder({ [FILE]: everyLabelOnce(3_000) });
    const { report } = await gateIn(cwd, ['gate', FILE, FILE, '--slice', 'segment']);
    expect(sliceOf(report, 'eu')).toMatchObject({ n: 1_500, candidate: { estimate: 0 } });
  });

  test('bytes that are no UTF-8 are refused with their line', async () => {
    const bytes = Buffer.from(segmentTable(null));
    bytes[bytes.indexOf('fraud')] = 0xff;
    const cwd = workFolder({ [FILE]: bytes });
    const { code, stderr } = await slicewise(['gate', FILE, FILE, '--metric', 'recall:fraud'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/runs\.csv:2/);
  });

  test('runs without a common case are compared as two samples', async () => {
    const [header = '', ...rows] = segmentTable(EU).trimEnd().split('\n');
    const side = (run: 'old' | 'new') => {
      const cells = rows.map((row) => row.split(','));
      const kept = cells.map(([id, segment, label, before, after]) =>
        [`${run}${id}`, segment, label, run === 'old' ? before : after].join(','),
      );
      return [header.split(',').slice(0, 3).concat('y_pred').join(','), ...kept, ''].join('\n');
    };
    const cwd = workFolder({ 'old.csv': side('old'), 'new.csv': side('new') });
    const run = (metric: string) =>
      gateIn(cwd, ['gate', 'old.csv', 'new.csv', '--slice', 'segment', '--metric', metric]);
    const recall = await run('recall:fraud');
    expect(sliceOf(recall.report, 'eu')).toMatchObject({ verdict: 'BLOCK', test: 'Fisher exact' });
    const f2 = await run('f2:fraud');
    expect(sliceOf(f2.report, 'eu')).toMatchObject({ verdict: 'BLOCK', test: 'normal, bootstrap error' });
  });
});

describe('labels and predictions without verdicts', () => {
  test('score a run, which its notes say', async () => {
    const { report } = await gate(segmentTable(null), 'passRate');
    const note = 'a case passes when its prediction (column "pred_after") equals its label (column "label")';
    expect(JSON.stringify(report)).toContain(JSON.stringify(note).slice(1, -1));
    expect(report.overall[0]).toMatchObject({ n: 2400 });
  });

  test('are noticed where only their spelling differs', async () => {
    const table = segmentTable(null, (text) => text.toUpperCase());
    const { report } = await gate(table, 'passRate');
    expect(JSON.stringify(report)).toContain('only if upper and lower case and blanks are ignored');
  });
});

describe('two models on BANKING77, side by side in one file', () => {
  const file = sharedPath('data', 'banking77', 'cases.csv.gz');
  test.skipIf(file === null)('are found without a word about columns, and gated on macro F1', async () => {
    const args = ['gate', file!, file!, '--slice', 'topic', '--metric', 'macroF1'];
    const { report } = await gateIn(workFolder(), args);
    expect(report.baseline?.columns).toMatchObject({ expected: 'label', predicted: 'pred_before' });
    expect(report.candidate.columns).toMatchObject({ passed: 'pass_after', predicted: 'pred_after' });
    const [overall] = report.overall;
    expect(overall).toMatchObject({ metric: 'macroF1', n: 3_080, conclusion: 'BETTER' });
    expect(overall?.candidate?.estimate).toBeCloseTo(0.894420722669881, 12);
  });
});
