import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFromFlags } from '../config/index.ts';
import { configuredRuns, load } from './load.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-words-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const WORDS = { passWords: ['Bestanden'], failWords: ['verfehlt'] };
const TEXTS = ['bestanden', 'verfehlt', 'bestanden', 'true'];

/** Values of both runs case by case, and the profile. */
async function outcomes(flags: Parameters<typeof configFromFlags>[0]) {
  const config = configFromFlags({ ...flags, ...WORDS });
  const ports = { cwd, now: () => new Date(0), stdin: (async function* () {})(), progress: () => {} };
  const { engine } = await load(config, configuredRuns(config), ports);
  try {
    const table = await engine.table({
      groupings: [],
      measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
      minCases: 1,
      maxValues: 10,
      split: null,
      fold: false,
    });
    return {
      profile: await engine.profile(),
      candidate: [...table.candidate],
      baseline: [...(table.baseline ?? [])],
    };
  } finally {
    await engine.close();
  }
}

test('both runs of a wide file are read by the declared words', async () => {
  const rows = TEXTS.map((text, at) => `${at},${text},${TEXTS.at(-1 - at)}`);
  writeFileSync(join(cwd, 'wide.csv'), `id,passed_before,passed_after\n${rows.join('\n')}\n`);
  const { baseline, candidate } = await outcomes({ candidate: ['wide.csv'] });
  expect(baseline).toEqual([1, 0, 1, 1]);
  expect(candidate).toEqual([1, 1, 0, 1]);
});

test('Parquet is read by the declared words', async () => {
  const columnData = [
    { name: 'id', data: TEXTS.map((_, at) => `c${at}`), type: 'STRING' as const },
    { name: 'passed', data: TEXTS, type: 'STRING' as const },
  ];
  parquetWriteFile({ filename: join(cwd, 'new.parquet'), columnData });
  const { profile, candidate } = await outcomes({ candidate: ['new.parquet'] });
  expect(profile.candidate).toMatchObject({ rows: 4, scored: 4, unscored: 0 });
  expect(candidate).toEqual([1, 0, 1, 1]);
});
