import { expect, test } from 'vitest';
import { madeSessions } from '../testing/made-sessions.ts';
import { suspectsWork } from './label-suspects.ts';

const { openPrepared, write } = madeSessions('2026-03-01T00:00:00Z');

test('a text that stands there six times with one wrong label is a suspect: no model learned the label from its twins', async () => {
  const words = {
    login: ['password', 'sign', 'account', 'locked', 'reset'],
    refund: ['money', 'return', 'paid', 'refund', 'charged'],
  };
  const rows = Array.from({ length: 80 }, (_, i) => {
    const label = i % 2 === 0 ? 'login' : 'refund';
    const of = (step: number) => words[label][Math.floor(i / 2 + step) % 5];
    return { case_id: `c${i}`, input: `${of(0)} ${of(1)} ${of(3)} ${i}`, expected: label, predicted: label };
  });
  const twins = Array.from({ length: 6 }, (_, i) => ({
    ...{ case_id: `twin${i}`, input: 'password account zzyzx zzyzx qwxyz qwxyz' },
    ...{ expected: 'refund', predicted: 'login' },
  }));
  const run = write(
    'run.jsonl',
    [...rows, ...twins].map((row) => ({ ...row, passed: row.expected === row.predicted })),
  );
  const session = await openPrepared({ baseline: run, candidate: run });
  const { suspects, compared } = await suspectsWork(session).run(() => {});
  expect(compared).toBe(86);
  expect(suspects.map(({ caseId }) => caseId).toSorted()).toEqual(twins.map((twin) => twin.case_id));
});
