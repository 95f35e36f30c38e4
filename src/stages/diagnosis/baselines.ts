/** Compares the candidate with answers that look at nothing but how frequent the labels are (practice B-10). */

import type { BaselineDiagnosis, SliceLift } from '../../checks/index.ts';
import type { MetricConfig } from '../../config/index.ts';
import { isOutcomeMeasure, type OutcomeMeasure } from '../../counts/index.ts';
import type { ColumnProfile } from '../../engines/index.ts';
import { TOO_CLOSE, type TrivialLift, trivialLift } from '../../models/index.ts';
import type { Ports } from '../ports.ts';
import { talliesByAnswer, talliesByVerdict } from './class-tallies.ts';
import { clusteredLifts } from './clustered-lift.ts';
import type { DiagnoseInput } from './input.ts';
import { labelsPerAnswer } from './labels-per-answer.ts';

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
  const column = profile.columns.find(({ name }) => name === expected);
  const isHashed = column !== undefined && column.changedCases * 2 > profile.candidate.cases;
  const why = whyNoScore(metric) ?? (isHashed ? null : whyNoClasses(column, profile.candidate.cases));
  if (why !== null) return { kind: 'not applicable', reason: why };
  const { measure } = metric as MetricConfig & { readonly measure: OutcomeMeasure };
  const { k, from } = await labelsPerAnswer(
    config.baselines?.topK ?? null,
    mapping,
    profile,
    comparison.engine,
  );
  const gated = scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping);
  const tallies = isHashed
    ? await talliesByAnswer(comparison.engine, gated, MOST_CLASSES, config)
    : await talliesByVerdict(comparison.engine, expected, gated, measure, config);
  const rules = { k, level: config.policy.level, share: TOO_CLOSE };
  const widen = await clusteredLifts(input, measure, gated, TOO_CLOSE);
  const overall = widen(trivialLift(tallies.overall, rules), null);
  const whyNot = isHashed ? whyNotHashed(overall) : null;
  if (whyNot !== null) return { kind: 'not applicable', reason: whyNot };
  const slices: SliceLift[] = [];
  let oneClass = 0;
  let small = 0;
  const own = new Set(gated.map(({ id }) => id));
  for (const { key, metric: one } of input.measured.slices) {
    if (one.id !== metric!.id || key.state !== 'value' || !own.has(key.grouping)) continue;
    const lift = trivialLift(tallies.of(key), rules);
    if (lift.n < config.policy.minCases) small++;
    else if (lift.classes <= k) oneClass++;
    else slices.push({ key, lift: widen(lift, key) });
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

/** Why a constant answer has no score in this metric; null where it has. */
function whyNoScore(metric: MetricConfig | undefined): string | null {
  if (metric === undefined) return 'nothing is measured';
  const { measure } = metric;
  if (isOutcomeMeasure(measure) && measure.kind !== 'errorRate' && measure.kind !== 'flakiness') return null;
  return `${metric.id} is no rate of right answers: a constant answer has no score in it`;
}

const ONE_LABEL = 'all cases have the same true label: a constant answer is right by construction';

/** Why the true labels are no classes; null where they are. */
function whyNoClasses(labels: ColumnProfile | undefined, cases: number): string | null {
  if (labels === undefined) return 'the true labels are no column of the cases';
  if (labels.isList) return 'cases carry several true labels each: no single label is a guess';
  if (labels.distinct < 2) return ONE_LABEL;
  return areClasses(labels.distinct, cases) ? null : freeText(labels.distinct, cases);
}

function whyNotHashed({ classes, n }: TrivialLift): string | null {
  if (n === 0) return 'one run holds the true labels as hashes only, and there is nothing to read them by';
  if (classes < 2) return ONE_LABEL;
  return areClasses(classes, n) ? null : freeText(classes, n);
}

function areClasses(distinct: number, cases: number): boolean {
  return distinct <= MOST_CLASSES && distinct * CASES_PER_CLASS <= cases;
}

function freeText(distinct: number, cases: number): string {
  return `${distinct} different true answers in ${cases} cases are no classes`;
}

/** Scored cases of the candidate that no class holds. */
function unlabelledOf({ measured }: DiagnoseInput, { n }: TrivialLift): number {
  const all = measured.overall[0]?.tally.candidateValues.reduce((sum, { cases }) => sum + cases, 0) ?? n;
  return Math.max(0, all - n);
}
