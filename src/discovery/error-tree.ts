/** An honest error tree: splits are chosen on one half of the cases, rates are those of the other half. */

import type { Estimate } from '../stats/index.ts';
import { bestSplit, type Part, type Split, type SplitRefusal, sumPart } from './error-split.ts';
import { noSums } from './kernel/index.ts';
import { meanError } from './row-tests.ts';
import { type ClusteredTable, type HalvedTable, halvesOf } from './rows.ts';
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
  const errors = sumPart(report.table, allRows(report)).error;
  const grow = (path: readonly TreeCondition[], chosen: Int32Array, reported: Int32Array): TreeNode => {
    const outcome =
      path.length >= options.maxDepth
        ? ({ split: null, stopped: 'the tree ends at this depth' } as const)
        : bestSplit(choose.table, chosen, kind, options);
    const { split } = outcome;
    const own = sumPart(report.table, reported);
    const theirs = sumPart(choose.table, chosen);
    return {
      path,
      cases: own.cases,
      rate: rateOf(report, reported, own, { kind, level: options.level }),
      errorShare: errors === 0 ? null : own.error / errors,
      chosenOn: { cases: theirs.cases, rate: theirs.weight === 0 ? null : theirs.error / theirs.weight },
      ...outcome,
      children:
        split === null
          ? []
          : [true, false].map((has) => {
              const condition = { column: split.column, code: split.code, has };
              return grow(
                [...path, condition],
                rowsWith(choose, chosen, condition),
                rowsWith(report, reported, condition),
              );
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
function rateOf(
  data: ClusteredTable,
  rows: Int32Array,
  { cases, weight, error, squares }: Part,
  options: { readonly kind: ErrorKind; readonly level: number },
): Estimate {
  const asked = { question: 'worse', kind: options.kind } as const;
  const sums = { ...noSums(), cases, weight, error, errorSquares: squares };
  if (isSummable(data, asked) && keepsSpread(sums, asked)) return meanOfSums(sums, options);
  const inside = new Uint8Array(data.table.rows);
  for (let i = 0; i < rows.length; i++) inside[rows[i]!] = 1;
  return meanError(data, inside, 1, options);
}
