/** Turns one result of an evalite export into a result of ours. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../importer.ts';
import { contentId, contentText, list, number, path, record, scalarText, text } from '../json-access.ts';
import { spanTranscript } from '../records/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * evalite grades from 0 to 1 and says neither pass nor fail. Its average is 0 where nothing was scored, so without scores
 * the row is unscored, and a row that failed without scores is an error.
 *
 * @param about.score scorer that decides; null takes the average of all
 */
export function evaliteResultOf(
  fields: Fields,
  about: { readonly run: string; readonly line: number; readonly score: string | null },
): Omit<ImportedResult, 'trial'> {
  const scores = Object.fromEntries(
    (list(fields.scores) ?? []).flatMap((entry) => {
      const name = text(path(entry, 'name'));
      return name === null ? [] : [[name, number(path(entry, 'score'))] as const];
    }),
  );
  const scored = Object.values(scores).filter((score) => score !== null);
  const average = scored.length === 0 ? null : scored.reduce((sum, score) => sum + score, 0) / scored.length;
  const score = about.score === null ? average : (scores[about.score] ?? null);
  const failed = text(fields.status) === 'fail' && scored.length === 0;
  return {
    run: about.run,
    caseId: contentId(fields.input ?? null, fields.expected ?? null),
    ...(failed
      ? { status: 'error', error: errorOf(fields.output), passed: null, score: null }
      : { status: score === null ? 'unscored' : 'scored', passed: null, score }),
    scores,
    input: contentText(fields.input),
    expected: contentText(fields.expected),
    output: failed ? null : contentText(fields.output),
    latencyMs: number(fields.duration),
    ...tokensOf(fields),
    timestamp: text(fields.createdAt),
    extra: extraOf(fields),
    line: about.line,
    transcript: () =>
      spanTranscript(
        (list(fields.traces) ?? []).map((trace) => ({
          ...{ kind: 'model', input: path(trace, 'input'), output: path(trace, 'output') },
        })),
        `traces in line ${about.line}`,
      ),
  };
}

/** evalite keeps what was thrown as the output. */
function errorOf(output: unknown): string {
  return text(path(output, 'message')) ?? contentText(output) ?? 'the eval failed';
}

function tokensOf(fields: Fields): Pick<ImportedResult, 'inputTokens' | 'outputTokens' | 'totalTokens'> {
  const total = (name: string): number | null => {
    const counts = (list(fields.traces) ?? []).map((trace) => number(path(trace, name)));
    const known = counts.filter((count) => count !== null);
    return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
  };
  return {
    inputTokens: total('inputTokens'),
    outputTokens: total('outputTokens'),
    totalTokens: total('totalTokens'),
  };
}

/** Rationales of scorers, and the columns that the user chose to show. */
function extraOf(fields: Fields): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  for (const entry of list(fields.scores) ?? []) {
    const name = text(path(entry, 'name'));
    const why = path(entry, 'metadata.rationale') ?? path(entry, 'metadata');
    if (name !== null && why !== null && why !== undefined) cells[`reason.${name}`] = contentText(why);
  }
  for (const column of list(fields.renderedColumns) ?? []) {
    const label = text(record(column)?.label);
    if (label !== null) cells[`column.${label}`] = contentText(record(column)?.value);
  }
  const traces = list(fields.traces)?.length ?? 0;
  if (traces > 0) cells.traces = scalarText(traces);
  return cells;
}
