/** Reads one line of a samples file: a document under one filter. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
import { contentText, list, number, record, scalarText, text } from '../json-access.ts';

/** A line as far as every run needs it. */
export interface SampleRow {
  readonly line: number;
  readonly filter: string;
  readonly docId: string | null;
  readonly docHash: string | null;
  readonly promptHash: string | null;
  readonly targetHash: string | null;
  readonly input: string | null;
  readonly expected: string | null;
  readonly output: string | null;
  /** Text of the chosen answer, for questions with several. */
  readonly choice: string | null;
  /** Answers of one request, 1 for most tasks. */
  readonly repeats: number;
  /** Per metric that the row names: the number, or null with its JSON where it is none (a tuple of perplexity). */
  readonly metrics: ReadonlyMap<string, { readonly value: number | null; readonly json: string }>;
  readonly tags: Readonly<Record<string, Cell>>;
  /** Fields that nothing maps. */
  readonly unmapped: readonly string[];
}

const MAPPED = new Set([
  'doc_id',
  'doc',
  'target',
  'arguments',
  'resps',
  'filtered_resps',
  'filter',
  'metrics',
  'doc_hash',
  'prompt_hash',
  'target_hash',
]);

/** The row, or null after its problem went to the log. */
export function sampleRowOf(value: unknown, line: number, file: string, log: ProblemLog): SampleRow | null {
  const row = record(value);
  const wrong = (field: string, expected: string): null => {
    log.add({
      message: `"${field}" is missing or of another type, expected ${expected}`,
      hint: 'every line of a samples file holds one document; write the file again',
      where: { file, line, field },
    });
    return null;
  };
  if (row === null) return wrong('line', 'an object');
  const docId = scalarText(row.doc_id);
  if (docId === null && text(row.doc_hash) === null) return wrong('doc_id', 'a number');
  const names = namesOfMetrics(row);
  if (names === null) return wrong('metrics', 'a list of names');
  const metrics = new Map<string, { value: number | null; json: string }>();
  for (const name of names) {
    if (!Object.hasOwn(row, name)) return wrong(name, `a number, because "metrics" names it`);
    metrics.set(name, { value: metricNumber(row[name]), json: contentText(row[name]) ?? 'null' });
  }
  const doc = record(row.doc);
  const requests = requestsOf(row.arguments);
  const answer = answerOf(row, requests, names);
  return {
    line,
    filter: text(row.filter) ?? 'none',
    docId,
    docHash: text(row.doc_hash),
    promptHash: text(row.prompt_hash),
    targetHash: text(row.target_hash),
    input: contentText(requests[0]?.[0]),
    expected: contentText(row.target),
    output: answer.output,
    choice: answer.choice,
    repeats: list(list(row.resps)?.[0])?.length ?? 1,
    metrics,
    tags: scalarsOf(doc),
    unmapped: [
      ...Object.keys(row).filter((key) => !MAPPED.has(key) && !metrics.has(key)),
      ...Object.keys(doc ?? {})
        .filter((key) => typeof doc![key] === 'object' && doc![key] !== null)
        .map((key) => `doc.${key}`),
    ],
  };
}

/** Older rows have no list of names: their metrics are the keys beside the fixed ones. */
function namesOfMetrics(row: Readonly<Record<string, unknown>>): readonly string[] | null {
  if (row.metrics === undefined) {
    return Object.keys(row).filter((key) => !MAPPED.has(key) && typeof row[key] !== 'string');
  }
  const names = list(row.metrics);
  return names?.every((name) => typeof name === 'string') === true ? (names as readonly string[]) : null;
}

function metricNumber(value: unknown): number | null {
  return typeof value === 'boolean' ? Number(value) : number(value);
}

/** What was asked, request by request: context and, where answers are compared, the answer. Objects are newer, lists older. */
function requestsOf(value: unknown): readonly (readonly unknown[])[] {
  const requests = list(value) ?? Object.values(record(value) ?? {});
  return requests.map((request) => list(request) ?? Object.values(record(request) ?? {}));
}

/** For questions with several answers: the position of the answer with the largest log-likelihood, from 0 as in `target`. */
function answerOf(
  row: Readonly<Record<string, unknown>>,
  requests: readonly (readonly unknown[])[],
  metrics: readonly string[],
): { readonly output: string | null; readonly choice: string | null } {
  const answers = list(row.filtered_resps) ?? [];
  const likelihoods = answers.map(likelihoodOf);
  if (!likelihoods.every((value) => value !== null) || answers.length === 0) {
    return { output: contentText(answers[0]), choice: null };
  }
  if (answers.length === 1) return { output: contentText(answers[0]), choice: null };
  // Mutual information asks every answer a second time, without its question.
  const half = metrics.includes('acc_mutual_info') && answers.length % 2 === 0;
  const compared = half ? likelihoods.slice(0, answers.length / 2) : likelihoods;
  const best = compared.indexOf(Math.max(...compared));
  return { output: String(best), choice: contentText(requests[best]?.[1]) };
}

/** `[-12.5, false]`, or the same as texts. */
function likelihoodOf(answer: unknown): number | null {
  const pair = list(answer);
  if (pair?.length !== 2) return null;
  const greedy = typeof pair[1] === 'boolean' || /^(?:true|false)$/i.test(text(pair[1]) ?? '');
  const value = typeof pair[0] === 'string' && pair[0].trim() !== '' ? Number(pair[0]) : pair[0];
  return greedy && typeof value === 'number' && !Number.isNaN(value) ? value : null;
}

function scalarsOf(doc: Readonly<Record<string, unknown>> | null): Record<string, Cell> {
  const cells: [string, Cell][] = [];
  for (const [key, value] of Object.entries(doc ?? {})) {
    const cell = scalarText(value);
    if (cell !== null) cells.push([key, cell]);
  }
  return Object.fromEntries(cells);
}
