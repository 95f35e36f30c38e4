/** The probabilities of one slice, read once per session: what calibration, thresholds and curves are drawn from. */

import {
  compareProbabilities,
  isScored,
  type ProbabilityTask,
  type ScoredCases,
  scoresAt,
} from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import { allGrouping } from '../../scope/index.ts';
import { pairingOf, readScoredCases, type ScoredTable } from '../../stages/index.ts';
import { LEAST_CALIBRATION_CASES } from '../../stats/index.ts';
import type { Reliability } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { whyNoProbabilities } from './class-overview.ts';
import { classSlices, findSlice } from './class-slices.ts';

/** The usable cases of one slice. */
export interface ScoredSlice {
  readonly name: string;
  readonly task: ProbabilityTask;
  /** Null with three labels or more. */
  readonly positive: string | null;
  readonly labels: readonly string[];
  /** Scored in every run that exists. */
  readonly cases: ScoredCases;
  /** Cases of the slice without a true label or usable probabilities. */
  readonly without: number;
  readonly bad: ScoredTable['bad'];
}

/**
 * The scored cases of a slice.
 *
 * @throws UsageError where no run has probabilities, or there is no such slice
 */
export async function scoredSlice(session: StudioSession, id: string | null): Promise<ScoredSlice> {
  const why = whyNoProbabilities(session.release);
  if (!why.possible) throw new UsageError({ message: why.reason, hint: why.todo });
  const { key, name } = findSlice(session.release, id);
  const table = await scoredTable(session);
  const isAll = key.grouping === allGrouping().id;
  const at = table.slices.findIndex(
    ({ grouping, state, value }) =>
      grouping === key.grouping && (isAll || (state === key.state && value === key.value)),
  );
  const members = table.members[at] ?? new Int32Array();
  const { baseline, candidate } = table.cases;
  const usable = members.filter(
    (place) => isScored(candidate, place) && (baseline === null || isScored(baseline, place)),
  );
  return {
    name,
    ...{ task: table.task, positive: table.positive, labels: table.labels, bad: table.bad },
    cases: {
      ...table.cases,
      baseline: baseline && scoresAt(baseline, usable),
      candidate: scoresAt(candidate, usable),
      cluster: table.cases.cluster && usable.map((place) => table.cases.cluster![place]!),
    },
    without: members.length - usable.length,
  };
}

function scoredTable(session: StudioSession): Promise<ScoredTable> {
  return session.once('classes: scored cases', () =>
    session.inTurn(async ({ comparison, config, profile, scope }) => {
      const ids = new Set(
        classSlices(session.release).map((slice) => findSlice(session.release, slice.id).key.grouping),
      );
      const shown = scope.groupings.flatMap(({ grouping }) => (ids.has(grouping.id) ? [grouping] : []));
      const table = await readScoredCases(comparison, {
        groupings: [allGrouping(), ...shown],
        positive: config.classes?.positive ?? null,
        isPaired: pairingOf(profile) === 'paired',
      });
      if (table === null)
        throw new UsageError({ message: 'no row of the new run holds usable probabilities' });
      return table;
    }),
  );
}

/**
 * How far the probabilities of a slice are to be believed: the figures of the gate's diagnosis, computed by the same function for slices
 * that are not gated.
 *
 * @throws UsageError where no run has probabilities, there is no such slice, or none of its cases is scored
 */
export async function reliability(session: StudioSession, id: string | null): Promise<Reliability> {
  const { diagnosis } = session.release;
  const { key, name } = findSlice(session.release, id);
  const known = diagnosis.probabilities?.slices.find(
    ({ key: own }) =>
      own.grouping === key.grouping && (id === null || (own.state === key.state && own.value === key.value)),
  );
  const { task, positive, bad, without, figures } =
    known === undefined || diagnosis.probabilities === null
      ? await computed(session, id)
      : { ...diagnosis.probabilities, without: known.without, figures: known };
  if (figures.n === 0) throw withoutScores(name);
  const { n, accuracy, brier, logLoss, clipped, calibration } = figures;
  return {
    ...{ name, task, positive, n, without, accuracy, brier, logLoss, clipped, calibration },
    unusable: (['baseline', 'candidate'] as const).flatMap((run) => bad[run].map((one) => ({ run, ...one }))),
    leastCases: LEAST_CALIBRATION_CASES,
  };
}

async function computed(session: StudioSession, id: string | null) {
  const slice = await scoredSlice(session, id);
  if (slice.cases.candidate.brier.length === 0) throw withoutScores(slice.name);
  const { level, seed } = session.release.config.policy;
  const figures = await session.once(`classes: calibration of ${id ?? 'all'}`, async () =>
    compareProbabilities(slice.cases, { level, seed }),
  );
  return { ...slice, figures };
}

function withoutScores(name: string): UsageError {
  return new UsageError({
    message: `no case of ${name} has probabilities and a true label`,
    hint: 'choose another slice',
  });
}
