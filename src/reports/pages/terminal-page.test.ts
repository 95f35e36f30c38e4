import { expect, test } from 'vitest';
import { cellWidth } from '../terminal/width.ts';
import type { Page } from './page.ts';
import { terminalPage } from './terminal-page.ts';

const right = (header: string) => ({ header, align: 'right' }) as const;

const page: Page = {
  answers: [{ label: 'Cases', text: '60 cases of one run, of which none is without a verdict' }],
  tables: [
    {
      title: 'Slices by lift over the best constant answer, smallest first',
      columns: [
        { header: 'slice: constant answer', align: 'left' },
        right('n'),
        right('score'),
        right('new run'),
        right('lift'),
        right('interval'),
      ],
      rows: [
        [
          'customer=a-very-long-name-of-a-customer-that-is-cut',
          '30',
          '0.333',
          '1.000',
          '+0.667',
          '+.477..+.808',
        ],
        ['all', '60', '0.333', '1.000', '', '+.541..+.773'],
        ['left out', '1', '', '', '', ''],
      ],
      most: 2,
    },
  ],
  notes: ['--train FILE sets the training rows of each class beside its recall'],
};

const shown = (columns: number) => terminalPage(page, { columns, ascii: true, all: false });

test('a table that is too wide for a narrow terminal stands row by row, and loses nothing', () => {
  expect(shown(40)).toBe(`Cases     60 cases of one run, of which
          none is without a verdict

Slices by lift over the best constant
  answer, smallest first
customer=a-very-long~ustomer-that-is-cut
  n 30, score 0.333, new run 1.000, lift
  +0.667, interval +.477..+.808
all
  n 60, score 0.333, new run 1.000,
  interval +.541..+.773
and 1 more (--all shows them)

- --train FILE sets the training rows of
  each class beside its recall
`);
});

test.each([40, 47, 60, 79, 80, 120])('no line is wider than a terminal of %d columns', (columns) => {
  for (const line of shown(columns).split('\n')) expect(cellWidth(line), line).toBeLessThanOrEqual(columns);
});
