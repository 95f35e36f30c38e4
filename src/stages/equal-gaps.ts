/** Measures the largest gap between the values of each dimension that must stay equal. */

import type { EqualGap } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { isOutcomeMeasure, outcomeValue } from '../counts/index.ts';
import { columnGrouping } from '../derived/index.ts';
import { dimensionFromColumn, dimensionFromCounts, GAP_DEFAULTS, largestGap } from '../discovery/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { ConfigError } from '../errors.ts';
import type { Scope } from '../scope/index.ts';
import type { Comparison } from './load.ts';

/** Values of a dimension that are compared, at most. */
const MOST_VALUES = 200;

/**
 * One gap for each dimension of `equal`, in the candidate's first rate; null where none is configured, or no metric is a rate.
 *
 * @throws ConfigError naming every column that no run has
 */
export async function equalGaps(
  { engine, clustered }: Comparison,
  scope: Scope,
  { equal = [], policy, file }: Config,
  profile: ComparisonProfile,
): Promise<readonly EqualGap[] | null> {
  const metric = scope.metrics.find(({ measure }) => isOutcomeMeasure(measure));
  if (equal.length === 0 || metric === undefined || !isOutcomeMeasure(metric.measure)) return null;
  const { measure } = metric;
  const known = new Set(profile.columns.map(({ name }) => name));
  const problems = equal.flatMap(({ column }, at) =>
    known.has(column)
      ? []
      : [
          {
            message: `equal names '${column}', and the results have no such column`,
            where: { ...(file === null ? {} : { file }), field: `equal[${at}]` },
          },
        ],
  );
  if (problems.length > 0) throw new ConfigError(problems);
  const groupings = equal.map(({ column }) => columnGrouping(column));
  const optionsOf = (margin: number | null) => ({
    ...GAP_DEFAULTS,
    margin: margin ?? metric.margin ?? policy.margin,
    ...{ level: policy.level, minCases: policy.minCases, seed: policy.seed },
  });
  const asGap = (i: number, data: Parameters<typeof largestGap>[0]): EqualGap => {
    const options = optionsOf(equal[i]!.margin);
    return { gap: largestGap(data, options), margin: options.margin, metric: metric.id };
  };
  if (clustered) {
    const table = await engine.table({
      ...{ groupings, minCases: 1, maxValues: MOST_VALUES, split: null, fold: true },
      measure: { kind: 'outcome', of: measure, errors: policy.errors },
    });
    const half = new Uint8Array(table.candidate.length);
    const rows = { values: table.candidate, counts: table.count, half, clusters: table.cluster };
    return equal.flatMap(({ column }, i) => {
      // A list of tags has several columns; its slices share cases, and no gap between them is one between groups.
      const coded = table.columns.filter(
        ({ grouping, tag }) => grouping === groupings[i]!.id && tag === null,
      );
      return coded.map(({ values, codes }) => {
        const groups = codes.map((code) => (code > 0 && values[code - 1]!.state === 'value' ? code : 0));
        const labels = values.map(({ value }) => value);
        return asGap(i, dimensionFromColumn({ id: column, gated: true, labels, codes: groups }, rows));
      });
    });
  }
  const counts = await engine.count({ groupings });
  return equal.map(({ column }, i) => {
    const slices = counts
      .filter(({ grouping, state }) => grouping === groupings[i]!.id && state === 'value')
      .map(({ value, cells }) => ({
        label: value,
        cells: cells
          .map((cell) => ({ value: outcomeValue(measure, cell.candidate, policy.errors), count: cell.cases }))
          .filter((cell) => !Number.isNaN(cell.value)),
      }));
    return asGap(i, dimensionFromCounts(column, true, slices, policy.seed, i));
  });
}
