/** `slicewise power`, `aa` and `strategies` by the built command: answers, files, refusals, and the report that quotes A/A. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/gate/index.ts';
import type { AaResult, PowerResult, StrategiesResult } from '../../src/studies/index.ts';
import { articleTable } from '../generators/index.ts';
import { slicewise, workFolder } from './cli.ts';
import { gateIn, pairFolder } from './gate-run.ts';

const RUNS = ['old.jsonl', 'new.jsonl'];
const article = () => pairFolder(articleTable({ others: 'one' }));

/** Runs a study that must succeed and reads its JSON. */
async function jsonOf<T>(cwd: string, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await slicewise([...args, '--format', 'json', '--quiet'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

describe('power', () => {
  it('prints what each slice sees on one page, and the same as JSON', async () => {
    const cwd = article();
    const { code, stdout } = await slicewise(['power', ...RUNS], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Sees {6}a drop of 15\.0 points is seen by 3 of 5 gated slices/);
    expect(stdout).toMatch(/^refund_flow +47 +14\.9 +0\.0 +\.010 /m);
    const { slices } = await jsonOf<PowerResult>(cwd, ['power', ...RUNS, '--drop', '0.15']);
    expect(slices.find(({ value }) => value === 'refund_flow')).toMatchObject({ n: 47, casesForDrop: 75 });
  });

  it('works on one run with an assumed churn', async () => {
    const cwd = article();
    const { code, stdout } = await slicewise(['power', 'new.jsonl', '--churn', '0.06'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('churn is assumed to be 6.0%');
  });

  it('takes the configuration of the gate', async () => {
    const cwd = article();
    const { small } = await jsonOf<PowerResult>(cwd, ['power', ...RUNS, '--min-cases', '100']);
    expect(small.map(({ value, lacks }) => [value, lacks])).toEqual([
      ['escalation_route', 11],
      ['refund_flow', 53],
    ]);
  });
});

describe('aa', () => {
  it('counts false alarms, and the next report on the same results quotes them', async () => {
    const cwd = article();
    const before = await gateIn(cwd, ['gate', ...RUNS]);
    expect(checkOf(before.report)?.status).toBe('not checkable');
    const result = await jsonOf<AaResult>(cwd, ['aa', ...RUNS, '--runs', '200']);
    expect(result.modes.map(({ mode }) => mode)).toEqual(['label swap', 'split halves']);
    expect(result.modes[0]?.aboveBlockBudget).toBe(false);
    const after = await gateIn(cwd, ['gate', ...RUNS]);
    expect(after.report.runHash).toBe(result.runHash);
    expect(checkOf(after.report)).toMatchObject({
      status: 'checked',
      method: 'A/A by label swap, 200 releases, seed 20250101',
    });
    const other = await gateIn(cwd, ['gate', ...RUNS, '--margin', '0.1']);
    expect(checkOf(other.report)?.status).toBe('not checkable');
  });

  it('writes the same bytes every time', async () => {
    const cwd = article();
    const args = ['aa', ...RUNS, '--runs', '50', '--quiet', '--format', 'json'];
    const [one, other] = [await slicewise(args, { cwd }), await slicewise(args, { cwd })];
    expect(one.stdout).toBe(other.stdout);
  });
});

describe('strategies', () => {
  it("puts the article's table in numbers", async () => {
    const cwd = article();
    const args = ['strategies', ...RUNS, '--floor', '0.85', '--slice-value', 'refund_flow', '--runs', '200'];
    const { strategies, targets } = await jsonOf<StrategiesResult>(cwd, args);
    const of = (id: string) => strategies.find((strategy) => strategy.id === id);
    expect(of('weighted-mean')?.verdict).toBe('PASS');
    expect(of('raw-minimum')?.verdict).toBe('BLOCK');
    expect(of('raw-minimum')?.falseBlocks.rate).toBeGreaterThan(0.9);
    expect(of('this-gate')?.verdict).toBe('BLOCK');
    expect(targets.map(({ kind }) => kind)).toEqual(['average', 'smallest', 'chosen']);
  });
});

it('writes files by their endings, whole', async () => {
  const cwd = article();
  const { code } = await slicewise(['power', ...RUNS, '--out', 'p.md', '--out', 'p.csv', '--out', 'p.json'], {
    cwd,
  });
  expect(code).toBe(0);
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  expect(read('p.md')).toContain('| `refund_flow` | 47 |');
  expect(read('p.csv')).toMatch(/^id,metric,dimension,value,critical,n,/);
  expect((JSON.parse(read('p.json')) as PowerResult).study).toBe('power');
});

describe('refusals', () => {
  it.each([
    [['power', ...RUNS, '--drop', 'much'], '--drop is "much", must be a number such as 0.15'],
    [['power', ...RUNS, '--churn', '2'], '--churn is 2, must be from 0 to 1'],
    [['aa', ...RUNS, '--runs', '0'], '--runs is 0, must be a whole number from 1 to 1000000'],
    [['aa', 'new.jsonl', 'gone.jsonl'], 'the file does not exist (gone.jsonl)'],
    [['aa'], 'no run is named'],
    [['strategies', 'new.jsonl'], 'there is one run only'],
    [['strategies', ...RUNS, '--slice-value', 'x'], '--slice-value x is no gated slice with enough cases'],
    [['strategies', ...RUNS, '--out', 'old.jsonl', '--format', 'csv'], 'is an input'],
    [
      ['power', ...RUNS, '--out', 'p.sarif'],
      '--out p.sarif asks for sarif, which only reports of the gate have',
    ],
  ])('%j', async (args, message) => {
    const cwd = article();
    const { code, stdout, stderr } = await slicewise(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(existsSync(join(cwd, '.slicewise'))).toBe(false);
  });
});

function checkOf({ findings }: Report) {
  return findings.find(({ check }) => check === 'gate-self-check');
}

describe('docs/guide/know-your-gate.md', () => {
  const root = new URL('../../', import.meta.url);
  const page = readFileSync(new URL('docs/guide/know-your-gate.md', root), 'utf8');
  const blocks = [...page.matchAll(/```console\n\$ slicewise (.*)\n([\s\S]*?)```/g)];

  it('shows three commands', () => {
    expect(blocks.map(([, command]) => command?.split(' ')[0])).toEqual(['power', 'aa', 'strategies']);
  });

  it.each(blocks.map(([, command = '', shown = '']) => [command, shown] as const))(
    'slicewise %s prints what the page shows',
    async (command, shown) => {
      const example = (name: string) => readFileSync(new URL(`examples/article/${name}`, root));
      const cwd = workFolder({
        'examples/article/before.jsonl': example('before.jsonl'),
        'examples/article/after.jsonl': example('after.jsonl'),
      });
      const { code, stdout } = await slicewise([...command.split(' '), '--quiet'], { cwd });
      expect(code).toBe(0);
      const printed = stdout.split('\n');
      const missing = shown
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '…' && !printed.includes(line));
      expect(missing).toEqual([]);
    },
  );
});
