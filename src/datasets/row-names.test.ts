/** Rows are named by whole line numbers, with their file wherever there are several. */

import { expect, test } from 'vitest';
import { rowNames } from './row-names.ts';

test('rows of one file are their lines, and the legend names the file', () => {
  const { of, legend } = rowNames([{ file: 'a/very/long/path/train.csv', line: 7 }]);
  expect([of({ file: 'a/very/long/path/train.csv', line: 1173 }), legend]).toEqual([
    '1173',
    'lines of a/very/long/path/train.csv',
  ]);
});

test('rows of several files carry the number of their file, in order of first appearance', () => {
  const places = [
    { file: 'b.csv', line: 1 },
    { file: 'a.csv', line: 1 },
    { file: 'b.csv', line: 2 },
  ];
  const { of, legend } = rowNames(places);
  expect(places.map(of)).toEqual(['1:1', '2:1', '1:2']);
  expect(legend).toBe('1: b.csv, 2: a.csv');
});

test('a long list of files is cut, and says how many it leaves out', () => {
  const places = Array.from({ length: 25 }, (_, at) => ({ file: `${at}.csv`, line: 1 }));
  expect(rowNames(places).legend).toMatch(/20: 19\.csv and 5 more$/);
});

test('names of files cannot break a line', () => {
  const { legend } = rowNames([{ file: 'a\n\u001b[31m.csv', line: 1 }]);
  expect(['\n', '\u001b'].filter((control) => legend.includes(control))).toEqual([]);
});
