/** ROC and precision-recall curves of one slice: of the positive class, of one class against the rest, or of being right. */

import { comparedAreas, type RunScores } from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import { scoreGroups, thresholdPlaces } from '../../stats/index.ts';
import type { CurveParams, Curves, RunCurve } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { whyNoProbabilities } from './class-overview.ts';
import { type ScoredSlice, scoredSlice } from './scored-slice.ts';

/** Places of a curve, beside the one that calls nothing positive. */
const MOST_PLACES = 498;

type Scores = Pick<RunScores, 'probability' | 'event'>;

/**
 * The curves of both runs with areas, intervals and the paired difference.
 *
 * @throws UsageError where the class is none that has probabilities of its own
 */
export async function curves(session: StudioSession, { slice: id, label }: CurveParams): Promise<Curves> {
  const why = whyNoProbabilities(session.release);
  if (!why.possible) return { kind: 'none', reason: why.reason, todo: why.todo };
  const slice = await scoredSlice(session, id);
  const chosen = label === null || label === slice.positive ? null : label;
  const baseline = slice.cases.baseline && scoresOf(slice, slice.cases.baseline, chosen);
  const candidate = scoresOf(slice, slice.cases.candidate, chosen);
  const events = candidate.event.reduce((sum, one) => sum + one, 0);
  const n = candidate.event.length;
  if (events === 0 || events === n) {
    return {
      kind: 'none',
      reason: `A curve tells two kinds of cases apart, and all ${n} usable cases of ${slice.name} are of one kind.`,
      todo: 'Choose another slice, or all cases.',
    };
  }
  const { level } = session.release.config.policy;
  return {
    ...{ kind: 'curves', name: slice.name, n, events },
    event:
      chosen !== null
        ? `is ${chosen}`
        : slice.positive === null
          ? 'the answer is right'
          : `is ${slice.positive}`,
    labels: slice.task === 'answer' && slice.cases.candidate.classes !== null ? slice.labels : [],
    baseline: baseline && curveOf(baseline),
    candidate: curveOf(candidate),
    ...comparedAreas(baseline, candidate, slice.cases.cluster, level),
  };
}

function scoresOf({ labels, name }: ScoredSlice, run: RunScores, label: string | null): Scores {
  if (label === null) return run;
  const at = labels.indexOf(label);
  const { classes } = run;
  if (at < 0 || classes === null) {
    throw new UsageError({
      message: `${JSON.stringify(label)} has no probabilities of its own in ${name}`,
      hint: 'each row must hold the probabilities of all labels for a curve of one class',
      where: { field: 'label' },
    });
  }
  return {
    probability: Float64Array.from(classes.truth, (_, i) => classes.matrix[i * classes.classes + at]!),
    event: Float64Array.from(classes.truth, (truth) => (truth === at ? 1 : 0)),
  };
}

function curveOf({ probability, event }: Scores): RunCurve {
  const groups = scoreGroups(probability, event);
  return {
    points: thresholdPlaces(groups, MOST_PLACES).map(({ threshold, truePositives, falsePositives }) => {
      const called = truePositives + falsePositives;
      return {
        threshold: Number.isFinite(threshold) ? threshold : null,
        falsePositiveRate: falsePositives / groups.otherTotal,
        recall: truePositives / groups.eventTotal,
        precision: called === 0 ? null : truePositives / called,
      };
    }),
  };
}
