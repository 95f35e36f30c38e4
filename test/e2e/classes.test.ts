/** The classes of a classification by the built command: B-7, B-8, B-14, and answers that are no classes. */

import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/gate/index.ts';
import { constantNo } from '../generators/answers.ts';
import {
  answerPairs,
  balancedTask,
  doubledConfusion,
  sameF1,
  sameF1Few,
  threeLostClasses,
  twiceTheTraffic,
} from '../generators/classes.ts';
import { slicewise, workFolder } from './cli.ts';
import { gateIn, gatePair, pairFolder } from './gate-run.ts';

const findingsOf = (report: Report, check: string) =>
  report.findings.filter((finding) => finding.check === check);

describe('B-7 recall per class', () => {
  test('catch: three of 30 classes at recall 0 behind a level accuracy of 0.90 are three red rows', async () => {
    const { report, code } = await gatePair(threeLostClasses(), ['--slice', 'region']);
    expect([report.verdict, code]).toEqual(['BLOCK', 1]);
    const gated = report.slices.filter(({ verdict }) => verdict !== null);
    expect(gated.map(({ verdict }) => verdict)).toEqual(['PASS', 'PASS']);
    const found = findingsOf(report, 'class-recall');
    const red = found.filter(({ verdict }) => verdict === 'BLOCK');
    expect(red.map(({ reason }) => reason.slice(0, 59))).toEqual(
      ['00', '01', '02'].map((at) => `class 'intent-${at}': recall 0.0%, 0 of 100 cases (upper bound`),
    );
    expect(red[0]!.reason).toContain('(upper bound 0.04), below the floor 0.2 (the default)');
    expect(red[0]!.reason).toContain('the baseline held it (90.0%)');
    expect(red[0]!.method).toContain('Holm over 30 classes, family-wise 0.01');
    expect(red[0]!.remedy).toContain("mostly answered 'intent-10' (100)");
    expect(red[0]!.evidenceTotal).toBe(90);
    expect(red[0]!.evidence.slice(0, 2)).toEqual(['c0', 'c1']);
    expect(found.some(({ reason }) => reason.startsWith('3 of 30 classes have recall 0'))).toBe(true);
    const [banner] = found.filter(({ reason }) => reason.startsWith('the gate looks at accuracy'));
    expect(banner!.reason).toContain('30 classes');
    expect(banner!.reason).toContain('accuracy 90.0%; macro recall 90.0%');
  });

  test('catch: a constant "no" scores 99.9 % with recall 0 of 10, which is counted although it is LOW-N', async () => {
    const { report } = await gatePair(constantNo());
    const found = findingsOf(report, 'class-recall');
    expect(found.map(({ verdict }) => verdict)).toEqual(['LOW-N', null]);
    expect(found[0]!.reason).toBe("1 of 2 classes has recall 0: 'fraud' 0 of 10 (upper bound 0.28, LOW-N)");
    expect(found[1]!.reason).toContain("always answering 'no' scores 99.9%");
    expect(findingsOf(report, 'trivial-baselines').some(({ verdict }) => verdict === 'INVALID')).toBe(true);
  });

  test('quiet: a balanced task with two classes has neither a banner nor a red row', async () => {
    const { report } = await gatePair(balancedTask());
    expect(findingsOf(report, 'class-recall')).toEqual([]);
  });

  test('a class that was below the floor before is debt, and blocks nothing', async () => {
    const pair = answerPairs([
      ['dead', 'live', 'live', 60],
      ['live', 'live', 'live', 60],
    ]);
    const { report, code } = await gatePair(pair, ['--slice', 'region']);
    expect(findingsOf(report, 'class-recall').map(({ verdict }) => verdict)).toEqual(['DEBT', null]);
    expect(code).not.toBe(1);
  });

  test('a floor of its own is kept to, and must be a rate', async () => {
    const pair = balancedTask();
    const cwd = pairFolder(pair, {
      'high.yaml': 'classes: { floor: 0.95 }\n',
      'bad.yaml': 'classes: { floor: 95, positiv: yes }\n',
    });
    const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl', '--config', 'high.yaml']);
    const debts = findingsOf(report, 'class-recall').filter(({ verdict }) => verdict === 'DEBT');
    expect(debts).toHaveLength(2);
    expect(debts[0]!.reason).toContain('below the floor 0.95;');
    const bad = await slicewise(['gate', 'old.jsonl', 'new.jsonl', '--config', 'bad.yaml'], { cwd });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('classes.floor is 95, must be at most 1');
    expect(bad.stderr).toContain('classes.positiv is unknown');
  });
});

