import { expect, test } from 'vitest';
import type { Flags } from '../../config/index.ts';
import { madeSessions } from '../testing/made-sessions.ts';
import { slicesAnswer } from './slices-answer.ts';

const { openPrepared, write } = madeSessions('2026-03-01T00:00:00Z');

/** 80 cases with so many trials each, in two segments and twenty groups. */
async function bandsOf(trials: number, flags: Partial<Flags>) {
  const rows = Array.from({ length: 80 * trials }, (_, i) => {
    const [at, trial] = [i % 80, Math.floor(i / 80)];
    const label = at % 3 === 0 ? 'yes' : 'no';
    return {
      ...{ case_id: `k${at}`, segment: 'ab'[at % 2], group: at % 20, passed: (at + trial) % 4 > 0 },
      ...(trials === 1 ? { expected: label, predicted: at % 7 === 0 ? 'no' : label } : { trial }),
    };
  });
  const run = write('run.jsonl', rows);
  const session = await openPrepared({ baseline: run, candidate: run, slice: ['segment'], ...flags });
  return slicesAnswer(session.release).noBands;
}

test('shares of single independent cases have bands of chance', async () => {
  expect(await bandsOf(1, { metric: ['passRate', 'errorRate'] })).toEqual([]);
});

test.each([
  ['clusters', 1, { map: ['cluster=group'], metric: ['passRate'] }, 'clusters'],
  ['several trials', 3, { metric: ['passRate'] }, 'share of its trials'],
  ['recall of a class', 1, { metric: ['recall:yes'] }, 'figure of classes'],
] as const)('%s have none, and the reason is told', async (_, trials, flags, reason) => {
  const [own, ...more] = await bandsOf(trials, flags);
  expect(own?.reason).toContain(reason);
  expect(more).toEqual([]);
});
