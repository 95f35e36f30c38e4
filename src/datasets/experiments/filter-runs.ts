/** Chooses runs by a predicate over their parameters, metrics, tags and facts. */

import { foundTexts } from '../../cases/index.ts';
import { UsageError } from '../../errors.ts';
import { type CaseAttribute, columnsOf, evaluate, parseExpression } from '../../slices/index.ts';
import type { ExperimentRun } from '../../sources/index.ts';

/** Facts by name; parameters, metrics and tags are found with and without their prefix. */
const FACTS = ['id', 'name', 'experiment', 'status', 'tool'] as const;

/**
 * The runs for which the predicate is true; unknown is not true.
 *
 * @param text such as `params.lr > 0.01 and status = 'finished'`; null keeps all
 * @throws ConfigError for texts that are no predicate, UsageError for names that no run has
 */
export function filterRuns(runs: readonly ExperimentRun[], text: string | null): readonly ExperimentRun[] {
  if (text === null) return runs;
  const expression = parseExpression(text);
  const unknown = columnsOf(expression).filter((name) => runs.every((run) => cellOf(run, name) === null));
  if (unknown.length > 0) {
    const known = [
      ...new Set([...FACTS, ...runs.flatMap(({ params, metrics }) => [...params.keys(), ...metrics.keys()])]),
    ];
    throw new UsageError({
      message: `--filter names ${foundTexts(unknown, 5)}, which no run has; there are ${foundTexts(known, 20)}`,
      hint: '--filter "params.lr > 0.01 and status = \'finished\'"',
    });
  }
  return runs.filter((run) => evaluate(expression, (name) => attributeOf(run, name)) === true);
}

function attributeOf(run: ExperimentRun, name: string): CaseAttribute {
  const cell = cellOf(run, name);
  return cell === null ? { state: 'missing' } : { state: 'value', cell };
}

function cellOf(run: ExperimentRun, name: string): string | null {
  const fact = FACTS.find((one) => one === name);
  if (fact !== undefined) return run[fact];
  const bare = (prefix: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const metric = run.metrics.get(bare('metrics.'));
  return (
    run.params.get(bare('params.')) ??
    (metric === undefined ? null : String(metric)) ??
    run.tags.get(bare('tags.')) ??
    null
  );
}
