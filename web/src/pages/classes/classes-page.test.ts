import { expect, test } from 'vitest';
import type { ConfusionMatrix } from '../../../../src/studio/contract/index.ts';
import { shortened } from '../../ui/foreign-name.ts';
import { cellKey, type OpenCell, readCellKey } from './cell-key.ts';
import { cellsOf, placeNames } from './matrix-cells.ts';
import { atThreshold, placeOf, readCost } from './threshold-numbers.ts';

const MATRIX: ConfusionMatrix = {
  name: 'all cases',
  rows: [
    { kind: 'class', label: 'a' },
    { kind: 'class', label: 'b' },
    { kind: 'others', classes: 3 },
  ],
  columns: [
    { kind: 'class', label: 'a' },
    { kind: 'class', label: 'b' },
    { kind: 'others', classes: 3 },
    { kind: 'no answer' },
  ],
  baseline: [
    [8, 2, 0, 0],
    [0, 5, 0, 0],
    [1, 0, 9, 0],
  ],
  candidate: [
    [6, 3, 0, 1],
    [0, 5, 0, 0],
    [0, 0, 10, 0],
  ],
  othersRight: { baseline: 7, candidate: 8 },
  n: { baseline: 25, candidate: 25 },
  pairs: [],
  unlisted: 0,
  tested: 0,
};

const textsOf = (show: 'candidate' | 'baseline' | 'difference', values: 'counts' | 'shares') =>
  cellsOf(MATRIX, show, values, 20).map(({ text }) => text);

test.each([
  ['candidate', 'counts', ['6', '3', '', '1', '', '5', '', '', '', '', '10', '']],
  ['baseline', 'counts', ['8', '2', '', '', '', '5', '', '', '1', '', '9', '']],
  ['difference', 'counts', ['−2', '+1', '', '+1', '', '', '', '', '−1', '', '+1', '']],
  ['candidate', 'shares', ['60', '30', '', '10', '', '100', '', '', '', '', '100', '']],
] as const)('cells of %s in %s', (show, values, texts) => {
  expect(textsOf(show, values)).toEqual(texts);
});

test('fewer right answers and more mistakes are worse; the cell of the others is neither', () => {
  const cells = cellsOf(MATRIX, 'difference', 'counts', 20);
  const better = (row: number, column: number) =>
    cells.find((cell) => cell.row === row && cell.column === column)!.better;
  expect([better(0, 0), better(0, 1), better(0, 3), better(2, 0), better(2, 2), better(1, 1)]).toEqual([
    false,
    false,
    false,
    true,
    null,
    null,
  ]);
});

test('names that are cut alike stay different', () => {
  const label = (end: string) => ({ kind: 'class' as const, label: `a very long name that ${end} ends` });
  const names = placeNames([label('x'), label('y')], 9);
  expect(new Set(names).size).toBe(2);
  expect(shortened('declined_card_payment', 12)).toBe('declin…yment');
  expect(shortened('a\u202Eb', 20)).not.toContain('\u202E');
});

test.each<OpenCell>([
  { run: 'candidate', expected: 'a"]', answer: { kind: 'class', label: '' } },
  { run: 'baseline', expected: '', answer: { kind: 'no answer' } },
  { run: 'candidate', expected: '\u202E', answer: { kind: 'error' } },
])('the address keeps the cell %j', (cell) => {
  expect(readCellKey(cellKey(cell))).toEqual(cell);
});

test.each(['', '{', 'c', 'c[]', 'x["a","class","b"]', 'c[1,"error"]', 'c["a","class"]', 'c["a","odd"]'])(
  'the address %j names no cell',
  (text) => {
    expect(readCellKey(text)).toBeNull();
  },
);

const POINTS = [null, 0.9, 0.5, 0.1].map((threshold, at) => ({
  threshold,
  truePositives: at,
  falsePositives: at,
  precision: null,
  recall: [0, 1] as const,
}));

test.each([
  ['', 2],
  ['none', 0],
  ['0.9', 1],
  ['0.95', 0],
  ['0.3', 2],
  ['0', 3],
  ['odd', 2],
])('the threshold %j of an address is place %i', (text, place) => {
  expect(placeOf(POINTS, text)).toBe(place);
});

test('figures of a threshold are counted by hand', () => {
  const point = {
    threshold: 0.5,
    truePositives: 30,
    falsePositives: 10,
    precision: null,
    recall: [0, 1] as const,
  };
  const found = atThreshold(point, { positives: 40, others: 60 }, { miss: 5, falseAlarm: 1 });
  expect(found).toMatchObject({ precision: 0.75, recall: 0.75, f1: 0.75, called: 0.4, costPer1000: 600 });
  expect(found.falseAlarmRate).toBeCloseTo(1 / 6, 12);
});

test.each([
  ['5', 5],
  [' 0.5 ', 0.5],
  ['-1', null],
  ['1e9', null],
  ['', null],
])('the cost %j reads as %j', (text, cost) => {
  expect(readCost(text)).toBe(cost);
});
