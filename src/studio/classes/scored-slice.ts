/** The probabilities of one slice, read once per session: what calibration, thresholds and curves are drawn from. */

import {
  compareProbabilities,
  type ProbabilityTask,
  type RunScores,
  scoredCasesAt,
  scoredPlaces,
} from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import { allGrouping } from '../../scope/index.ts';
import type { Grouping } from '../../slices/index.ts';
import { diagnosedGroupings, pairingOf, readScoredCases, type ScoredTable } from '../../stages/index.ts';
import { LEAST_CALIBRATION_CASES, type RankedScores, rankedScores } from '../../stats/index.ts';
import type { Reliability } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { whyNoProbabilities } from './class-overview.ts';
import { findSlice } from './class-slices.ts';
import { latest } from './latest.ts';

/** The scores of one run. */
export type SliceScores = Pick<RunScores, 'probability' | 'event' | 'classes'>;

/** The usable cases of one slice: scored in every run that exists. */
export interface ScoredSlice {
  readonly name: string;
  readonly task: ProbabilityTask;
  /** Null with three labels or more. */
  readonly positive: string | null;
  readonly labels: readonly string[];
  readonly cases: {
    readonly baseline: SliceScores | null;
    readonly candidate: SliceScores;
    /** Cluster of each case; null where cases stand alone. */
    readonly cluster: Int32Array | null;
  };
}

/** The cases of both runs by their scores. */
export interface RankedSlice {
  readonly baseline: RankedScores | null;
  readonly candidate: RankedScores;
}

/**
 * The scored cases of a slice.
 *
 * @throws UsageError where no run has probabilities, or there is no such slice
 */
export async function scoredSlice(session: StudioSession, id: string | null): Promise<ScoredSlice> {
  return latest(session, 'scored', id ?? '', async () => {
    const { table, members, name } = await scoredMembers(session, id);
    const { baseline, candidate, cluster } = scoredCasesAt(table.cases, scoredPlaces(table.cases, members));
    const scores = ({ probability, event, classes }: RunScores): SliceScores => ({
      probability,
      event,
      classes,
    });
    return {
      ...{ name, task: table.task, positive: table.positive, labels: table.labels },
      cases: { baseline: baseline && scores(baseline), candidate: scores(candidate), cluster },
    };
  });
}

/** The scored cases of a slice in the order of the probability that calibration is about. */
export function rankedSlice(session: StudioSession, id: string | null): Promise<RankedSlice> {
  return latest(session, 'ranked', id ?? '', async () => {
    const { baseline, candidate } = (await scoredSlice(session, id)).cases;
    const ranked = ({ probability, event }: SliceScores) => rankedScores(probability, event);
    return { baseline: baseline && ranked(baseline), candidate: ranked(candidate) };
  });
}

/** All cases with their scores, and the places of those in a slice. */
async function scoredMembers(session: StudioSession, id: string | null) {
  const why = whyNoProbabilities(session.release);
  if (!why.possible) throw new UsageError({ message: why.reason, hint: why.todo });
  const { key, name, grouping: own } = findSlice(session.release, id);
  const table = await scoredTable(session, own);
  const isAll = key.grouping === allGrouping().id;
  const at = table.slices.findIndex(
    ({ grouping, state, value }) =>
      grouping === key.grouping && (isAll || (state === key.state && value === key.value)),
  );
  return { table, name, members: table.members[at] ?? new Int32Array() };
}

/** The table of the diagnosis, or one with a dimension that it did not look at. */
function scoredTable(session: StudioSession, grouping: Grouping): Promise<ScoredTable> {
  const gated = diagnosedGroupings(session.release.scope);
  const isGated = gated.some(({ id }) => id === grouping.id);
  return latest(session, 'table', isGated ? '' : grouping.id, () =>
    session.inTurn(async ({ comparison, config, profile }) => {
      const table = await readScoredCases(comparison, {
        groupings: isGated ? gated : [allGrouping(), grouping],
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
  const { table, members, name } = await scoredMembers(session, id);
  const { level, seed } = session.release.config.policy;
  const figures = await session.once(`classes: calibration of ${id ?? 'all'}`, async () => {
    const places = scoredPlaces(table.cases, members);
    if (places.length === 0) throw withoutScores(name);
    return compareProbabilities(scoredCasesAt(table.cases, places), { level, seed });
  });
  const { task, positive, bad } = table;
  return { task, positive, bad, without: members.length - figures.n, figures };
}

function withoutScores(name: string): UsageError {
  return new UsageError({
    message: `no case of ${name} has probabilities and a true label`,
    hint: 'choose another slice',
  });
}
