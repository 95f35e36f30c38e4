/** The notebook that importers write into while rows stream by. */

import type { ImportedResult } from './imported-result.ts';
import { createMetricTally, type MetricTally } from './metric-tally.ts';
import type { ImportNotebook, ImportSummary, OwnNumber, RunSummary } from './notebook.ts';
import { createTagCounter } from './tag-values.ts';

/** Examples kept of each reason, and different notes, reasons and unmapped fields kept at all. */
const MOST_EXAMPLES = 5;
const MOST_DIFFERENT = 1_000;

interface RunNotes {
  readonly facts: Map<string, string>;
  readonly tally: MetricTally;
  /** Rows of each case. */
  readonly trials: Map<string, number>;
  maxTrials: number;
  rows: number;
  scored: number;
  judged: number;
  errors: number;
  unscored: number;
  passed: number;
}

type Counted = Map<string, { count: number; examples: string[] }>;

/** An empty notebook. It remembers every case id and one sum per case and metric, never a row. */
export function createNotebook(): ImportNotebook {
  const runs = new Map<string, RunNotes>();
  const ownNumbers: (Omit<OwnNumber, 'ours'> & { ours?: number | null; metric?: string })[] = [];
  const dropped: Counted = new Map();
  const unmapped = new Map<string, number>();
  const tags = createTagCounter();
  const notes = new Set<string>();

  const runOf = (name: string): RunNotes => {
    const known = runs.get(name);
    if (known !== undefined) return known;
    const made = emptyRun();
    runs.set(name, made);
    return made;
  };
  const note = (sentence: string): void => {
    if (notes.size < MOST_DIFFERENT) notes.add(sentence);
  };

  return {
    fact(run, name, value) {
      const { facts } = runOf(run);
      const known = facts.get(name);
      if (known === undefined) facts.set(name, value);
      else if (known !== value) note(`${run}: ${name} is ${known} in one place and ${value} in another`);
    },
    metric: (run, name, about) => runOf(run).tally.describe(name, about),
    ownNumber: (number) => void ownNumbers.push(number),
    dropped(reason, place, count = 1) {
      const known = dropped.get(reason);
      if (known === undefined) {
        if (dropped.size < MOST_DIFFERENT) dropped.set(reason, { count, examples: [place] });
        return;
      }
      known.count += count;
      if (known.examples.length < MOST_EXAMPLES) known.examples.push(place);
    },
    unmapped(field) {
      if (unmapped.has(field) || unmapped.size < MOST_DIFFERENT) {
        unmapped.set(field, (unmapped.get(field) ?? 0) + 1);
      }
    },
    note,
    count(result) {
      const run = runOf(result.run);
      countRow(run, result);
      if (result.tags !== undefined) tags.add(result.tags);
    },
    summary: (): ImportSummary => ({
      runs: [...runs].map(([run, found]) => summaryOf(run, found)),
      metrics: [...runs].flatMap(([run, { tally }]) => tally.summary(run)),
      ownNumbers: ownNumbers.map(({ metric, ours, ...own }) => ({
        ...own,
        ours: ours ?? (metric === undefined ? null : (runs.get(own.run)?.tally.mean(metric) ?? null)),
      })),
      dropped: [...dropped].map(([reason, { count, examples }]) => ({ reason, count, examples })),
      unmapped: [...unmapped]
        .map(([field, rows]) => ({ field, rows }))
        .toSorted((a, b) => b.rows - a.rows || (a.field < b.field ? -1 : 1)),
      tags: tags.summary().map(({ tag }) => tag),
      tagValues: tags.summary(),
      notes: [...notes],
    }),
  };
}

function emptyRun(): RunNotes {
  return {
    facts: new Map(),
    tally: createMetricTally(),
    trials: new Map(),
    maxTrials: 0,
    rows: 0,
    scored: 0,
    judged: 0,
    errors: 0,
    unscored: 0,
    passed: 0,
  };
}

function countRow(run: RunNotes, { caseId, status, passed, scores }: ImportedResult): void {
  run.rows += 1;
  if (status === 'scored') run.scored += 1;
  else if (status === 'error') run.errors += 1;
  else run.unscored += 1;
  if (status === 'scored' && typeof passed === 'boolean') run.judged += 1;
  if (status === 'scored' && passed === true) run.passed += 1;
  const trials = (run.trials.get(caseId) ?? 0) + 1;
  run.trials.set(caseId, trials);
  run.maxTrials = Math.max(run.maxTrials, trials);
  if (scores !== undefined) run.tally.add(caseId, scores);
}

function summaryOf(run: string, found: RunNotes): RunSummary {
  const { facts, rows, trials, maxTrials, scored, judged, errors, unscored, passed } = found;
  return {
    run,
    facts: [...facts],
    rows,
    cases: trials.size,
    maxTrials,
    scored,
    judged,
    errors,
    unscored,
    passed,
  };
}
