/** Grouped and stratified folds of the rows: near-duplicates and the cases of one group share a fold. */

import { UsageError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import type { Random } from '../../stats/index.ts';
import type { FoldReport } from './build-report.ts';
import type { BuildRequest } from './build-request.ts';
import { stratifiedGroupFolds } from './folds.ts';
import type { SplitItem } from './split-rows.ts';

/** Labels in code point order, and the code of each item; -1 without a label. */
export function classCodes(items: readonly SplitItem[]): {
  readonly names: readonly string[];
  readonly code: Int32Array;
} {
  const names = [...new Set(items.flatMap(({ label }) => (label === null ? [] : [label])))].toSorted(
    compareText,
  );
  const place = new Map(names.map((label, at) => [label, at]));
  return { names, code: Int32Array.from(items, ({ label }) => (label === null ? -1 : place.get(label)!)) };
}

/**
 * Folds of all items; those without a label are a class of their own.
 *
 * @throws UsageError where there are fewer groups than folds
 */
export function foldsOf(
  items: readonly SplitItem[],
  component: Int32Array,
  { folds, group }: Pick<BuildRequest, 'folds' | 'group'>,
  random: Random,
): { readonly fold: Int32Array; readonly report: FoldReport } {
  const { names, code } = classCodes(items);
  const label = code.map((one) => (one < 0 ? names.length : one));
  const groups = joined(
    component,
    group === null ? null : items.map(({ values }) => values.get(group) ?? null),
  );
  const count = new Set(groups).size;
  if (count < folds) {
    throw new UsageError({
      message: `--folds is ${folds}, and there are only ${count} groups that must stay whole`,
      hint: 'fewer folds, or another --group',
    });
  }
  const rank = Float64Array.from({ length: items.length }, () => random.nextFloat());
  const { fold, counts } = stratifiedGroupFolds(label, groups, folds, (one) => rank[one]!);
  const sizes = counts.map((one) => one.reduce((sum, cases) => sum + cases, 0));
  const widest = names
    .map((name, at) => {
      const shares = counts.map((one, index) => one[at]! / Math.max(1, sizes[index]!));
      return { label: name, lowest: Math.min(...shares), highest: Math.max(...shares) };
    })
    .toSorted((a, b) => b.highest - b.lowest - (a.highest - a.lowest) || compareText(a.label, b.label))[0];
  return { fold, report: { folds, groups: count, sizes, widest: widest ?? null } };
}

/** Numbers of the groups that arise when near-duplicates and equal values are both kept together: the lowest item of each. */
function joined(component: Int32Array, values: readonly (string | null)[] | null): Int32Array {
  const parent = Int32Array.from(component, (_, item) => item);
  const root = (item: number): number => {
    let at = item;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (key: Map<number | string, number>, value: number | string, item: number): void => {
    const first = key.get(value);
    if (first === undefined) {
      key.set(value, item);
      return;
    }
    const [a, b] = [root(first), root(item)];
    parent[Math.max(a, b)] = Math.min(a, b);
  };
  const byComponent = new Map<number | string, number>();
  const byValue = new Map<number | string, number>();
  component.forEach((one, item) => {
    join(byComponent, one, item);
    const value = values?.[item] ?? null;
    if (value !== null) join(byValue, value, item);
  });
  return parent.map((_, item) => root(item));
}
