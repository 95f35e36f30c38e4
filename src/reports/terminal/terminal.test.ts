import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ARTICLE_BLOCK,
  FIXTURES,
  HOSTILE_NAMES,
  hostile,
  MANY_SLICES,
} from '../../../test/report-fixtures.ts';
import { renderReport } from '../render.ts';
import { barScale, drawBar } from './bar.ts';
import { styleOf } from './style.ts';
import { cellWidth, cutNames } from './width.ts';
import { wrap } from './wrap.ts';

const ASCII = styleOf({ columns: 80, color: false, ascii: true, all: false }).glyphs;
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not come out
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

describe('cells of a text', () => {
  test.each([
    ['refund_flow', 11],
    ['日本', 4],
    ['e\u0301', 1],
    ['ｱ', 1],
    ['Ａ', 2],
    ['\u{1f600}', 2],
    ['한국', 4],
    ['', 0],
  ])('%j takes %d', (text, width) => {
    expect(cellWidth(text)).toBe(width);
  });

  test('a name is cut in the middle', () => {
    expect(cutNames(['customer_support_refund'], 12, '…')).toEqual(['custom…efund']);
    expect(cutNames(['short'], 12, '…')).toEqual(['short']);
  });

  test('different names stay different after a cut', () => {
    const names = ['customer support one refund', 'customer support two refund'];
    const cut = cutNames(names, 14, '…');
    expect(new Set(cut).size).toBe(2);
    expect(cut.every((name) => cellWidth(name) <= 14)).toBe(true);
  });

  test('a cut of anything fits its width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 60 })),
        fc.integer({ min: 8, max: 40 }),
        (names, width) => {
          expect(cutNames(names, width, '…').every((name) => cellWidth(name) <= width)).toBe(true);
        },
      ),
    );
  });

  test('wrapped lines fit and lose no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme-ascii', maxLength: 50 })),
        fc.integer({ min: 24, max: 90 }),
        (words, width) => {
          const text = words.join(' ');
          const lines = wrap(text, { width, first: '- ', indent: 2 });
          expect(lines.every((line) => cellWidth(line) <= width)).toBe(true);
          expect(lines.join('').replaceAll(' ', '')).toBe(`-${text}`.replaceAll(' ', ''));
        },
      ),
    );
  });
});

test('a bar shows interval, estimate, zero and margin', () => {
  const delta = { estimate: -0.15, lower: -0.3, upper: -0.05, level: 0.95, method: 'x', n: 47 };
  const scale = barScale([delta], { zero: 0, mark: -0.1 }, 13);
  expect(drawBar(scale, delta, ASCII)).toBe('======o=:== |');
  expect(drawBar(scale, null, ASCII)).toBe('        :   |');
});

test('the first two lines answer the two questions', () => {
  expect(renderReport(ARTICLE_BLOCK, 'terminal').split('\n').slice(0, 3)).toEqual([
    'Ship?       BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)',
    'Believe it? Belief: 7 of 11 checks could run; 1 slice undecided; no production',
    '            sample',
  ]);
});

test('every number of a slice stands beside its n and its interval', () => {
  const row = renderReport(ARTICLE_BLOCK, 'terminal')
    .split('\n')
    .find((line) => line.startsWith('refund_flow'));
  expect(row).toMatch(
    /^refund_flow +47 +91\.5% +76\.6% +-14\.9 +-25\.6\.\.-3\.0 +\S+ +\.031 BLOCK$|━.*BLOCK$/,
  );
  expect(row).toContain('-25.6..-3.0');
});

test('200 slices take a screenful and a half, and --all shows every one', () => {
  const short = renderReport(MANY_SLICES, 'terminal');
  expect(short.split('\n').length).toBeLessThanOrEqual(78);
  expect(short).toContain('147 more slices (147 undecided) not shown');
  const all = renderReport(MANY_SLICES, 'terminal', { all: true });
  expect(all).not.toContain('not shown');
  for (const { value } of MANY_SLICES.slices) expect(all).toContain(`${value} `);
});

test('no colour means no escape, and colour changes nothing but escapes', () => {
  for (const report of Object.values(FIXTURES)) {
    const plain = renderReport(report, 'terminal');
    const colored = renderReport(report, 'terminal', { color: true });
    expect(plain).not.toContain('\u001b');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking the colour away
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  }
});

test('ASCII drawing of plain names is ASCII', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is the point
  expect(renderReport(ARTICLE_BLOCK, 'terminal', { ascii: true })).toMatch(/^[\x00-\x7f]*$/);
});

function wellBehaved(text: string, columns: number): void {
  for (const line of text.split('\n')) {
    expect(STEERING.test(line), JSON.stringify(line)).toBe(false);
    expect(cellWidth(line), line).toBeLessThanOrEqual(columns);
  }
}

test.each([60, 80, 100, 130, 200])('no fixture breaks a terminal of %d columns', (columns) => {
  for (const report of Object.values(FIXTURES)) {
    // Commands stay on one line; these are the only lines that may be longer.
    wellBehaved(
      renderReport({ ...report, next: [] }, 'terminal', { columns, all: columns === 100 }),
      columns,
    );
  }
});

test('no name breaks a table or reaches the terminal', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...HOSTILE_NAMES)), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.integer({ min: 60, max: 140 }),
      (names, columns) =>
        wellBehaved(renderReport({ ...hostile(names), next: [] }, 'terminal', { columns }), columns),
    ),
    { numRuns: 60 },
  );
});
