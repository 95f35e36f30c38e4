import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importTexts, textFile } from '../../../../test/import-texts.ts';
import { sharedPath } from '../../../../test/shared-folder.ts';
import { openMultiAgentImporter } from './importer.ts';

const rec = (caseId: string, scorer: string, more: object = {}) => ({
  schemaVersion: 1,
  recordId: `${caseId}-${scorer}`,
  evalRunId: 'run-1',
  source: 'offline',
  timestampUnixMs: 1784332800000,
  evalSet: { name: 'set', version: '1' },
  caseId,
  repeat: 1,
  scorer: { name: scorer, version: '2' },
  status: 'scored',
  score: 1,
  pass: true,
  metadata: {},
  ...more,
});
const report = (records: readonly object[], more: object = {}) =>
  JSON.stringify(
    { schemaVersion: 1, evalRunId: 'run-1', evalSet: { name: 'set', version: '1' }, records, ...more },
    null,
    1,
  );
const SET = JSON.stringify({
  name: 'set',
  version: '1',
  cases: [{ id: 'a', input: 'in', expected: 'out', tags: ['upper', 'short'] }],
});
const read = async (...records: readonly object[]) =>
  importTexts(openMultiAgentImporter, { 'r.json': report(records) });

describe('a report', () => {
  test('gives one result per case and repeat, with every scorer as a metric', async () => {
    const { results, summary, problems } = await importTexts(openMultiAgentImporter, {
      'r.json': report([
        rec('a', 'exact'),
        rec('b', 'exact', { score: 0, pass: false }),
        rec('a', 'style', { score: 0.5, pass: undefined, reason: 'dull' }),
        rec('a', 'exact', { repeat: 2, score: 0, pass: false }),
      ]),
      'set.json': SET,
    });
    expect(problems).toEqual([]);
    expect(results.map(({ caseId, trial, passed, score }) => [caseId, trial, passed, score])).toEqual([
      ['b', '1', false, 0],
      ['a', '1', true, 1],
      ['a', '2', false, 0],
    ]);
    expect(results[1]).toMatchObject({
      run: 'run-1',
      scores: { exact: 1, 'exact.pass': true, style: 0.5 },
      input: 'in',
      expected: 'out',
      tags: { tag: ['upper', 'short'] },
      extra: { 'reason.style': 'dull' },
      timestamp: '2026-07-18T00:00:00.000Z',
      judgeFingerprint: 'exact@2, style@2',
    });
    expect(summary.notes).toContain(
      'run-1 has 2 scorers; "exact", the first one, decides unless another is named',
    );
  });

  test('a scorer that failed leaves the row unscored, a target that failed is an error', async () => {
    const failed = { score: undefined, pass: undefined, error: { message: 'boom' } };
    const { results } = await read(
      rec('a', 'exact', { status: 'scorer_error', ...failed }),
      rec('b', 'exact', { status: 'target_error', ...failed }),
      rec('c', 'exact', { status: 'skipped', ...failed }),
    );
    expect(
      results.map(({ caseId, status, error, passed, scores }) => [caseId, status, error, passed, scores]),
    ).toEqual([
      ['a', 'unscored', undefined, null, { exact: null }],
      ['b', 'error', 'boom', null, { exact: null }],
      ['c', 'unscored', undefined, null, { exact: null }],
    ]);
    expect(results[0]?.extra).toMatchObject({ 'scorer_error.exact': 'boom' });
  });

  test('the scorer that the user names decides', async () => {
    const text = report([rec('a', 'exact'), rec('a', 'style', { score: 0.2, pass: false })]);
    const { results } = await importTexts(openMultiAgentImporter, { 'r.json': text }, 'style');
    expect(results).toMatchObject([{ passed: false, score: 0.2 }]);
  });

  test('a record without its keys is named', async () => {
    const { problems } = await read(rec('a', 'exact'), { status: 'scored' });
    expect(problems).toEqual(['record 2 has no "caseId", "scorer.name" or "status" (r.json:30)']);
  });
});

const real = sharedPath('importers', 'open-multi-agent');
if (real === null) console.warn('skipped: the real open-multi-agent files are not here');

describe.skipIf(real === null)('the real files', () => {
  const text = (name: string): string => readFileSync(`${real}/${name}`, 'utf8');

  test('hold 2 records, hello and world, score 1, repeat 1; the set gives the tag upper', async () => {
    const names = ['baseline.json', 'set.json', 'gate.json', 'routing-stability-gate.json'];
    for (const name of names)
      expect(openMultiAgentImporter.recognises(textFile(name, text(name)))).toBe(true);
    const files = Object.fromEntries(names.map((name) => [name, text(name)]));
    const { results, summary, problems } = await importTexts(openMultiAgentImporter, files);
    expect(problems).toEqual([]);
    expect(results).toMatchObject([
      {
        caseId: 'hello',
        trial: '1',
        passed: true,
        score: 1,
        input: 'hello',
        expected: 'HELLO',
        tags: { tag: ['upper'] },
      },
      {
        caseId: 'world',
        trial: '1',
        passed: true,
        score: 1,
        input: 'world',
        expected: 'WORLD',
        tags: { tag: ['upper'] },
      },
    ]);
    expect(summary.ownNumbers.map(({ name, value, ours }) => [name, value, ours])).toEqual([
      ['exact scoredCount', 2, 2],
      ['exact avg', 1, 1],
      ['exact passRate', 1, 1],
    ]);
    expect(summary.notes).toEqual([
      'gate.json is a gate policy, not results; it was not read',
      'routing-stability-gate.json is a gate policy, not results; it was not read',
    ]);
  });

  test('without the set, where the tags are is said', async () => {
    const { results, summary } = await importTexts(openMultiAgentImporter, {
      'baseline.json': text('baseline.json'),
    });
    expect(results[0]?.tags).toEqual({});
    expect(summary.notes).toEqual([
      'the tags of baseline-uppercase-1 are in the eval set uppercase@1.0.0, which was not given: name its file too to get slices',
    ]);
  });

  test.each(['gate.json', 'routing-stability-gate.json'])('%s alone is refused as a policy', async (name) => {
    const { problems } = await importTexts(openMultiAgentImporter, { [name]: text(name) });
    expect(problems).toEqual([
      `the file is a gate policy of open-multi-agent, which holds thresholds and no results (${name}:undefined)`,
    ]);
  });

  test.each(['baseline.json', 'set.json'])('%s cut off or damaged names file and line', async (name) => {
    const files = { 'baseline.json': text('baseline.json'), 'set.json': text('set.json') };
    const whole = text(name);
    const cut = await importTexts(openMultiAgentImporter, { ...files, [name]: whole.slice(0, -40) });
    expect(cut.problems[0]).toMatch(new RegExp(`\\(${name.replace('.', '\\.')}:\\d+\\)$`));
    const at = whole.indexOf('world"') - 1;
    const broken = await importTexts(openMultiAgentImporter, {
      ...files,
      [name]: `${whole.slice(0, at)}?${whole.slice(at)}`,
    });
    const line = whole.slice(0, at).split('\n').length;
    expect(broken.problems[0]).toContain(`(${name}:${line})`);
  });
});
