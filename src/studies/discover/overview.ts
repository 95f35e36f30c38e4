/** The cases beside single slices: dimensions ranked, the error tree, two dimensions crossed, what goes together. */

import {
  associationMatrix,
  correctedCorrelationRatio,
  dimensionsFromColumns,
  errorTree,
  heatmap,
  RANK_DEFAULTS,
  rankDimensions,
  type TreeNode,
} from '../../discovery/index.ts';
import { toEstimate, toValue } from './error-scale.ts';
import type { Associations, CrossedColumns, RankedColumn, TreeLine } from './result.ts';
import type { SearchColumn } from './search-columns.ts';
import type { SearchedCases } from './searched-cases.ts';

/** How a column is called: tags are dimensions of their own. */
export function columnName({ column, tag }: SearchColumn): string {
  return tag === null ? column : `${column}: ${tag}`;
}

/** @param gated columns that the configuration gates on */
export function rankColumns(
  { input, columns, scale }: SearchedCases,
  gated: ReadonlySet<string>,
  settings: { readonly seed: number; readonly level: number; readonly minCases: number },
): readonly RankedColumn[] {
  const { table, half, cluster } = input;
  const rows = { values: table.error, counts: table.count, half, clusters: cluster };
  const data = dimensionsFromColumns(
    columns.map((column) => ({
      id: columnName(column),
      gated: gated.has(column.column),
      labels: column.values.map(({ label }) => label),
      codes: column.codes,
    })),
    rows,
  );
  const { dimensions } = rankDimensions(data, { ...RANK_DEFAULTS, ...settings, larger: 'worse' });
  return dimensions.map(({ id, gated: isGated, values, omegaSquared, worst, proposed, reason }) => ({
    ...{ name: id, gated: isGated, values, explained: omegaSquared, proposed, reason },
    worst: worst && { label: worst.label, rate: toEstimate(worst.rate, scale) },
  }));
}

/** The error tree as lines, the root first. */
export function treeLines({ input, columns, scale }: SearchedCases, minLeaf: number): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  const visit = (node: TreeNode): void => {
    const last = node.path.at(-1);
    const name = last === undefined ? 'all cases' : columns[last.column]!.values[last.code - 1]!.name;
    lines.push({
      depth: node.path.length,
      condition: last?.has === false ? `not ${name}` : name,
      cases: node.cases,
      rate: toEstimate(node.rate, scale),
      errorShare: node.errorShare,
      stopped: node.stopped,
    });
    node.children.forEach(visit);
  };
  visit(errorTree(input, { maxDepth: 3, minLeaf, alpha: 0.05, level: 0.95 }));
  return lines;
}

/** Association from which two dimensions are not worth crossing. */
const NEARLY_SAME = 0.5;

/** Values of a crossed dimension, at most. */
const MOST_VALUES = 60;

/** The two dimensions that explain most, crossed; null where there are no two. */
export function crossColumns(
  cases: SearchedCases,
  ranked: readonly RankedColumn[],
  associations: Associations | null,
): CrossedColumns | null {
  const { columns, input, scale } = cases;
  const top = ranked
    .map(({ name }) => columns.findIndex((column) => columnName(column) === name))
    .filter((at) => columns[at]!.values.length >= 2 && columns[at]!.values.length <= MOST_VALUES);
  const [first] = top;
  // Two columns that say nearly the same would fill the diagonal alone.
  const second = top.find(
    (at) =>
      first !== undefined &&
      columns[at]!.column !== columns[first]!.column &&
      (associations?.pairs[first]?.[at] ?? 0) <= NEARLY_SAME,
  );
  if (first === undefined || second === undefined) return null;
  const map = heatmap(input, first, second);
  // Values that are too rare for a code come last, and only where there are any.
  const order = (at: number): readonly number[] => {
    const { values, rareCases } = columns[at]!;
    return [...values.map((_, i) => i + 1), ...(rareCases > 0 ? [0] : [])];
  };
  const labels = (at: number) =>
    order(at).map((code) => (code === 0 ? '(rare values)' : columns[at]!.values[code - 1]!.label));
  return {
    ...{ rows: columnName(columns[first]!), columns: columnName(columns[second]!) },
    ...{ rowLabels: labels(first), columnLabels: labels(second) },
    cells: order(first).map((a) =>
      order(second).map((b) => {
        const { cases: n, rate, errorShare } = map.cells[a]![b]!;
        const turned = rate && toEstimate(rate, scale);
        return {
          cases: n,
          ...{ rate: turned?.estimate ?? null, lower: turned?.lower ?? null, upper: turned?.upper ?? null },
          errorShare,
        };
      }),
    ),
  };
}

/** Counting every pair of columns is worth so many steps. */
const MOST_STEPS = 200_000_000;
const MOST_COLUMNS = 100;

/** Which columns go together; null for too many. */
export function associate(cases: SearchedCases): Associations | null {
  const { columns, input } = cases;
  const steps = (columns.length * (columns.length - 1) * input.table.rows) / 2;
  if (columns.length < 2 || columns.length > MOST_COLUMNS || steps > MOST_STEPS) return null;
  const { pairs, withMetric } = associationMatrix(input);
  return {
    columns: columns.map(columnName),
    pairs: pairs.map((row) => row.map((pair) => pair?.corrected ?? null)),
    withMetric: withMetric.map(correctedCorrelationRatio),
  };
}

/** The mean of the metric over all cases, now and before, and the sum of errors. */
export function overallOf({ input, scale }: SearchedCases) {
  const { error, before, count, weight } = input.table;
  const size = weight ?? count;
  let [total, now, then] = [0, 0, 0];
  for (let row = 0; row < error.length; row++) {
    total += size[row]!;
    now += size[row]! * error[row]!;
    if (before !== null) then += size[row]! * before[row]!;
  }
  return {
    rate: total === 0 ? null : toValue(now / total, scale),
    before: total === 0 || before === null ? null : toValue(then / total, scale),
    errors: now,
  };
}
