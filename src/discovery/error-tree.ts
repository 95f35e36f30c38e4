/** An honest error tree: splits are chosen on one half of the cases, rates are those of the other half. */

import type { Estimate } from '../stats/index.ts';
import { bestSplit, type Split, type SplitRefusal } from './error-split.ts';
import { meanError } from './row-tests.ts';
import { type ClusteredTable, type HalvedTable, halvesOf, sumRows } from './rows.ts';
import { type ErrorKind, errorKind } from './slice-tests.ts';
import { isSummable, keepsSpread, meanOfSums } from './sum-tests.ts';

/** When a node is split. */
export interface TreeOptions {
  /** Levels of splits, at least 0. */
  readonly maxDepth: number;
  /** Least cases on either side of a split, of the half that chooses. */
  readonly minLeaf: number;
  /** A split must gain more than the best of as many chance splits would with this probability; 1 takes any gain. */
  readonly alpha: number;
  /** Confidence level of the rates, in (0, 1). */
  readonly level: number;
}

export const TREE_DEFAULTS: TreeOptions = { maxDepth: 3, minLeaf: 20, alpha: 0.05, level: 0.95 };

/** A condition on the path to a node: the column has the code, or has not. */
export interface TreeCondition {
  readonly column: number;
  readonly code: number;
  readonly has: boolean;
}

/** One node. Numbers are those of the half that had no part in choosing; `chosenOn` are those of the other. */
export interface TreeNode {
  readonly path: readonly TreeCondition[];
  readonly cases: number;
  readonly rate: Estimate;
  /** Share of all errors of this half that lie in the node; null where there are none. */
  readonly errorShare: number | null;
  readonly chosenOn: { readonly cases: number; readonly rate: number | null };
  readonly split: Split | null;
  /** Why the node is not split. */
  readonly stopped: SplitRefusal | 'the tree ends at this depth' | null;
  /** Cases that meet the split's condition, then the others; empty for a leaf. */
  readonly children: readonly TreeNode[];
}

/**
 * Grows the tree by the largest gain in error deviance on half 0 and reports rates of half 1.
 *
 * Cost: rows x columns per level.
 */
export function errorTree(input: HalvedTable, options: TreeOptions = TREE_DEFAULTS): TreeNode {
  const [choose, report] = halvesOf(input);
  const kind = errorKind(input.table);
  const errors = sumErrors(report, allRows(report));
  const grow = (path: readonly TreeCondition[], chosen: Int32Array, reported: Int32Array): TreeNode => {
    const outcome =
      path.length >= options.maxDepth
        ? ({ split: null, stopped: 'the tree ends at this depth' } as const)
        : bestSplit(choose.table, chosen, kind, options);
    const { split } = outcome;
    return {
      path,
      cases: casesIn(report, reported),
      rate: rateOf(report, reported, kind, options.level),
      errorShare: errors === 0 ? null : sumErrors(report, reported) / errors,
      chosenOn: plainNumbers(choose, chosen),
      ...outcome,
      children:
        split === null
          ? []
          : [true, false].map((has) => {
              const condition = { column: split.column, code: split.code, has };
              const [own, theirs] = [
                rowsWith(choose, chosen, condition),
                rowsWith(report, reported, condition),
              ];
              return grow([...path, condition], own, theirs);
            }),
    };
  };
  return grow([], allRows(choose), allRows(report));
}

function allRows({ table }: ClusteredTable): Int32Array {
  const rows = new Int32Array(table.rows);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  return rows;
}

/** Those of the rows that meet a condition. */
function rowsWith(
  { table }: ClusteredTable,
  rows: Int32Array,
  { column, code, has }: TreeCondition,
): Int32Array {
  const { codes } = table.columns[column]!;
  const kept = new Int32Array(rows.length);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    kept[size] = rows[i]!;
    if ((codes[rows[i]!] === code) === has) size++;
  }
  return kept.slice(0, size);
}

/** Mean error of some rows, by their sums where those are enough. */
function rateOf(data: ClusteredTable, rows: Int32Array, kind: ErrorKind, level: number): Estimate {
  const inside = new Uint8Array(data.table.rows);
  for (let i = 0; i < rows.length; i++) inside[rows[i]!] = 1;
  if (isSummable(data, { question: 'worse', kind })) {
    const sums = sumRows(data.table, inside, 1);
    if (keepsSpread(sums, { question: 'worse', kind })) return meanOfSums(sums, { kind, level });
  }
  return meanError(data, inside, 1, { kind, level });
}

function casesIn({ table }: ClusteredTable, rows: Int32Array): number {
  let cases = 0;
  for (let i = 0; i < rows.length; i++) cases += table.count[rows[i]!]!;
  return cases;
}

function sumErrors({ table }: ClusteredTable, rows: Int32Array): number {
  const sizes = table.weight ?? table.count;
  let errors = 0;
  for (let i = 0; i < rows.length; i++) errors += sizes[rows[i]!]! * table.error[rows[i]!]!;
  return errors;
}

function plainNumbers(data: ClusteredTable, rows: Int32Array): TreeNode['chosenOn'] {
  const sizes = data.table.weight ?? data.table.count;
  let weight = 0;
  for (let i = 0; i < rows.length; i++) weight += sizes[rows[i]!]!;
  return { cases: casesIn(data, rows), rate: weight === 0 ? null : sumErrors(data, rows) / weight };
}
