/** Reads one Inspect log: its samples as results, and what its header says beside what they give. */

import { foundText, foundTexts } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import type { ImportContext } from '../importer.ts';
import { text } from '../json-access.ts';
import type { InspectLog } from './inspect-log.ts';
import type { LogHeader } from './log-header.ts';
import { compareHeader, compareReductions } from './own-numbers.ts';
import {
  codeFingerprint,
  datasetFingerprint,
  judgeFingerprint,
  noteFacts,
  promptFingerprint,
} from './run-facts.ts';
import { readSample, type SampleContext } from './sample.ts';
import type { SampleScores } from './sample-scores.ts';
import { createScoreTable } from './score-table.ts';
import { isVerdict, scoreNumber } from './score-value.ts';

/** So many names of scores are listed in a message. */
const LISTED = 10;

/** What is counted while samples stream by. */
interface Tally {
  samples: number;
  errors: number;
  invalidated: number;
  missedPrimary: number;
  readonly seen: Set<string>;
  readonly metrics: Set<string>;
  readonly strangeTexts: Map<string, string>;
}

/** The results of a log, sample by sample; the notebook is told the rest. */
export async function* readLog(
  run: string,
  log: InspectLog,
  header: LogHeader,
  context: ImportContext,
): AsyncGenerator<ImportedResult> {
  const { notebook } = context;
  const primary = context.score ?? header.primary;
  noteFacts(run, header, log.isFinished, notebook);
  for (const name of log.replaced) notebook.dropped('replaced by a later record of the same sample', name);
  const table = createScoreTable();
  const tally = emptyTally();
  const sampleContext = contextOf(run, primary, header, context);
  for await (const raw of log.samples()) {
    tally.samples += 1;
    const sample = readSample(raw, sampleContext);
    if (sample === null) continue;
    const { result, scores, invalidation } = sample;
    const key = `${result.trial} ${result.caseId}`;
    if (tally.seen.has(key)) {
      context.log.add({
        message: `the sample ${foundText(result.caseId)} of epoch ${result.trial} is in the log twice`,
        where: { file: raw.file, line: raw.line, field: 'id' },
      });
      continue;
    }
    tally.seen.add(key);
    if (result.status === 'error') tally.errors += 1;
    if (invalidation !== null) {
      tally.invalidated += 1;
      notebook.dropped(invalidation, `sample ${result.caseId}, epoch ${result.trial} of ${run}`);
      continue;
    }
    noteScores(run, scores, sampleContext.accuracies, tally, context);
    if (result.status !== 'error') {
      for (const { name, value } of scores.values) table.add(name, result.caseId, value);
      table.setCluster(result.caseId, result.cluster ?? null);
    }
    yield result;
  }
  finish(run, primary, tally, context);
  const read = { ...tally, table };
  compareHeader(run, header, read, notebook);
  await compareReductions(run, log.reductions(), read, notebook);
}

function emptyTally(): Tally {
  return {
    ...{ samples: 0, errors: 0, invalidated: 0, missedPrimary: 0 },
    ...{ seen: new Set(), metrics: new Set(), strangeTexts: new Map() },
  };
}

function contextOf(
  run: string,
  primary: string | null,
  header: LogHeader,
  { notebook, log }: ImportContext,
): SampleContext {
  return {
    ...{ run, primary, notebook, log },
    ...{ accuracies: header.accuracies, clusterKey: header.clusterKey },
    constant: {
      model: text(header.eval.model),
      task: text(header.eval.task),
      judgeFingerprint: judgeFingerprint(header, primary),
      datasetFingerprint: datasetFingerprint(header),
      promptFingerprint: promptFingerprint(header),
      codeFingerprint: codeFingerprint(header),
    },
  };
}

/** Tells the notebook of metrics when they first occur, and of values that count for nothing. */
function noteScores(
  run: string,
  { primary, values }: SampleScores,
  accuracies: ReadonlySet<string>,
  tally: Tally,
  { notebook }: ImportContext,
): void {
  if (primary === null && values.length > 0) tally.missedPrimary += 1;
  for (const { name, value } of values) {
    if (typeof value === 'string' && scoreNumber(value) === null) {
      tally.strangeTexts.set(name, tally.strangeTexts.get(name) ?? foundText(value));
    }
    if (tally.metrics.has(name) || value === null) continue;
    tally.metrics.add(name);
    const direction = isVerdict(value) || accuracies.has(name) ? 'higher' : 'unknown';
    notebook.metric(run, name, { direction, primary: name === primary?.name });
  }
}

function finish(
  run: string,
  primary: string | null,
  tally: Tally,
  { log, notebook, score }: ImportContext,
): void {
  const { metrics, missedPrimary, samples, strangeTexts } = tally;
  if (samples === 0) notebook.note(`${run}: the log holds no samples, so there is nothing to compare`);
  for (const [name, example] of strangeTexts) {
    notebook.note(
      `${run}: values of ${name} such as ${example} spell no number; these samples are unscored (Inspect counts them as 0)`,
    );
  }
  if (missedPrimary === 0 || primary === null) return;
  const others = foundTexts([...metrics], LISTED);
  if (score !== null && ![...metrics].some((name) => name === score || name.startsWith(`${score}.`))) {
    log.add({
      message: `no sample of ${run} has a score ${foundText(score)}`,
      hint: `scores of this log: ${others}`,
    });
  } else {
    notebook.note(`${run}: ${missedPrimary} samples have scores but not ${primary}; they are unscored`);
  }
}
