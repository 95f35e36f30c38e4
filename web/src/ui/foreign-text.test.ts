import { expect, test } from 'vitest';
import { tableCsv, tableMarkdown } from './figure-table.ts';
import { legible } from './legible.ts';

test.each([
  ['line breaks and tabs stay', 'a\r\nb\tc', 'a\r\nb\tc'],
  ['a right-to-left override is spelled out', 'user\u202egnp.exe', 'user\\u202egnp.exe'],
  ['terminal escapes are spelled out', '\u001b[31mred', '\\x1b[31mred'],
  ['markup is text', '<script>alert(1)</script>', '<script>alert(1)</script>'],
])('%s', (_, text, shown) => {
  expect(legible(text)).toBe(shown);
});

test('a table taken out of the page defuses formulas and markup', () => {
  const table = {
    columns: ['slice', 'n'],
    rows: [
      ['=HYPERLINK("x")', 3],
      ['<img src=x onerror=1>|', null],
    ],
  } as const;
  expect(tableCsv(table)).toBe('slice,n\r\n"\'=HYPERLINK(""x"")",3\r\n<img src=x onerror=1>|,\r\n');
  expect(tableMarkdown(table)).toBe(
    '| slice | n |\n|---|---|\n| =HYPERLINK("x") | 3 |\n| &lt;img src=x onerror=1&gt;&#124; |  |\n',
  );
});
