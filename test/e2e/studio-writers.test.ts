/** The ledger while the studio and commands write to it at the same time, and when one of them is killed in the middle. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type RunningStudio, startStudio } from '../browser/studio.ts';
import { slicewise, workFolder } from './cli.ts';

const article = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../examples/article/${name}`, import.meta.url)));

const CONFIG = `inputs:
  runs: { baseline: before.jsonl, candidate: after.jsonl }
slices:
  - segment
ledger: ledger.db
`;

const newFolder = () =>
  workFolder({
    'before.jsonl': article('before.jsonl'),
    'after.jsonl': article('after.jsonl'),
    'slicewise.yaml': CONFIG,
  });

/** Says something about a case; the text where it was acknowledged, else null. */
async function comment(studio: RunningStudio, caseId: string, text: string): Promise<string | null> {
  const answer = await studio
    .ask('comment-case', { caseId, text, who: 'ana' }, { write: true })
    .catch(() => null);
  return answer?.status === 200 ? text : null;
}

async function commentsOf(studio: RunningStudio, caseId: string): Promise<readonly string[]> {
  const { body } = await studio.ask('case-tags', { caseId });
  const { events } = body as {
    readonly events: readonly { readonly kind: string; readonly value: string }[];
  };
  return events.filter(({ kind }) => kind === 'comment').map(({ value }) => value);
}

/** Whether SQLite finds every page and index of a ledger as it should be. */
function integrity(cwd: string): unknown {
  const database = new DatabaseSync(join(cwd, 'ledger.db'));
  try {
    return database.prepare('PRAGMA integrity_check').all();
  } finally {
    database.close();
  }
}

const CASE = 'refund_flow/001';

test('two studios and commands that record write at the same time, and nothing is lost', async () => {
  const cwd = newFolder();
  expect((await slicewise(['gate', '--quiet'], { cwd })).code).toBe(1);
  const studios = await Promise.all([startStudio([], { cwd }), startStudio([], { cwd })]);
  const gates = Array.from({ length: 4 }, (_, i) =>
    slicewise(['gate', '--quiet', '--record-as', `branch-${i}`], { cwd }),
  );
  const texts = await Promise.all(
    studios.flatMap((studio, s) =>
      Array.from({ length: 40 }, (_, i) => comment(studio, CASE, `${s}: note ${i}`)),
    ),
  );
  expect((await Promise.all(gates)).map(({ code, stderr }) => [code, stderr])).toEqual(
    Array.from({ length: 4 }, () => [1, '']),
  );
  expect(texts).not.toContain(null);
  for (const studio of studios) {
    expect([...(await commentsOf(studio, CASE))].sort()).toEqual([...texts].sort());
  }
  const { body } = await studios[0]!.ask('runs');
  expect((body as { readonly runs: readonly unknown[] }).runs.length).toBeGreaterThanOrEqual(5);
  expect(await Promise.all(studios.map((studio) => studio.close()))).toEqual([0, 0]);
  expect(integrity(cwd)).toEqual([{ integrity_check: 'ok' }]);
});

test('a studio that is killed in the middle of writing has kept everything that it acknowledged', async () => {
  const cwd = newFolder();
  const acknowledged: string[] = [];
  for (const wait of [0, 15, 40]) {
    const studio = await startStudio([], { cwd });
    await comment(studio, CASE, `warm ${wait}`).then((text) => acknowledged.push(text!));
    const writes = Array.from({ length: 200 }, (_, i) =>
      comment(studio, CASE, `${wait}: note ${i}`).then((text) => {
        if (text !== null) acknowledged.push(text);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, wait));
    studio.process.kill('SIGKILL');
    await Promise.all(writes);
  }
  const studio = await startStudio([], { cwd });
  const kept = await commentsOf(studio, CASE);
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
  expect(acknowledged.length).toBeGreaterThanOrEqual(3);
  expect((await slicewise(['gate', '--quiet'], { cwd })).code).toBe(1);
  expect(await studio.close()).toBe(0);
  expect(integrity(cwd)).toEqual([{ integrity_check: 'ok' }]);
});

test('a command that is killed while it records leaves a ledger that the studio and later commands use', async () => {
  const cwd = newFolder();
  const studio = await startStudio([], { cwd });
  for (const wait of [150, 300, 450]) {
    const killed = slicewise(['gate', '--quiet', '--record-as', `killed-${wait}`], {
      cwd,
      nodeArgs: [
        '--import',
        `data:text/javascript,setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${wait})`,
      ],
    });
    const text = await comment(studio, CASE, `beside ${wait}`);
    expect(text).not.toBeNull();
    await killed;
  }
  expect(await commentsOf(studio, CASE)).toEqual(
    expect.arrayContaining(['beside 150', 'beside 300', 'beside 450']),
  );
  expect((await slicewise(['gate', '--quiet'], { cwd })).code).toBe(1);
  expect(await studio.close()).toBe(0);
  expect(integrity(cwd)).toEqual([{ integrity_check: 'ok' }]);
});
