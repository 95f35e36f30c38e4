/** Counts the answers that metrics of classes need, and refuses metrics that nothing can come of. */

import { withAbstentions } from '../classes/index.ts';
import { type Config, DEFAULT_CLASSES, type MetricConfig, nearestHint } from '../config/index.ts';
import type { ClassMeasure, LabelCounts } from '../counts/index.ts';
import { ConfigError, type Problem } from '../errors.ts';
import type { ClassCounts } from '../evidence/index.ts';
import type { Grouping } from '../slices/index.ts';
import type { Comparison } from './load.ts';

/** Distinct labels up to which a metric of classes is computed. */
const MOST_LABELS = 2_000;

/** Labels that a message lists. */
const LISTED = 10;

/**
 * The answers of all slices; null where no metric is about classes.
 *
 * @throws ConfigError where labels or predictions are not mapped, a class does not occur, there are too many labels, or a cost
 *   is asked for and none is configured
 */
export async function countClasses(
  { engine, mappings }: Comparison,
  groupings: readonly Grouping[],
  metrics: readonly MetricConfig[],
  config: Config,
): Promise<ClassCounts | null> {
  const asked = metrics.flatMap(({ id, measure }) => (measure.kind === 'class' ? [{ id, measure }] : []));
  const [first] = asked;
  if (first === undefined) return null;
  const lacking = (['expected', 'predicted'] as const).filter((role) =>
    mappings.some((mapping) => mapping[role] === undefined && !isShared(role, mappings)),
  );
  if (lacking.length > 0) {
    const roles = lacking.map((role) => (role === 'expected' ? 'true labels' : 'predictions')).join(' and ');
    throw new ConfigError({
      message: `metric '${first.id}' needs ${roles}, and no column is known to hold them`,
      hint: `map the columns: ${lacking.map((role) => `--map ${role}=COLUMN`).join(' ')}`,
    });
  }
  const counted = await engine.labels({ groupings, maxLabels: MOST_LABELS });
  const { abstain, average0, costs, positive } = config.classes ?? DEFAULT_CLASSES;
  const counts = withAbstentions(counted, abstain);
  const problems = asked.flatMap(({ id, measure }) => problemsOf(id, measure, counts, costs !== null));
  if (problems.length > 0) throw new ConfigError(problems);
  return { counts, average0, costs, positive };
}

/** True labels may be in one run alone: they are the same for both. */
function isShared(role: 'expected' | 'predicted', mappings: Comparison['mappings']): boolean {
  return role === 'expected' && mappings.some((mapping) => mapping.expected !== undefined);
}

function problemsOf(
  id: string,
  measure: ClassMeasure,
  { labels, tooMany, hasLists }: LabelCounts,
  hasCosts: boolean,
): readonly Problem[] {
  if (tooMany !== null) {
    return [
      {
        message: `metric '${id}' is about classes, and the labels and predictions hold more than ${tooMany - 1} different texts`,
        hint: 'map the columns that hold class labels with --map expected=COLUMN and --map predicted=COLUMN',
      },
    ];
  }
  if (measure.of === 'cost' && !hasCosts) {
    return [
      {
        message: `metric '${id}' needs what mistakes cost`,
        hint: 'add classes: { positive: CLASS, costs: { miss: 100, falseAlarm: 1 } } to slicewise.yaml',
      },
    ];
  }
  if (hasLists && (measure.of === 'cost' || measure.of === 'mcc' || measure.of === 'kappa'))
    return [{ message: `metric '${id}' has no meaning where a case has several labels` }];
  if (!('label' in measure) || hasLists || labels.includes(measure.label)) return [];
  const more = labels.length > LISTED ? ` and ${labels.length - LISTED} more` : '';
  return [
    {
      message: `metric '${id}' is about the class ${JSON.stringify(measure.label)}, which no label and no prediction is; classes: ${labels.slice(0, LISTED).join(', ')}${more}`,
      hint: nearestHint(measure.label, labels),
    },
  ];
}
