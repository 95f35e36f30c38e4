/** The worksheet of a sample: one row per item with why it was drawn, and empty columns for what a person sees. */

import type { ColumnMapping } from '../../cases/index.ts';
import { csvCell } from '../../reports/index.ts';
import { permanentNumber } from '../../sampling/index.ts';
import type { DrawnCase } from './drawn-case.ts';

/** Columns of every worksheet; slice keys stand between `stratum` and `input`. */
export const WORKSHEET = {
  item: 'item',
  place: 'place',
  why: 'why',
  stratum: 'stratum',
  probability: 'probability',
  slice: 'slice.',
  input: 'input',
  output: 'output',
  tags: 'tags',
  comment: 'comment',
} as const;

const CHARACTERS = 8_000;

/**
 * The worksheet as CSV for spreadsheets, in an order by chance: whoever stops half way has looked at a random half.
 *
 * @param strataOf whether the stratum may be used for the variance; else the column stays empty
 */
export function worksheetText(
  cases: readonly DrawnCase[],
  {
    mapping,
    by,
    seed,
    strataOf,
  }: {
    readonly mapping: ColumnMapping;
    readonly by: readonly { readonly name: string }[];
    readonly seed: number;
    readonly strataOf: (one: DrawnCase) => string | null;
  },
): string {
  const header = [
    WORKSHEET.item,
    WORKSHEET.place,
    WORKSHEET.why,
    WORKSHEET.stratum,
    WORKSHEET.probability,
    ...by.map(({ name }) => `${WORKSHEET.slice}${name}`),
    WORKSHEET.input,
    WORKSHEET.output,
    WORKSHEET.tags,
    WORKSHEET.comment,
  ];
  const rows = cases
    .map((one) => ({ one, number: permanentNumber(seed, 'worksheet', one.name) }))
    .toSorted((a, b) => a.number - b.number)
    .map(({ one }) => [
      one.name,
      `${one.file}:${one.line}`,
      one.why,
      strataOf(one),
      one.probability,
      ...by.map(({ name }) => one.slices[name] ?? null),
      textOf(one, mapping.input),
      textOf(one, mapping.output),
      null,
      null,
    ]);
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A long text is cut, with a mark; the case itself is whole. */
function textOf({ cells }: DrawnCase, column: string | undefined): string | null {
  const cell = column === undefined ? undefined : cells.get(column);
  if (cell === undefined) return null;
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS).toWellFormed()} [cut]` : text;
}
