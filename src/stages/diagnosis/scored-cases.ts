/** Reads the probabilities of both runs, case by case, and says which rows have none that can be used. */

import { probabilityColumnNames, probabilityColumns, type ResultChunk } from '../../cases/index.ts';
import type { BadProbabilities } from '../../checks/index.ts';
import type { ProbabilityTask, RunScores, ScoredCases } from '../../classes/index.ts';
import {
  collectLabels,
  labelOfCell,
  type ProbabilityLabels,
  readProbabilities,
  scoreRow,
} from '../../derived/index.ts';
import { compareText, type Grouping, type SliceKey } from '../../slices/index.ts';
import type { Comparison, LoadedRun } from '../load.ts';
import { rowsOf } from '../run-rows.ts';
import { hasProbabilities } from './has-probabilities.ts';

/** Labels above which there is no classification. */
const MOST_LABELS = 1_000;

/** The compared cases with their probabilities. */
export interface ScoredTable {
  readonly cases: ScoredCases;
  readonly task: ProbabilityTask;
  /** The label whose probability counts where there are two; null for `answer`. */
  readonly positive: string | null;
  readonly labels: readonly string[];
  /** The slices that occur, and the places of their cases. */
  readonly slices: readonly SliceKey[];
  readonly members: readonly Int32Array[];
  readonly bad: {
    readonly baseline: readonly BadProbabilities[];
    readonly candidate: readonly BadProbabilities[];
  };
}

/** What to read. */
export interface ScoredRequest {
  readonly groupings: readonly Grouping[];
  /** The positive label where the configuration names it. */
  readonly positive: string | null;
  /** Runs that share no case are no pair: then the candidate stands alone. */
  readonly isPaired: boolean;
}

/** What the rows of a comparison say; slices are chosen later. */
interface ReadCases {
  readonly labels: ProbabilityLabels;
  readonly baseline: ReadRun | null;
  readonly candidate: ReadRun;
}

/** What was read is kept for as long as its comparison is open: the studio asks for one slice after another. */
interface Kept {
  readonly reads: Map<string, Promise<ReadCases | null>>;
  /** The table that was asked for last. */
  latest: { readonly key: string; readonly table: Promise<ScoredTable | null> } | null;
}

const KEPT = new WeakMap<Comparison['engine'], Kept>();

/**
 * The probabilities of the runs, in the cases of the engine (edited ones left out). A case with several trials answers with its
 * first. Rows are read twice, labels must be known before a list of numbers means anything; but only once per comparison.
 *
 * @returns null where the candidate has no probabilities or no true labels, no row holds any, or there are more than 1,000 labels
 */
export async function readScoredCases(
  comparison: Pick<Comparison, 'engine' | 'baseline' | 'candidate'>,
  request: ScoredRequest,
): Promise<ScoredTable | null> {
  if (!hasProbabilities(comparison.candidate)) return null;
  const kept = KEPT.get(comparison.engine) ?? { reads: new Map(), latest: null };
  KEPT.set(comparison.engine, kept);
  const key = JSON.stringify(request);
  if (kept.latest?.key === key) return kept.latest.table;
  const table = scoredTable(comparison, request, kept.reads);
  kept.latest = { key, table };
  table.catch(() => {
    if (kept.latest?.table === table) kept.latest = null;
  });
  return table;
}

async function scoredTable(
  comparison: Pick<Comparison, 'engine' | 'baseline' | 'candidate'>,
  { groupings, positive, isPaired }: ScoredRequest,
  reads: Kept['reads'],
): Promise<ScoredTable | null> {
  const units = await comparison.engine.units({
    groupings,
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
    onlyDiscordant: false,
  });
  const key = JSON.stringify([positive, isPaired, units.ids.length]);
  const reading = reads.get(key) ?? readCases(comparison, { ids: units.ids, positive, isPaired });
  reads.set(key, reading);
  reading.catch(() => reads.delete(key));
  const read = await reading;
  if (read === null) return null;
  const { labels, baseline, candidate } = read;
  const task = labels.labels.length <= 2 ? 'binary' : 'answer';
  return {
    task,
    cases: {
      task,
      baseline: baseline?.scores ?? null,
      candidate: candidate.scores,
      cluster: units.cluster,
      labels: labels.labels.length,
    },
    positive: labels.positive === null ? null : (labels.labels[labels.positive] ?? null),
    labels: labels.labels,
    slices: units.slices,
    members: units.members,
    bad: { baseline: baseline?.bad ?? [], candidate: candidate.bad },
  };
}

async function readCases(
  { baseline: before, candidate }: Pick<Comparison, 'baseline' | 'candidate'>,
  {
    ids,
    positive,
    isPaired,
  }: Pick<ScoredRequest, 'positive' | 'isPaired'> & { readonly ids: readonly string[] },
): Promise<ReadCases | null> {
  const baseline = before !== null && isPaired && hasProbabilities(before) ? before : null;
  const collection = collectLabels();
  for (const run of baseline === null ? [candidate] : [baseline, candidate]) {
    for await (const chunk of labelsOf(run)) collection.add(chunk, run.opened.mapping);
  }
  const labels = collection.labels(positive);
  if (labels.labels.length === 0 || labels.labels.length > MOST_LABELS) return null;
  const places = new Map(ids.map((id, at) => [id, at]));
  const after = await readRun(candidate, labels, places);
  const first = baseline === null ? null : await readRun(baseline, labels, places);
  if (after.read === 0 && after.bad.length === 0 && (first?.read ?? 0) === 0) return null;
  return { labels, baseline: first, candidate: after };
}

