/** An honest error tree: splits are chosen on one half of the cases, rates are those of the other half. */

import type { Estimate } from '../stats/index.ts';
import type { DiscoveryInput } from './discover.ts';
import { bestSplit, type Split, type SplitRefusal } from './error-split.ts';
import { meanError } from './row-tests.ts';
import { type ClusteredTable, rowsOfSlice, takeHalf } from './rows.ts';
import { type ErrorKind, errorKind } from './slice-tests.ts';

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
export function errorTree(input: DiscoveryInput, options: TreeOptions = TREE_DEFAULTS): TreeNode {
  const choose = takeHalf(input, input.half, 0);
  const report = takeHalf(input, input.half, 1);
  const kind = errorKind(input.table);
  const errors = sumErrors(report, new Uint8Array(report.table.rows).fill(1));
  const grow = (path: readonly TreeCondition[]): TreeNode => {
    const chosen = rowsOnPath(choose, path);
    const reported = rowsOnPath(report, path);
    const outcome =
      path.length >= options.maxDepth
        ? ({ split: null, stopped: 'the tree ends at this depth' } as const)
        : bestSplit(choose.table, chosen, kind, options);
    const { split } = outcome;
    return {
      path,
      ...numbersOf(report, reported, kind, options.level),
      errorShare: errors === 0 ? null : sumErrors(report, reported) / errors,
      chosenOn: plainNumbers(choose, chosen),
      ...outcome,
      children:
        split === null
          ? []
          : [true, false].map((has) => grow([...path, { column: split.column, code: split.code, has }])),
    };
  };
  return grow([]);
}

/** 1 for each row that meets all conditions. */
function rowsOnPath({ table }: ClusteredTable, path: readonly TreeCondition[]): Uint8Array {
  const inside = rowsOfSlice(
    table,
    path.filter(({ has }) => has),
  );
  for (const { column, code } of path.filter(({ has }) => !has)) {
    const { codes } = table.columns[column]!;
    for (let row = 0; row < table.rows; row++) if (codes[row] === code) inside[row] = 0;
  }
  return inside;
}

function numbersOf(data: ClusteredTable, inside: Uint8Array, kind: ErrorKind, level: number) {
  const cases = inside.reduce((sum, mark, row) => sum + mark * data.table.count[row]!, 0);
  return { cases, rate: meanError(data, inside, 1, { kind, level }) };
}

const weightOf = ({ table }: ClusteredTable, row: number) => (table.weight ?? table.count)[row]!;

function sumErrors(data: ClusteredTable, inside: Uint8Array): number {
  return inside.reduce((sum, mark, row) => sum + mark * weightOf(data, row) * data.table.error[row]!, 0);
}

function plainNumbers(data: ClusteredTable, inside: Uint8Array): TreeNode['chosenOn'] {
  const cases = inside.reduce((sum, mark, row) => sum + mark * data.table.count[row]!, 0);
  const weight = inside.reduce((sum, mark, row) => sum + mark * weightOf(data, row), 0);
  return { cases, rate: weight === 0 ? null : sumErrors(data, inside) / weight };
}