test('without a baseline a dead class calls for a review, and blocks where somebody set the floor', async () => {
  const cwd = pairFolder(threeLostClasses(), { 'set.yaml': 'classes: { floor: 0.3 }\n' });
  const verdicts = async (args: readonly string[]) => {
    const { report } = await gateIn(cwd, ['gate', 'new.jsonl', ...args]);
    return findingsOf(report, 'class-recall').flatMap(({ verdict }) => verdict ?? []);
  };
  expect(await verdicts([])).toEqual(['REVIEW', 'REVIEW', 'REVIEW']);
  expect(await verdicts(['--config', 'set.yaml'])).toEqual(['BLOCK', 'BLOCK', 'BLOCK']);
});

describe('B-8 cost', () => {
  const costs = (miss: number, more = ''): string =>
    `slices: [region]\nclasses:\n  positive: fraud\n  costs: { miss: ${miss}, falseAlarm: 1${more} }\n`;
  const costsOf = async (pair: Parameters<typeof pairFolder>[0], yaml: string) => {
    const cwd = pairFolder(pair, { 'slicewise.yaml': yaml });
    const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    return findingsOf(report, 'cost-ranking');
  };

  test('catch: equal F1, and at 100 : 1 the run that misses less ranks first', async () => {
    const [finding] = await costsOf(sameF1(), costs(100));
    expect(finding!.reason).toMatch(/^RANKING DIFFERS: cost prefers the candidate, F does not: /);
    expect(finding!.reason).toContain('expected cost per 1,000 cases 1895 to 654.3');
    expect(finding!.reason).toContain("F1 of 'fraud' 0.7875 to 0.7875");
    expect(finding!.reason).toContain('misses 189 to 63, false alarms 49 to 243');
    expect(finding!.reason).toContain('the ranking flips where a miss costs 1.54 false alarms (here 100)');
    expect(finding!.verdict).toBeNull();
  });

  test('quiet: at 1 : 1 with the difference within its interval', async () => {
    const [finding] = await costsOf(sameF1Few(), costs(1));
    expect(finding!.reason).toMatch(/^no run is shown to be cheaper: /);
  });

  test('quiet: at 1 : 1 in the order of F1', async () => {
    const better = answerPairs([
      ['fraud', 'fraud', 'fraud', 60],
      ['fraud', 'no', 'fraud', 30],
      ['fraud', 'no', 'no', 10],
      ['no', 'fraud', 'no', 20],
      ['no', 'no', 'no', 880],
    ]);
    const [finding] = await costsOf(better, costs(1));
    expect(finding!.reason).toMatch(/^cost and F both prefer the candidate: /);
  });

  test('a slice may have costs of its own, and must exist', async () => {
    const own = ', slices: [{ column: region, value: eu, miss: 1, falseAlarm: 50 }]';
    const [overall, slice] = await costsOf(sameF1(), costs(100, own));
    expect(overall!.slice).toBeNull();
    expect(slice!.slice).toBe('passRate/region=eu');
    expect(slice!.reason).toMatch(/^RANKING DIFFERS: cost prefers the baseline/);
    const cwd = pairFolder(sameF1(), { 'slicewise.yaml': costs(100, own.replace('value: eu', 'value: EU')) });
    const wrong = await slicewise(['gate', 'old.jsonl', 'new.jsonl'], { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('region=EU, in which no case is'),
    ]);
  });

  test('a positive label that no case has is refused', async () => {
    const cwd = pairFolder(sameF1(), { 'slicewise.yaml': costs(100).replace('fraud', 'fruad') });
    const { code, stderr } = await slicewise(['gate', 'old.jsonl', 'new.jsonl'], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining('classes.positive is "fruad"')]);
    expect(stderr).toContain('did you mean "fraud"?');
  });
});

describe('B-14 kinds of mistakes', () => {
  test('catch: P as Q tripled while accuracy stays level', async () => {
    const { report, code } = await gatePair(doubledConfusion(), ['--slice', 'region']);
    expect([report.verdict, code]).toEqual(['REVIEW', 3]);
    const alarms = findingsOf(report, 'confusion-pairs').filter(({ verdict }) => verdict !== null);
    expect(alarms).toHaveLength(1);
    expect(alarms[0]!.reason).toMatch(
      /^'P' answered as 'Q' went from 12 to 36 of 300 cases \(3\.0 times\), 28 new and 4 gone; change 4\.\d% to 1\d\.\d%, adjusted p 0\.000039/,
    );
    expect(alarms[0]!.method).toContain('Holm over 2 tested cells, family-wise 0.05');
  });

  test('quiet: twice the traffic at an unchanged rate', async () => {
    const { report } = await gatePair(twiceTheTraffic());
    expect(findingsOf(report, 'confusion-pairs').filter(({ verdict }) => verdict !== null)).toEqual([]);
    expect(findingsOf(report, 'confusion-pairs')[0]!.reason).toContain("'P' as 'Q' 12 to 24 of 600");
  });
});

