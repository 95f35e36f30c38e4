/** `slicewise forecast`: the score to expect on cases without labels, or why nobody can say. */

import { foundText, parseDecimal } from '../../cases/index.ts';
import { allOrProblems, UsageError } from '../../errors.ts';
import { splitKind } from '../../evidence/index.ts';
import { compareText } from '../../slices/index.ts';
import { openRecords } from '../../sources/index.ts';
import { textOf } from '../splits/cell-text.ts';
import type { CheckRequest } from '../splits/check-request.ts';
import { readCases, type SplitCase } from '../splits/split-scores.ts';
import { type Forecast, forecastScore } from './forecast.ts';
import type { ForecastCase } from './forecasters.ts';

export interface ForecastRequest {
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Results with verdicts, and where their splits stand. */
  readonly results: NonNullable<CheckRequest['results']>;
  /** Inputs of the new domain. */
  readonly inputs: readonly string[];
  /** Column of the texts of the new inputs; null finds it by name. */
  readonly text: string | null;
  /** Column of the system's confidence, in the results and in the new inputs. */
  readonly confidence: string | null;
  readonly minCases: number;
  readonly seed: number;
}

export interface ForecastReport extends Forecast {
  readonly format: 'slicewise-forecast';
  readonly version: 1;
  readonly files: readonly string[];
  readonly inputs: readonly string[];
  readonly cases: number;
  readonly unscored: number;
  readonly inDomain: number;
  readonly asked: number;
  readonly withoutText: number;
  /** Splits with too few cases. */
  readonly small: readonly { readonly name: string; readonly cases: number }[];
  readonly seed: number;
  readonly notes: readonly string[];
}

/** @throws UsageError and DataError for files and columns that do not fit, all at once */
export async function runForecast(request: ForecastRequest): Promise<ForecastReport> {
  const { results, confidence, minCases, seed } = request;
  const [{ files, cases, notes }, asked] = await allOrProblems(
    () => readCases(results, confidence, request),
    () => readInputs(request),
  );
  const scored = cases.filter(({ passed }) => passed !== null);
  const isLike = (name: string) =>
    results.inDomain.includes(name) || results.inDomain.includes(splitKind(name) ?? '');
  const names = [...new Set(scored.flatMap(({ splits }) => [...splits]))]
    .filter((name) => !isLike(name))
    .toSorted();
  const members = names.map((name) => ({
    name,
    cases: scored.filter(({ splits }) => splits.has(name)).map(asKnown),
  }));
  const large = members.filter((one) => one.cases.length >= minCases);
  const held = new Set(large.map(({ name }) => name));
  const inDomain = scored.filter(({ splits }) => ![...splits].some((name) => held.has(name))).map(asKnown);
  return {
    format: 'slicewise-forecast',
    version: 1,
    files,
    inputs: asked.files,
    cases: cases.length,
    unscored: cases.length - scored.length,
    inDomain: inDomain.length,
    asked: asked.cases.length,
    withoutText: asked.cases.filter(({ text }) => text === null).length,
    small: members.flatMap(({ name, cases: own }) =>
      own.length < minCases ? [{ name, cases: own.length }] : [],
    ),
    seed,
    notes,
    ...forecastScore(inDomain, large, asked.cases, seed),
  };
}

function asKnown({ text, number, passed }: SplitCase): ForecastCase {
  return { text, confidence: number, passed };
}

async function readInputs({ inputs, text, confidence, cwd, stdin }: ForecastRequest) {
  const records = await openRecords({
    files: inputs,
    mapping: text === null ? {} : { input: text },
    cwd,
    stdin,
  });
  const { input } = records.mapping;
  if (input === undefined) {
    throw new UsageError({
      message: `${records.files.join(', ')}: no column is known as the text; the columns are ${records.columns.slice(0, 20).join(', ')}`,
      hint: '--text COLUMN',
    });
  }
  if (confidence !== null && !records.columns.includes(confidence)) {
    throw new UsageError({
      message: `the new inputs have no column ${foundText(confidence)}`,
      hint: 'run the system on them and give its confidence, or leave --confidence out',
    });
  }
  const cases: ForecastCase[] = [];
  for await (const chunk of records.rows()) {
    const [texts, numbers] = [
      chunk.columns.get(input),
      confidence === null ? undefined : chunk.columns.get(confidence),
    ];
    chunk.lines.forEach((_, row) => {
      const number = textOf(numbers?.[row]);
      cases.push({
        text: textOf(texts?.[row]),
        confidence: number === null ? null : parseDecimal(number),
        passed: null,
      });
    });
  }
  // Large sets are thinned out by place, and places must not depend on the order of the rows.
  const inOrder = cases.toSorted(
    (a, b) => compareText(a.text ?? '', b.text ?? '') || (a.confidence ?? 0) - (b.confidence ?? 0),
  );
  return { files: records.files, cases: inOrder };
}
