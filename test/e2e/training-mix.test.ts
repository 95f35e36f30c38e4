/** The share of each slice in the old and the new training files stands beside its delta, and no cause is claimed. */

import { expect, test } from 'vitest';
import { gateIn, pairFolder, sliceOf } from './gate-run.ts';

const CUSTOMERS = ['acme', 'beta', 'gamma'];

test('a mix that came to over-represent one customer is shown beside the loss of another', async () => {
  const rows = (lost: number) =>
    CUSTOMERS.flatMap((customer) =>
      Array.from({ length: 60 }, (_, i) => ({
        case_id: `${customer}-${i}`,
        customer,
        passed: !(customer === 'beta' && i < lost),
      })),
    );
  const training = (acme: number, beta: number, without: number) =>
    [
      ...Array(acme).fill('acme'),
      ...Array(beta).fill('beta'),
      ...Array(100 - acme - beta - without).fill('gamma'),
    ]
      .map((customer) => JSON.stringify({ customer, text: 'x' }))
      .concat(Array(without).fill(JSON.stringify({ text: 'x' })))
      .join('\n');
  const cwd = pairFolder(
    { baseline: rows(0), candidate: rows(14) },
    {
      'train-old.jsonl': training(12, 40, 0),
      'train-new.jsonl': training(31, 20, 4),
      'slicewise.yaml':
        'inputs:\n  runs: { baseline: old.jsonl, candidate: new.jsonl }\n' +
        '  train: { baseline: train-old.jsonl, candidate: train-new.jsonl }\nslices: [customer]\n',
    },
  );
  const { report, stdout, code } = await gateIn(cwd, ['gate']);
  expect(code).toBe(1);
  expect(sliceOf(report, 'acme').train).toMatchObject({
    baseline: { estimate: 0.12, n: 100 },
    candidate: { estimate: 0.31, n: 100 },
  });
  expect(stdout).toContain('12.0% -> 31.0%');
  expect(stdout).toContain('40.0% -> 20.0%');
  expect(stdout).toMatch(/4 [^\n]*without/);
  expect(stdout).not.toMatch(/because|caused by/);
});
