/** The share of slices in training data, before and after. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFromFlags } from '../config/index.ts';
import { trainingKey } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import { trainingShares } from './training-mix.ts';
import { trainingPass } from './training-pass.ts';

const cwd = mkdtempSync(join(tmpdir(), 'slicewise-training-'));
afterAll(() => rmSync(cwd, { recursive: true }));
beforeAll(() => {
  const rows = (count: number, row: object) => `${JSON.stringify(row)}\n`.repeat(count);
  writeFileSync(join(cwd, 'old.jsonl'), rows(12, { customer: 'acme' }) + rows(88, { customer: 'globex' }));
  writeFileSync(
    join(cwd, 'new.csv'),
    `customer,text\n${'acme,x\n'.repeat(31)}${'globex,x\n'.repeat(67)}${',x\n'.repeat(2)}`,
  );
});

const scope = {
  groupings: [
    {
      grouping: { kind: 'column', id: 'customer', column: 'customer' },
      role: 'gated',
      dimension: 'customer',
    },
    { grouping: { kind: 'column', id: 'region', column: 'region' }, role: 'gated', dimension: 'region' },
    { grouping: { kind: 'column', id: 'text', column: 'text' }, role: 'shown', dimension: 'text' },
  ],
} as unknown as Scope;

const mixOf = async (train: readonly string[], trainBaseline: readonly string[]) => {
  const config = configFromFlags({});
  const inputs = { ...config.inputs, train, trainBaseline };
  const ports = { cwd, progress: () => {} };
  const pass = trainingPass({ inputs, baselines: undefined }, scope, ports, undefined);
  return trainingShares({ ...config, inputs }, scope, pass, ports);
};
const acme = trainingKey({ grouping: 'customer', state: 'value', value: 'acme' });

describe('training mix', () => {
  it('is the share of rows before and after, those without the key in the total', async () => {
    const { training, notes } = await mixOf(['new.csv'], ['old.jsonl']);
    const mix = training.get(acme)!;
    expect([mix.baseline?.estimate, mix.baseline?.n]).toEqual([0.12, 100]);
    expect([mix.candidate?.estimate, mix.candidate?.n]).toEqual([0.31, 100]);
    expect(notes).toEqual([
      'the old training data have no column for region',
      'the new training data have no column for region',
      '2 of 100 rows of the new training data have no customer',
    ]);
    expect([...training.keys()].some((key) => key.includes('region') || key.includes('text'))).toBe(false);
  });

  it('of the new data alone has no before, and is not read where nothing is named', async () => {
    const { training } = await mixOf(['new.csv'], []);
    expect(training.get(acme)).toMatchObject({ baseline: null, candidate: { estimate: 0.31 } });
    expect((await mixOf([], [])).training.size).toBe(0);
  });

  it('is an error where a file cannot be read', async () => {
    await expect(mixOf(['none.jsonl'], [])).rejects.toThrow('the file does not exist');
  });
});
