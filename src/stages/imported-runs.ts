/** What may be concluded from the results of other tools: which way their scores are better, and whether there is evidence at all. */

import { foundText } from '../cases/index.ts';
import type { Config, MetricConfig } from '../config/index.ts';
import { ConfigError, type Problem } from '../errors.ts';
import type { ImportedRun, MetricSummary, OpenedRun } from '../sources/index.ts';

/** Column prefix of the metrics of an import. */
const METRIC_COLUMNS = 'scores.';

/**
 * Refuses to read a score the wrong way: where the tool says that less is better and the metric says more, and where nobody
 * says anything and no metric is configured.
 *
 * @throws ConfigError with every problem, naming what to set
 */
export function checkDirections(runs: readonly OpenedRun[], { metrics, file }: Config): void {
  const problems = new Map<string, Problem>();
  for (const { imported, mapping } of runs) {
    if (imported === null) continue;
    const own = imported.summary().metrics.filter(({ run }) => imported.runs.includes(run));
    const primary = own.find((metric) => metric.primary) ?? null;
    const found =
      metrics.length > 0
        ? metrics.flatMap((metric) => contradiction(metric, own, mapping.score) ?? [])
        : [mapping.passed === undefined && mapping.score !== undefined ? unclear(primary, imported) : null];
    for (const problem of found) if (problem !== null) problems.set(problem.message, problem);
  }
  if (problems.size === 0) return;
  const where = file === null ? undefined : { file };
  throw new ConfigError([...problems.values()].map((problem) => ({ ...problem, where })));
}

/** What is wrong with comparing the score as it is; null where more is better. */
function unclear(primary: MetricSummary | null, { label }: ImportedRun): Problem | null {
  if (primary?.direction === 'higher') return null;
  const name = primary === null ? 'the score' : `the score ${foundText(primary.name)}`;
  if (primary?.direction === 'lower') {
    return {
      message: `${name} is better lower, says ${label}, and no metric is configured`,
      hint: 'compare it with --metric mean:score:lower --margin mean:score=0.05 (in the unit of the score)',
    };
  }
  return {
    message: `nothing in the results of ${label} says whether ${name} is better higher or lower`,
    hint: 'say so with --metric mean:score:higher or mean:score:lower, with --margin mean:score=0.05 (in the unit of the score)',
  };
}

/** A configured metric that reads a column of the import against what the tool says of it. */
function contradiction(
  { id, gate, measure }: MetricConfig,
  own: readonly MetricSummary[],
  score: string | undefined,
): Problem | null {
  if (!gate || !('column' in measure)) return null;
  const { column } = measure;
  const metric = column.startsWith(METRIC_COLUMNS)
    ? own.find(({ name }) => name === column.slice(METRIC_COLUMNS.length))
    : own.find(({ primary }) => primary && column === score);
  if (metric === undefined || metric.direction === 'unknown' || metric.direction === measure.direction)
    return null;
  return {
    message: `metric '${id}' takes ${measure.direction} as better, and the file says that ${foundText(metric.name)} is better ${metric.direction}`,
    hint: `write ${id}:${metric.direction}`,
  };
}

/** Whether an imported run holds no row that was scored or failed, so that it is no evidence for anything. */
export function isWithoutEvidence({ imported }: OpenedRun): boolean {
  if (imported === null) return false;
  const runs = imported.summary().runs.filter(({ run }) => imported.runs.includes(run));
  return runs.every(({ scored, errors }) => scored + errors === 0);
}

/**
 * The configuration with which runs are gated. Results without a usable row are measured by their pass rate, which then has no
 * case, so that the gate answers INVALID instead of asking what to measure.
 */
export function measurable(config: Config, runs: readonly (OpenedRun | undefined)[]): Config {
  const known = runs.filter((run) => run !== undefined);
  if (!known.some(isWithoutEvidence)) return config;
  const passRate: MetricConfig = {
    id: 'passRate',
    gate: true,
    margin: null,
    floor: null,
    measure: { kind: 'passRate' },
  };
  const hasColumns = known.some(({ columns }) => columns.length > 0);
  return {
    ...config,
    metrics: config.metrics.length > 0 && hasColumns ? config.metrics : [passRate],
    slices: hasColumns ? config.slices : [],
  };
}
