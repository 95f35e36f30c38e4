/** Four formats of three studies: they fit, they parse, and foreign names do nothing. */

import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { articleTable, pairSlices } from '../../../test/generators/index.ts';
import { renderStudy, runAa, runPower, runStrategies, type StudyResult } from '../index.ts';
import { studyFolder } from '../test-study.ts';

const HOSTILE = '=cmd|`rm`\u001b[31m<b>@team\n,"quoted"';

async function resultsOf(pair: ReturnType<typeof articleTable>, flags = {}): Promise<StudyResult[]> {
  const { config, ports } = studyFolder(pair, flags);
  return [
    await runPower({ config, drop: null, churn: null }, ports),
    await runAa({ config, runs: 20 }, ports),
    await runStrategies({ config, runs: 20, drop: 0.14, sliceValue: null }, ports),
  ];
}

test('pages for terminals keep to 80 columns and say their answers first', async () => {
  const pages = (await resultsOf(articleTable(), { floor: ['0.85'] })).map((result) =>
    renderStudy(result, 'terminal'),
  );
  for (const page of pages) {
    expect(Math.max(...page.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  }
  expect(pages.map((page) => page.split(' ')[0])).toEqual(['Sees', 'Blocks', 'Verdicts']);
});

test('JSON is the result itself, and CSV is a table', async () => {
  for (const result of await resultsOf(articleTable())) {
    expect(JSON.parse(renderStudy(result, 'json'))).toEqual(JSON.parse(JSON.stringify(result)));
    const [header, ...rows] = parse(renderStudy(result, 'csv')) as string[][];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(header?.length ?? 0);
  }
});

test('names from the data show as themselves and do nothing', async () => {
  const pair = pairSlices(
    [
      { slice: HOSTILE, n: 60, before: 50, lost: 9, gained: 2 },
      { slice: 'plain', n: 60, before: 50, lost: 4, gained: 4 },
      { slice: `${HOSTILE}2`, n: 9, before: 5, lost: 1, gained: 1 },
    ],
    { seed: 1 },
  );
  for (const result of await resultsOf(pair)) {
    for (const format of ['terminal', 'markdown', 'json', 'csv'] as const) {
      expect(renderStudy(result, format)).not.toContain('\u001b');
    }
    const markdown = renderStudy(result, 'markdown');
    expect(markdown).not.toMatch(/<b>|@team/);
    expect(renderStudy(result, 'csv')).not.toMatch(/(^|,|")=cmd/m);
  }
});

test('where no slice has enough cases the pages say so', async () => {
  const pair = pairSlices([{ slice: 'tiny', n: 9, before: 5, lost: 1, gained: 1 }], { seed: 1 });
  const [power, aa, strategies] = (await resultsOf(pair)).map((result) => renderStudy(result, 'terminal'));
  expect(power).toContain('nothing: no slice has enough cases to be gated');
  expect(aa).toContain('in 100.0 of 100 no slice has enough cases to be tested');
  expect(strategies).toContain('this gate: PASS');
});
