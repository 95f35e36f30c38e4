/** Compares the new run with baselines as the gate does, and with constant answers on the labels alone where the gate cannot. */

import { missingBaselines } from '../../checks/index.ts';
import type { SliceClasses } from '../../classes/index.ts';
import { TOO_CLOSE, type TrivialLift, trivialLift } from '../../models/index.ts';
import { ALL_CASES, type Scope } from '../../scope/index.ts';
import { diagnoseBaselines, type Measured, type Ports } from '../../stages/index.ts';
import type { ComparedBaselines, ReportedBaselines } from './baseline-report.ts';
import { allClasses, type ReportedClasses } from './class-report.ts';
import type { ReportInput } from './report-classes.ts';

/** What was measured and counted before. */
export interface BaselineInput extends ReportInput {
  readonly scope: Scope;
  /** Null where no row passed or failed. */
  readonly measured: Measured | null;
  readonly hasLabels: boolean;
  /** Null where labels are no classes. */
  readonly classes: ReportedClasses | null;
}

/**
 * The lift over trivial answers, for all cases and per slice, and over the configured baselines.
 *
 * @returns null without labels, where no baseline is configured either
 * @throws DataError where a configured baseline cannot be read
 */
export async function reportBaselines(input: BaselineInput, ports: Ports): Promise<ReportedBaselines | null> {
  const { config } = input.request;
  const isAsked = config.baselines !== undefined;
  if (!input.hasLabels && !isAsked) return null;
  const answer = await gateAnswer(input, ports);
  if (answer.kind === 'compared') return answer;
  const { classes } = input;
  const fallback = classes === null ? null : labelsOnly(input, classes, answer.reason, isAsked);
  return fallback ?? answer;
}

async function gateAnswer(input: BaselineInput, ports: Ports): Promise<ReportedBaselines> {
  const { comparison, profile, request, groupings, measured, scope, nameOf } = input;
  if (!input.hasLabels) return notApplicable('there are no true and predicted labels of one answer per case');
  if (measured === null) return notApplicable('cases neither pass nor fail');
  ports.progress('comparing with baselines');
  // The pass rate is what a constant answer has a score in, wherever it stands among the metrics.
  const lead = scope.metrics.find(({ measure }) => measure.kind === 'passRate') ?? scope.metrics[0];
  const found = await diagnoseBaselines(
    {
      ...{ comparison, profile, config: request.config },
      scope: {
        ...scope,
        metrics: lead === undefined ? [] : [lead],
        groupings: groupings.map((one) => ({ ...one, role: 'gated' })),
      },
      measured: { ...measured, overall: measured.overall.filter(({ metric }) => metric.id === lead?.id) },
    },
    ports,
  );
  if (found === null) return notApplicable('the new run holds no true labels');
  if (found.kind === 'not applicable') return found;
  const { slices, hasPrevious, ...others } = found;
  return {
    ...others,
    slices: slices.map(({ key, lift }) => ({ ...nameOf(key), lift })),
    missing: missingBaselines({ others: found.others, hasPrevious }),
    caveat: null,
  };
}

function notApplicable(reason: string): ReportedBaselines {
  return { kind: 'not applicable', reason };
}

/** From the counted classes; null where all cases have one label, or each has several. */
function labelsOnly(
  { request, profile, comparison }: BaselineInput,
  classes: ReportedClasses,
  reason: string,
  isAsked: boolean,
): ComparedBaselines | null {
  const { level } = request.config.policy;
  const whole = allClasses(classes);
  const overall = classes.hasLists ? null : labelLift(whole, level);
  if (overall === null) return null;
  const named = classes.slices.filter(({ key }) => key.grouping !== ALL_CASES && key.state === 'value');
  const slices = named.flatMap(({ figures, ...name }) => {
    const lift = labelLift(figures, level);
    return lift === null ? [] : [{ ...name, lift }];
  });
  const caveats = [
    `counted from the labels alone (${reason})`,
    ...(isAsked ? ['the configured baselines are left out'] : []),
    ...(comparison.clustered
      ? ['intervals take cases as independent though they come in clusters, and are too narrow']
      : []),
  ];
  return {
    kind: 'compared',
    metric: 'accuracy',
    overall,
    kFrom: 'one label per answer',
    unlabelled: whole.unlabelled,
    slices,
    oneClass: named.length - slices.length,
    small: null,
    others: [],
    missing: missingBaselines({ others: [], hasPrevious: profile.baseline !== null }),
    caveat: caveats.join('; '),
  };
}

/** The best constant answer on the labels of the cases, and answers at random in proportion to them. */
function labelLift({ classes }: SliceClasses, level: number): TrivialLift | null {
  const real = classes.filter(({ support }) => support > 0);
  if (real.length < 2) return null;
  return trivialLift(
    real.map(({ label, support, recall }) => {
      const right = Math.round((recall.candidate.estimate ?? 0) * support);
      return {
        label,
        values: [
          { value: 1, cases: right },
          { value: 0, cases: support - right },
        ],
      };
    }),
    { k: 1, level, share: TOO_CLOSE },
  );
}
