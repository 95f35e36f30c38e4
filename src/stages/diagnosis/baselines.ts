/** Compares the candidate with answers that look at nothing but how frequent the labels are (practice B-10). */

import type { BaselineDiagnosis, SliceLift } from '../../checks/index.ts';
import type { MetricConfig } from '../../config/index.ts';
import { isOutcomeMeasure, type OutcomeMeasure, type SliceCount, tallyCells } from '../../counts/index.ts';
import type { ColumnProfile } from '../../engines/index.ts';
import { type ClassTally, type TrivialLift, trivialLift } from '../../models/index.ts';
import { crossValue, type Grouping } from '../../slices/index.ts';
import type { Ports } from '../ports.ts';
import type { DiagnoseInput } from './input.ts';
import { labelsPerAnswer } from './labels-per-answer.ts';

/** Share of the model's score that a trivial answer must not reach (practice B-10, a default of Slicewise). */
export const TOO_CLOSE = 0.95;

/** Cases per class from which on true labels are classes, and not free text or numbers that happen to repeat. */
const CASES_PER_CLASS = 5;

/** Classes that are counted at most. */
const MOST_CLASSES = 1_000;

/**
 * The lift over trivial answers, for all cases and per gated slice. Counts cases by their true label, in one more pass.
 *
 * @returns null where no true labels and predictions are mapped
 */
export async function diagnoseBaselines(
  input: DiagnoseInput,
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<BaselineDiagnosis | null> {
  const { comparison, profile, config, scope } = input;
  const mapping = comparison.mappings.at(-1)!;
  const { expected, predicted } = mapping;
  if (expected === undefined || predicted === undefined) return null;
  const metric = scope.metrics.find(({ gate }) => gate) ?? scope.metrics[0];
  const why = whyNot(
    metric,
    profile.columns.find(({ name }) => name === expected),
    profile.candidate.cases,
  );
  if (why !== null) return { kind: 'not applicable', reason: why };
  const { measure } = metric as MetricConfig & { readonly measure: OutcomeMeasure };
  const { k, from } = await labelsPerAnswer(
    config.baselines?.topK ?? null,
    mapping,
    profile,
    comparison.engine,
  );
  const byLabel: Grouping = { kind: 'column', id: `labels of ${expected}`, column: expected };
  const gated = scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping);
  const crossed = gated.map((grouping): Grouping => {
    return { kind: 'cross', id: `${grouping.id} by label`, parts: [grouping, byLabel] };
  });
  const counts = await comparison.engine.count({ groupings: [byLabel, ...crossed] });
  const rules = { k, level: config.policy.level, share: TOO_CLOSE };
  const readOf = (count: SliceCount, label: string) =>
    classTally(count, label, measure, config.policy.errors);
  const own = counts.filter(({ grouping }) => grouping === byLabel.id);
  const labels = own.filter(({ state }) => state === 'value').map(({ value }) => value);
  const overall = trivialLift(
    own.flatMap((count) => (count.state === 'value' ? [readOf(count, count.value)] : [])),
    rules,
  );
  const slices: SliceLift[] = [];
  let oneClass = 0;
  let small = 0;
  const crossOf = new Map(crossed.map(({ id }, at) => [gated[at]!.id, id]));
  const countOf = new Map(
    counts.map((count) => [`${count.grouping}\n${count.state}\n${count.value}`, count]),
  );
  for (const evidence of input.measured.slices) {
    const id = crossOf.get(evidence.key.grouping);
    if (evidence.metric.id !== metric!.id || id === undefined || evidence.key.state !== 'value') continue;
    const tallies = labels.flatMap((label) => {
      const count = countOf.get(`${id}\nvalue\n${crossValue([evidence.key.value, label])}`);
      return count === undefined ? [] : [readOf(count, label)];
    });
    const lift = trivialLift(tallies, rules);
    if (lift.n < config.policy.minCases) small++;
    else if (lift.classes <= k) oneClass++;
    else slices.push({ key: evidence.key, lift });
  }
  const others =
    config.baselines === undefined
      ? []
      : await (await import('./other-baselines.ts')).otherBaselines(
          input,
          config.baselines,
          { measure, k, share: TOO_CLOSE },
          ports,
        );
  return {
    kind: 'compared',
    metric: metric!.id,
    overall,
    kFrom: from,
    unlabelled: unlabelledOf(input, overall),
    slices,
    oneClass,
    small,
    others,
    hasPrevious: profile.baseline !== null,
  };
}

/** Why a comparison with trivial answers says nothing here; null where it does. */
function whyNot(
  metric: MetricConfig | undefined,
  labels: ColumnProfile | undefined,
  cases: number,
): string | null {
  if (metric === undefined) return 'nothing is measured';
  if (
    !isOutcomeMeasure(metric.measure) ||
    metric.measure.kind === 'errorRate' ||
    metric.measure.kind === 'flakiness'
  ) {
    return `${metric.id} is no rate of right answers: a constant answer has no score in it`;
  }
  if (labels === undefined) return 'the true labels are no column of the cases';
  if (labels.isList) return 'cases carry several true labels each: no single label is a guess';
  if (labels.distinct < 2)
    return 'all cases have the same true label: a constant answer is right by construction';
  if (labels.distinct > MOST_CLASSES || labels.distinct * CASES_PER_CLASS > cases) {
    return `${labels.distinct} different true answers in ${cases} cases are no classes`;
  }
  return null;
}

function classTally(
  { cells }: SliceCount,
  label: string,
  measure: OutcomeMeasure,
  errors: 'fail' | 'exclude',
): ClassTally {
  const { candidateValues } = tallyCells(cells, measure, { errors });
  return { label, values: candidateValues };
}

/** Scored cases of the candidate that no class holds. */
function unlabelledOf({ measured }: DiagnoseInput, { n }: TrivialLift): number {
  const all = measured.overall[0]?.tally.candidateValues.reduce((sum, { cases }) => sum + cases, 0) ?? n;
  return Math.max(0, all - n);
}
