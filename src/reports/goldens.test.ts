import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIXTURES } from '../../test/report-fixtures.ts';
import { type Format, type ReportOptions, renderReport } from './index.ts';

/** Set SLICEWISE_UPDATE_GOLDENS=1 to write what is rendered now; review the difference like code. */
const FOLDER = new URL('./goldens/', import.meta.url);
const UPDATE = process.env.SLICEWISE_UPDATE_GOLDENS === '1';

const GOLDENS: readonly (readonly [
  file: string,
  fixture: string,
  format: Format,
  options?: ReportOptions,
])[] = [
  ['article-block.txt', 'article-block', 'terminal'],
  ['article-block-wide.txt', 'article-block', 'terminal', { columns: 130 }],
  ['article-block-ascii.txt', 'article-block', 'terminal', { ascii: true }],
  ['article-block-color.ansi', 'article-block', 'terminal', { color: true }],
  ['article-pass.txt', 'article-pass', 'terminal'],
  ['review.txt', 'review', 'terminal'],
  ['review-narrow.txt', 'review', 'terminal', { columns: 60 }],
  ['single-run.txt', 'single-run', 'terminal'],
  ['unpaired.txt', 'unpaired', 'terminal'],
  ['hostile.txt', 'hostile', 'terminal'],
  ['many-slices.txt', 'many-slices', 'terminal'],
  ['several-metrics.txt', 'several-metrics', 'terminal'],
  ['article-block.md', 'article-block', 'markdown'],
  ['single-run.md', 'single-run', 'markdown'],
  ['hostile.md', 'hostile', 'markdown'],
  ['single-run.json', 'single-run', 'json'],
  ['review.junit.xml', 'review', 'junit'],
  ['hostile.junit.xml', 'hostile', 'junit'],
  ['review.sarif', 'review', 'sarif'],
  ['review.csv', 'review', 'csv'],
  ['hostile.csv', 'hostile', 'csv'],
  ['review.github.txt', 'review', 'github'],
  ['hostile.github.txt', 'hostile', 'github'],
];

for (const [file, fixture, format, options = {}] of GOLDENS) {
  test(`${file} reads as it was reviewed`, () => {
    const text = renderReport(FIXTURES[fixture]!, format, options);
    const path = new URL(file, FOLDER);
    if (UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }
    expect(existsSync(path)).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });
}
