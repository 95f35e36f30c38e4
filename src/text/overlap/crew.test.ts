import { expect, test } from 'vitest';
import { startCrew } from './crew.ts';
import type { Inputs } from './crew-work.ts';

const JOB = {
  grams: { unit: 'word', n: 1 },
  ratio: { numerator: 1, denominator: 2 },
  leastStored: 1,
  packsFrom: Number.POSITIVE_INFINITY,
} as const;

test('answers come in the order of inputs, however long each took and whoever gave it', async () => {
  const crew = startCrew(JOB, 2);
  const sizes = Array.from({ length: 60 }, (_, k) => (k % 7 === 0 ? 20_000 : 1) + k);
  function* batches(): Generator<Inputs['hash']> {
    for (const size of sizes) yield [Array.from({ length: size }, (_, k) => `w${k}`).join(' ')];
  }
  const tokens: number[] = [];
  await crew.each('hash', batches(), ({ heads }) => void tokens.push(heads[0]!));
  await crew.stop();
  expect(tokens).toEqual(sizes);
}, 60_000);

test('what fails in a thread fails the work, and nobody goes on', async () => {
  const crew = startCrew(JOB, 1);
  let given = 0;
  function* batches(): Generator<Inputs['hash']> {
    // The worker is first and cannot read this; without an end to it, this thread would go on for ever.
    for (;;) yield given++ === 0 ? [null as unknown as string] : ['some words'];
  }
  await expect(crew.each('hash', batches(), () => {})).rejects.toThrow(/null/);
  const before = given;
  await expect(crew.give('hash', ['more'])).rejects.toThrow(/null/);
  await crew.stop();
  expect(given).toBe(before);
}, 60_000);
