import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepareRequest } from '../../request/index.ts';
import { openSession } from '../session.ts';
import { suspectsWork } from './label-suspects.ts';

const folder = mkdtempSync(join(tmpdir(), 'slicewise-twins-'));
const ports = { cwd: folder, now: () => new Date('2026-03-01T00:00:00Z'), progress: () => {} };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
  writeFileSync(
    join(folder, 'run.jsonl'),
    [...rows, ...twins]
      .map((row) => JSON.stringify({ ...row, passed: row.expected === row.predicted }))
      .join('\n'),
  );
  const flags = { baseline: ['run.jsonl'], candidate: ['run.jsonl'] };
  const session = await openSession(await prepareRequest({ flags, configFile: null }, folder), ports);
  const { suspects, compared } = await suspectsWork(session).run(() => {});
  await session.close();
  expect(compared).toBe(86);
  expect(suspects.map(({ caseId }) => caseId).toSorted()).toEqual(twins.map((twin) => twin.case_id));
});