/** The rows with what tells the labels: what became of them is not wanted yet. */
function labelsOf(run: LoadedRun): ReturnType<typeof chunksOf> {
  const { mapping, columns } = run.opened;
  const roles = [mapping.expected, mapping.predicted].filter((name) => name !== undefined);
  return rowsOf(run, [...probabilityColumnNames(probabilityColumns(mapping, columns)), ...roles]).chunks;
}

function chunksOf(run: LoadedRun): AsyncIterable<ResultChunk> | Iterable<ResultChunk> {
  const { mapping, columns } = run.opened;
  const roles = [mapping.expected, mapping.predicted, mapping.trial, mapping.error];
  const reads = [
    ...probabilityColumnNames(probabilityColumns(mapping, columns)),
    ...roles.filter((name) => name !== undefined),
  ];
  return rowsOf(run, reads, true).chunks;
}

interface ReadRun {
  readonly scores: RunScores;
  /** Rows with usable probabilities. */
  readonly read: number;
  readonly bad: readonly BadProbabilities[];
}

/** Places named for each fault. */
const NAMED_PLACES = 5;

async function readRun(
  run: LoadedRun,
  labels: ProbabilityLabels,
  places: ReadonlyMap<string, number>,
): Promise<ReadRun> {
  const { mapping, columns } = run.opened;
  const where = probabilityColumns(mapping, columns)!;
  const into = createScores(places.size, labels);
  const faults = createFaults();
  let count = 0;
  for await (const { file, lines, caseId, trial, status, attributes } of chunksOf(run)) {
    for (const [row, line] of lines.entries()) {
      const cellOf = (column: string | undefined) => attributes.get(column ?? '')?.[row] ?? null;
      const read =
        status[row] === 'error' ? ({ kind: 'absent' } as const) : readProbabilities(where, labels, cellOf);
      if (read.kind === 'bad') faults.add(read.fault, `${file}:${line}`);
      if (read.kind === 'read') count++;
      const at = places.get(caseId[row]!);
      if (at === undefined || !into.isFirst(at, trial[row]!)) continue;
      into.set(
        at,
        read.kind === 'read' ? read.vector : null,
        labelOfCell(cellOf(mapping.expected)),
        labelOfCell(cellOf(mapping.predicted)),
      );
    }
  }
  return { scores: into.scores, read: count, bad: faults.list() };
}

function createFaults(): {
  readonly add: (fault: string, place: string) => void;
  readonly list: () => readonly BadProbabilities[];
} {
  const found = new Map<string, { rows: number; readonly places: string[] }>();
  return {
    add(fault, place) {
      const known = found.get(fault) ?? { rows: 0, places: [] };
      known.rows++;
      if (known.places.length < NAMED_PLACES) known.places.push(place);
      found.set(fault, known);
    },
    list: () =>
      [...found]
        .map(([fault, own]) => ({ fault, ...own }))
        .toSorted((a, b) => b.rows - a.rows || compareText(a.fault, b.fault)),
  };
}

const SCORES = ['probability', 'event', 'right', 'brier', 'logLoss', 'trueRank'] as const;

/** Most probabilities of a run that are kept for areas over all labels. */
const MOST_KEPT = 5_000_000;

/** Labels up to which every pair of them is compared: 200 are 19,900 pairs. */
const MOST_COMPARED = 200;

/** The scores of a run, filled case by case; of several trials the first stays. */
function createScores(count: number, labels: ProbabilityLabels) {
  const values = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const trials = new Array<string | null>(count).fill(null);
  const classes = labels.labels.length;
  const scores: RunScores = {
    ...{ probability: values(), event: values(), right: values() },
    ...{ brier: values(), logLoss: values(), trueRank: values() },
    classes:
      classes <= 2 || classes > MOST_COMPARED || count * classes > MOST_KEPT
        ? null
        : { classes, matrix: new Float64Array(count * classes), truth: new Int32Array(count).fill(-1) },
  };
  return {
    scores,
    /** Whether the trial comes before the one that is kept; then it is the one. */
    isFirst(at: number, trial: string): boolean {
      const known = trials[at]!;
      if (known !== null && compareText(trial, known) >= 0) return false;
      trials[at] = trial;
      return true;
    },
    set(at: number, vector: Float64Array | null, truth: string | null, answer: string | null): void {
      const found = vector === null || truth === null ? null : scoreRow(vector, labels, truth, answer);
      for (const name of SCORES) scores[name][at] = found?.[name] ?? Number.NaN;
      if (found === null || scores.classes === null) return;
      scores.classes.matrix.set(vector!, at * classes);
      scores.classes.truth[at] = labels.indexOf(truth!)!;
    },
  };
}
