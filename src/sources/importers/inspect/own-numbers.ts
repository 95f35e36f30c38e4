/** Puts the numbers of a log's header beside those that its samples give, with the reason where they differ. */

import { number } from '../json-access.ts';
import type { ImportNotebook, OwnNumber } from '../notebook.ts';
import { type HeaderScore, type LogHeader, metricName } from './log-header.ts';
import { inspectMetric, reduceScores } from './own-metrics.ts';
import type { RawReduction } from './reductions.ts';
import type { ScoreTable } from './score-table.ts';
import { scoreMetrics, scoreNumber } from './score-value.ts';

/** What was read of a log. */
export interface ReadSamples {
  readonly table: ScoreTable;
  /** All samples of the file, also those that were left out. */
  readonly samples: number;
  readonly errors: number;
  readonly invalidated: number;
  /** Texts that spell no number, by metric. */
  readonly strangeTexts: ReadonlyMap<string, string>;
}

/** Two numbers are the same up to this. */
const TOLERANCE = 1e-9;

/** Says one number of the header, what is ours, and why they may differ. */
type Say = (name: string, value: number | null, ours: number | null, reason: string | null) => void;

/** Hands every number of the header to the notebook. */
export function compareHeader(
  run: string,
  header: LogHeader,
  read: ReadSamples,
  notebook: ImportNotebook,
): void {
  const say: Say = (name, value, ours, reason) => {
    if (value === null) return;
    const same = ours !== null && Math.abs(ours - value) <= TOLERANCE;
    notebook.ownNumber({ run, name, value, ours, reason: same ? null : reason });
  };
  const total = number(header.results?.total_samples);
  const logged = `the header counts ${total} samples, the file has ${read.samples}`;
  say('total samples', total, read.samples, logged);
  say('completed samples', number(header.results?.completed_samples), read.samples - read.errors, logged);
  const other = whyDifferent(total, read);
  for (const score of header.scores) compareScore(score, header, read, other, say);
}

function compareScore(
  score: HeaderScore,
  { scores: all }: LogHeader,
  { table, samples, strangeTexts }: ReadSamples,
  other: string,
  say: Say,
): void {
  const label = scoreLabel(score, all);
  const name = metricName(score.scorer, score.name);
  const scores = table.metric(name);
  const reduced = scores === null ? null : reduceScores(scores, score.reducer);
  if (reduced === null) {
    const reason =
      scores === null ? noScore(samples) : `the reducer ${score.reducer ?? ''} is not known here`;
    say(`${label} scored samples`, score.scored, null, reason);
    for (const metric of score.metrics) say(`${label} ${metric.name}`, metric.value, null, reason);
    return;
  }
  const text = strangeTexts.get(name);
  const reason =
    text === undefined ? other : `values such as ${text} are no numbers: unscored here, 0 in Inspect`;
  say(`${label} scored samples`, score.scored, reduced.values.length, reason);
  say(`${label} unscored samples`, score.unscored, reduced.unscored, reason);
  for (const metric of score.metrics) {
    const clusterOf = metric.params.cluster == null ? null : (caseId: string) => table.cluster(caseId);
    const ours = inspectMetric(metric.name, reduced, clusterOf);
    const why = ours === null ? notComputed(metric.name, reduced.values.length) : reason;
    say(`${label} ${metric.name}`, metric.value, ours, why);
  }
}

function noScore(samples: number): string {
  return samples === 0 ? 'the file has no samples' : 'no sample of the file has this score';
}

/** Counts the cases whose value after the log's own reduction is ours as well. */
export async function compareReductions(
  run: string,
  reductions: AsyncIterable<RawReduction>,
  read: ReadSamples,
  notebook: ImportNotebook,
): Promise<void> {
  const tallies = new Map<string, { cases: number; same: number; ours: Map<string, Map<string, number>> }>();
  for await (const { scorer, reducer, caseId, value } of reductions) {
    const label = reducer === null ? scorer : `${scorer} (${reducer})`;
    const tally = tallies.get(label) ?? { cases: 0, same: 0, ours: new Map() };
    tallies.set(label, tally);
    for (const metric of scoreMetrics(scorer, value) ?? []) {
      const theirs = scoreNumber(metric.value);
      if (theirs === null) continue;
      const byCase = tally.ours.get(metric.name) ?? reducedByCase(read.table, metric.name, reducer);
      tally.ours.set(metric.name, byCase);
      tally.cases += 1;
      if (Math.abs((byCase.get(caseId) ?? Number.NaN) - theirs) <= TOLERANCE) tally.same += 1;
    }
  }
  for (const [label, { cases, same }] of tallies) {
    const reason = same === cases ? null : whyDifferent(cases, read);
    notebook.ownNumber({
      run,
      name: `${label} values reduced over epochs`,
      value: cases,
      ours: same,
      reason,
    });
  }
}

function reducedByCase(table: ScoreTable, metric: string, reducer: string | null): Map<string, number> {
  const scores = table.metric(metric);
  const reduced = scores === null ? null : reduceScores(scores, reducer);
  return new Map(reduced?.caseIds.map((caseId, at) => [caseId, reduced.values[at]!]));
}

/** Name of a score, with the reducer where there are several. */
function scoreLabel(score: HeaderScore, all: readonly HeaderScore[]): string {
  const name = metricName(score.scorer, score.name);
  const several = all.filter((other) => metricName(other.scorer, other.name) === name).length > 1;
  return several && score.reducer !== null ? `${name} (${score.reducer})` : name;
}

function notComputed(metric: string, cases: number): OwnNumber['reason'] {
  if (cases === 0) return 'no sample of the file is scored';
  if (metric === 'bootstrap_stderr') return 'it was drawn with random numbers';
  if (metric === 'stderr') return 'not all cases have a cluster, or all have the same';
  return `the metric ${metric} is not computed here`;
}

/** Why numbers over samples may differ. */
function whyDifferent(total: number | null, { samples, invalidated }: ReadSamples): string {
  if (samples === 0) return 'the file has no samples';
  if (invalidated > 0) return `${invalidated} invalidated samples are left out here`;
  if (total !== null && total !== samples) {
    return `the header counts ${total} samples, the file has ${samples}`;
  }
  return 'the header was computed from other scores than the file has, or under another order of epochs';
}
