/** What each cell of a confusion matrix shows: counts or shares of the true class, of one run or as a difference. */

import type { CellAnswer, ConfusionMatrix, MatrixPlace } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { shortened } from '../../ui/foreign-name.ts';

export type MatrixShow = 'candidate' | 'baseline' | 'difference';
export type MatrixValues = 'counts' | 'shares';

/** One cell, ready to be drawn. */
export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  /** Names on the axes; unique. */
  readonly y: string;
  readonly x: string;
  /** Right answers; the cell of the other classes is both right and wrong. */
  readonly isRight: boolean;
  readonly before: number | null;
  readonly after: number;
  /** Cases or share, or their difference. */
  readonly value: number;
  /** What the cell says; empty for nothing. */
  readonly text: string;
  /** From 0 to 1: how strong the colour is. */
  readonly strength: number;
  /** Of a difference: more right answers or fewer mistakes are better; null for no difference, and where it cannot be told. */
  readonly better: boolean | null;
}

const MINUS = '−';

/** Names of rows and columns, short and different from each other. */
export function placeNames(places: readonly MatrixPlace[], longest: number): readonly string[] {
  const seen = new Map<string, number>();
  return places.map((place) => {
    const name = placeName(place, longest);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** The name of one row or column. */
export function placeName(place: MatrixPlace, longest = 400): string {
  if (place.kind === 'class') return shortened(place.label, longest) || '(empty)';
  return place.kind === 'others' ? `${place.classes} others` : `(${place.kind})`;
}

/** What a column stands for as an answer; null for several classes. */
export function answerOf(place: MatrixPlace): CellAnswer | null {
  return place.kind === 'others' ? null : place;
}

/** All cells, row by row. */
export function cellsOf(
  matrix: ConfusionMatrix,
  show: MatrixShow,
  values: MatrixValues,
  longest: number,
): readonly MatrixCell[] {
  const { rows, columns, baseline, candidate } = matrix;
  const [yNames, xNames] = [placeNames(rows, longest), placeNames(columns, longest)];
  const sums = {
    before: baseline?.map(sum) ?? null,
    after: candidate.map(sum),
  };
  const raw = rows.flatMap((rowPlace, row) =>
    columns.map((columnPlace, column) => {
      const before = baseline === null ? null : baseline[row]![column]!;
      const after = candidate[row]![column]!;
      const ofBefore =
        before === null ? null : values === 'counts' ? before : shareOf(before, sums.before![row]!);
      const ofAfter = values === 'counts' ? after : shareOf(after, sums.after[row]!);
      const value =
        show === 'candidate' ? ofAfter : show === 'baseline' ? (ofBefore ?? 0) : ofAfter - (ofBefore ?? 0);
      const isOthers = rowPlace.kind === 'others' && columnPlace.kind === 'others';
      const isRight =
        rowPlace.kind === 'class' && columnPlace.kind === 'class' && rowPlace.label === columnPlace.label;
      return { row, column, y: yNames[row]!, x: xNames[column]!, isRight, isOthers, before, after, value };
    }),
  );
  const largest = (right: boolean) =>
    Math.max(
      ...raw.filter((cell) => cell.isRight === right && !cell.isOthers).map(({ value }) => Math.abs(value)),
      0,
    );
  const [mostRight, mostWrong] = [largest(true), largest(false)];
  return raw.map(({ isOthers, ...cell }): MatrixCell => {
    // Right answers would drown the mistakes, which are what one looks for.
    const most =
      show === 'difference' ? Math.max(mostRight, mostWrong) : cell.isRight ? mostRight : mostWrong;
    return {
      ...cell,
      text: cell.value === 0 ? '' : cellText(cell.value, values, show === 'difference'),
      strength: isOthers || most === 0 ? 0 : Math.min(1, Math.abs(cell.value) / most),
      better: show !== 'difference' || cell.value === 0 || isOthers ? null : cell.value > 0 === cell.isRight,
    };
  });
}

/** A count or a share in percent; of a difference with its sign. */
export function cellText(value: number, values: MatrixValues, isDifference: boolean): string {
  const size = Math.abs(value);
  const text =
    values === 'counts' ? countText(size) : (100 * size).toFixed(size > 0 && size < 0.0995 ? 1 : 0);
  if (!isDifference) return text;
  return `${value < 0 ? MINUS : '+'}${text}`;
}

function shareOf(cases: number, all: number): number {
  return all === 0 ? 0 : cases / all;
}

function sum(row: readonly number[]): number {
  return row.reduce((all, cell) => all + cell, 0);
}
