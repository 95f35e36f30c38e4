/** The training data are read once, whoever wants them. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configFromFlags } from '../config/index.ts';
import { openRelease } from '../pipeline.ts';
import type { Scope } from '../scope/index.ts';
import { openStore } from './overlap/open-store.ts';
import { trainingPass } from './training-pass.ts';

const cwd = mkdtempSync(join(tmpdir(), 'slicewise-training-pass-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const scope = {
  groupings: [
    {
      grouping: { kind: 'column', id: 'customer', column: 'customer' },
      role: 'gated',
      dimension: 'customer',
    },
  ],
} as unknown as Scope;

const write = (name: string, rows: readonly object[]) =>
  writeFileSync(join(cwd, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

const training = [
  { text: 'pay me', label: 'pay', customer: 'acme' },
  { text: 'top up', label: 'top', customer: 'globex' },
  { text: 'no label', customer: 'acme' },
];

describe('a pass over training data', () => {
  const config = configFromFlags({});
  const wanting = {
    inputs: { ...config.inputs, train: ['train.jsonl'] },
    baselines: { simple: ['bag-of-words'], runs: [] } as never,
  };

  it.each([true, false])(
    'gives all that is wanted of it, whether somebody else reads (%s) or nobody',
    async (elsewhere) => {
      write('train.jsonl', training);
      const said: string[] = [];
      const pass = trainingPass(wanting, scope, { cwd, progress: (text) => said.push(text) }, 'label');
      if (elsewhere) {
        const store = await openStore({ store: 'train', files: ['train.jsonl'], cwd, listen: pass.listen });
        for await (const _ of store.rows());
      } else await pass.mix();
      // From now on there is nothing to read.
      rmSync(join(cwd, 'train.jsonl'));
      expect((await pass.mix())?.rows).toBe(3);
      expect(await pass.labelled()).toEqual([
        { text: 'pay me', label: 'pay' },
        { text: 'top up', label: 'top' },
      ]);
      expect(said).toEqual(elsewhere ? [] : ['reading training data']);
    },
  );

  it('says which column is missing only where rows are to be learnt from', async () => {
    write('train.jsonl', [{ text: 'pay me', customer: 'acme' }]);
    const pass = trainingPass(wanting, scope, { cwd, progress: () => {} }, 'truth');
    expect((await pass.mix())?.rows).toBe(1);
    await expect(pass.labelled()).rejects.toThrow('no column that is known as the label');
  });
});

it('a gate that looks for its cases in training data reads the mix of slices on the way', async () => {
  write('train.jsonl', training);
  const runs = Array.from({ length: 40 }, (_, at) => ({
    id: `c${at}`,
    customer: at % 2 ? 'acme' : 'globex',
    input: `question number ${at}`,
    pass: at % 3 > 0,
  }));
  write('new.jsonl', runs);
  write('old.jsonl', runs);
  const config = configFromFlags({
    baseline: ['old.jsonl'],
    candidate: ['new.jsonl'],
    by: ['customer'],
  } as never);
  const said: string[] = [];
  const release = await openRelease(
    {
      config: { ...config, inputs: { ...config.inputs, train: ['train.jsonl'] } },
      waivers: [],
      inputs: '',
      rules: '',
      recordAs: 'main',
    },
    { cwd, now: () => new Date(0), progress: (text) => said.push(text) },
    { records: false },
  );
  await release.close();
  const shares = [...release.described.training.values()].map(({ candidate }) => candidate?.n);
  expect(shares).toEqual([3, 3]);
  expect(said.filter((text) => text.includes('training data'))).toEqual([
    'looking for cases in training data',
  ]);
});