describe('answers that are no classes, or hardly', () => {
  const reasonFor = (report: Report, check: string) => findingsOf(report, check)[0]!.reason;

  test('one class only is no reason for a banner or a failure', async () => {
    const { report } = await gatePair(answerPairs([['yes', 'yes', 'yes', 60]]));
    expect(findingsOf(report, 'class-recall')).toEqual([]);
  });

  test('a class that is never answered has recall 0 and is named', async () => {
    const pair = answerPairs([
      ['a', 'a', 'a', 80],
      ['b', 'b', null, 40],
    ]);
    const { report } = await gatePair(pair);
    const [red] = findingsOf(report, 'class-recall').filter(({ verdict }) => verdict === 'BLOCK');
    expect(red!.remedy).toContain('mostly answered no answer (40)');
  });

  test('thousands of distinct labels are no classification, and the report says so', async () => {
    const counts = Array.from(
      { length: 6000 },
      (_, i) => [`label ${i}`, `label ${i}`, `label ${i}`, 1] as const,
    );
    const { report } = await gatePair(answerPairs(counts));
    expect(reasonFor(report, 'class-recall')).toContain(
      'not a classification: more than 2000 distinct labels',
    );
  });

  test('free texts beside a short reference are no classification', async () => {
    const counts = Array.from({ length: 90 }, (_, i) => {
      const text = `I think that the answer is ${i % 2 ? 'yes' : 'no'}, because of reason ${i % 40}`;
      return [i % 2 ? 'yes' : 'no', text, text, 1] as const;
    });
    const { report } = await gatePair(answerPairs(counts));
    expect(reasonFor(report, 'class-recall')).toContain('90 of 90 answers are no true label');
  });

  test('answers that are named as abstentions count as none, and levels of a map are scored', async () => {
    const pair = answerPairs([
      ['refund', 'refund', 'invoice', 12],
      ['refund', 'refund', 'refund', 68],
      ['invoice', 'invoice', 'unsure', 30],
      ['invoice', 'invoice', 'invoice', 50],
      ['hello', 'hello', 'hello', 80],
    ]);
    const cwd = pairFolder(pair, {
      'slicewise.yaml': 'slices: [region]\nclasses: { abstain: unsure, map: labels.csv }\n',
      'labels.csv': 'label,parent\nrefund,billing\ninvoice,billing\n',
      'cycle.yaml': 'classes: { map: cycle.csv }\n',
      'cycle.csv': 'label,parent\nrefund,billing\nbilling,refund\ninvoice,a\ninvoice,b\n',
    });
    const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    const reasons = findingsOf(report, 'class-recall').map(({ reason }) => reason);
    expect(reasons).toContain(
      'accuracy by level of the label map: labels (3) 100.0% to 82.5%; level 1 (2) 100.0% to 87.5%',
    );
    const pairs = findingsOf(report, 'confusion-pairs').map(({ reason }) => reason);
    expect(
      pairs.some((reason) => reason.startsWith("'invoice' answered as no answer went from 0 to 30 of 80")),
    ).toBe(true);
    const bad = await slicewise(['gate', 'old.jsonl', 'new.jsonl', '--config', 'cycle.yaml'], { cwd });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('the label "refund" is its own parent');
    expect(bad.stderr).toContain('the label "invoice" has the parents "a" and "b", must have one');
  });

  test('sets of labels have no floors, and no confusion table', async () => {
    const rows = (right: number) =>
      Array.from({ length: 60 }, (_, i) => ({
        ...{ case_id: `c${i}`, expected: ['a', i % 2 ? 'b' : 'c'], passed: i < right },
        predicted: i < right ? ['a', i % 2 ? 'b' : 'c'] : ['a'],
      }));
    const text = (right: number) =>
      rows(right)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join('');
    const cwd = workFolder({ 'old.jsonl': text(50), 'new.jsonl': text(48) });
    const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
    expect(findingsOf(report, 'class-recall').filter(({ verdict }) => verdict !== null)).toEqual([]);
    expect(reasonFor(report, 'confusion-pairs')).toContain('one label per case');
  });
});
