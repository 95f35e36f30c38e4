/** The blocks of a feature space: every column gives one, and a text column gives one per kind of gram. */

import { UsageError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import type { ClassifierOptions, FeatureColumn } from '../types.ts';

/** Where features come from. Numbers are cut at `edges`: value v is in bin i where edges[i - 1] <= v < edges[i]. */
export type FeatureBlock =
  | {
      readonly kind: 'words' | 'characters';
      readonly column: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: 'category'; readonly column: string }
  | { readonly kind: 'number'; readonly column: string; readonly edges: readonly number[] };

/** Bins that a column of numbers is cut into, with about as many rows in each. */
const BINS = 10;

/**
 * The blocks that these columns give, in their order. Edges of numbers come from their values alone, never from labels.
 *
 * @throws UsageError without a column, for columns of different lengths or with the same name, and for texts without any kind of gram
 */
export function featureBlocks(
  columns: readonly FeatureColumn[],
  options: ClassifierOptions,
): readonly FeatureBlock[] {
  checkColumns(columns);
  const blocks = columns.flatMap((column): FeatureBlock[] => {
    if (column.kind === 'category') return [{ kind: 'category', column: column.name }];
    if (column.kind === 'number')
      return [{ kind: 'number', column: column.name, edges: cutPoints(column.values) }];
    return (['words', 'characters'] as const).flatMap((kind) => {
      const range = options[kind];
      return range === null ? [] : [{ kind, column: column.name, least: range[0], most: range[1] }];
    });
  });
  if (blocks.length === 0) {
    throw new UsageError({ message: 'words and characters are both null: there is nothing to learn from' });
  }
  return blocks;
}

function checkColumns(columns: readonly FeatureColumn[]): void {
  if (columns.length === 0) throw new UsageError({ message: 'there is no column to learn from' });
  const names = new Set(columns.map(({ name }) => name));
  if (names.size < columns.length) {
    throw new UsageError({
      message: `two columns have the same name: ${[...names].sort(compareText).join(', ')}`,
    });
  }
  const rows = columns[0]!.values.length;
  const odd = columns.find(({ values }) => values.length !== rows);
  if (odd === undefined) return;
  throw new UsageError({
    message: `column ${odd.name} has ${odd.values.length} values, column ${columns[0]!.name} ${rows}`,
  });
}

/** Tenths of the values that are there; equal ones once. */
function cutPoints(values: ArrayLike<number | null>): readonly number[] {
  const present = Float64Array.from(
    Array.from(values).filter((value): value is number => value !== null && Number.isFinite(value)),
  ).sort();
  const edges = Array.from(
    { length: BINS - 1 },
    (_, i) => present[Math.floor(((i + 1) * present.length) / BINS)],
  );
  return [...new Set(edges.filter((edge) => edge !== undefined && edge > present[0]!))] as number[];
}

/**
 * How the one feature is written that a row has of a category (`=` and the value) or of numbers (its bin).
 *
 * @example wholeName({ kind: 'number', column: 'length', edges: [10, 20] }, 12) // '10 to below 20'
 */
export function wholeName(
  block: FeatureBlock & { readonly kind: 'category' | 'number' },
  value: string | number | null | undefined,
): string {
  if (block.kind === 'category') return typeof value === 'string' ? `=${value}` : 'none';
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'none';
  const { edges } = block;
  if (edges.length === 0) return 'any';
  const next = edges.findIndex((edge) => value < edge);
  if (next === 0) return `below ${edges[0]}`;
  if (next < 0) return `from ${edges[edges.length - 1]}`;
  return `${edges[next - 1]} to below ${edges[next]}`;
}
