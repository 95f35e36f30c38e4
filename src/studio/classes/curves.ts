/** ROC and precision-recall curves of one slice: of the positive class, of one class against the rest, or of being right. */

import { comparedAreas, type RankedRun } from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import { rankedScores, thresholdPlaces } from '../../stats/index.ts';
import type { CurveParams, Curves, RunCurve } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { whyNoProbabilities } from './class-overview.ts';
import { otherKinds } from './class-slices.ts';
import { latest } from './latest.ts';
import { rankedSlice, type ScoredSlice, type SliceScores, scoredSlice } from './scored-slice.ts';

/** Places of a curve, beside the one that calls nothing positive. */
const MOST_PLACES = 498;

/**
 * The curves of both runs with areas, intervals and the paired difference.
 *
 * @throws UsageError where the class is none that has probabilities of its own
 */
export async function curves(session: StudioSession, { slice: id, label }: CurveParams): Promise<Curves> {
  const why = whyNoProbabilities(session.release);
  if (!why.possible) return { kind: 'none', reason: why.reason, todo: why.todo };
  return latest(session, 'curves', JSON.stringify([id, label]), () => drawn(session, id, label));
}

async function drawn(session: StudioSession, id: string | null, label: string | null): Promise<Curves> {
  const slice = await scoredSlice(session, id);
  const chosen = label === null || label === slice.positive ? null : label;
  const { baseline, candidate } = await runsOf(session, id, slice, chosen);
  const events = candidate.event.reduce((sum, one) => sum + one, 0);
  const n = candidate.event.length;
  if (events === 0 || events === n) {
    return {
      kind: 'none',
      reason: `A curve tells two kinds of cases apart, and all ${n} usable cases${id === null ? '' : ` of ${slice.name}`} are of one kind.`,
      todo: otherKinds(id),
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

/** Both runs, ranked by the probability of the event. */
async function runsOf(
  session: StudioSession,
  id: string | null,
  slice: ScoredSlice,
  label: string | null,
): Promise<{ readonly baseline: RankedRun | null; readonly candidate: RankedRun }> {
  const { baseline, candidate } = slice.cases;
  if (label !== null) {
    return {
      baseline: baseline && againstRest(slice, baseline, label),
      candidate: againstRest(slice, candidate, label),
    };
  }
  const ranks = await rankedSlice(session, id);
  return {
    baseline: baseline && { event: baseline.event, ranks: ranks.baseline! },
    candidate: { event: candidate.event, ranks: ranks.candidate },
  };
}

function againstRest({ labels, name }: ScoredSlice, { classes }: SliceScores, label: string): RankedRun {
  const at = labels.indexOf(label);
  if (at < 0 || classes === null) {
    throw new UsageError({
      message: `${JSON.stringify(label)} has no probabilities of its own in ${name}`,
      hint: 'each row must hold the probabilities of all labels for a curve of one class',
      where: { field: 'label' },
    });
  }
  const event = Float64Array.from(classes.truth, (truth) => (truth === at ? 1 : 0));
  const probability = event.map((_, i) => classes.matrix[i * classes.classes + at]!);
  return { event, ranks: rankedScores(probability, event) };
}

function curveOf({ ranks: { groups } }: RankedRun): RunCurve {
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
