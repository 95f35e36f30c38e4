/** `equal:` by the built command: a gap between languages calls for a review, and equal ones do not. */

import { expect, test } from 'vitest';
import { languages } from '../generators/index.ts';
import { slicewise } from './cli.ts';
import { gateIn, pairFolder } from './gate-run.ts';

const YAML = 'slices: [language]\nequal: [language]\n';

test('catch: one of four languages at .70 against .86 is a review that names the pair', async () => {
  const cwd = pairFolder(languages(1, true), { 'slicewise.yaml': YAML });
  const { report, code } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
  expect([report.verdict, code]).toEqual(['REVIEW', 3]);
  const [finding] = report.findings.filter(({ check }) => check === 'equal-dimensions');
  expect(finding).toMatchObject({ verdict: 'REVIEW', slice: 'passRate/language=th' });
  expect(finding!.reason).toMatch(
    /^language must stay equal, and 'th' lies 16\.0% below '(?:de|en|fr)' \(\d+\.\d% to \d+\.\d%, corrected for all pairs\); the margin is 5\.0%; 2 more pairs beyond it$/,
  );
});

test('a margin of its own is kept to', async () => {
  const yaml = 'slices: [language]\nequal: [{ column: language, margin: 0.2 }]\n';
  const cwd = pairFolder(languages(1, true), { 'slicewise.yaml': yaml });
  const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
  const own = report.findings.filter(({ check }) => check === 'equal-dimensions');
  expect(own.filter(({ verdict }) => verdict !== null)).toEqual([]);
});

test('quiet: four languages at one rate ask for no review in at least 95 of 100 tables', async () => {
  const reviews = await Promise.all(
    Array.from({ length: 12 }, async (_, seed) => {
      const cwd = pairFolder(languages(seed + 1, false), { 'slicewise.yaml': YAML });
      const { report } = await gateIn(cwd, ['gate', 'old.jsonl', 'new.jsonl']);
      return report.findings.some(({ check, verdict }) => check === 'equal-dimensions' && verdict !== null);
    }),
  );
  expect(reviews.filter(Boolean).length).toBeLessThanOrEqual(2);
}, 120_000);

test('a column that no run has, and one that is named twice, are refused', async () => {
  const cwd = pairFolder(languages(1, true), {
    'a.yaml': 'slices: [language]\nequal: [lang]\n',
    'b.yaml': 'slices: [language]\nequal: [language, { column: language }]\n',
  });
  const unknown = await slicewise(['gate', 'old.jsonl', 'new.jsonl', '--config', 'a.yaml'], { cwd });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("equal names 'lang'")]);
  const twice = await slicewise(['gate', 'old.jsonl', 'new.jsonl', '--config', 'b.yaml'], { cwd });
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('for the second time')]);
});
