/** What the header of an Inspect log says: the eval, its scorers, its own results. */

import { list, number, path, record, scalarText, text } from '../json-access.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The parts of a log beside its samples, as the file holds them. */
export type RawHeader = Readonly<Record<string, unknown>>;

/** One line of the log's own results. */
export interface HeaderScore {
  /** Key of the value in a scorer that gives several, else the scorer's name. */
  readonly name: string;
  readonly scorer: string;
  readonly reducer: string | null;
  readonly scored: number | null;
  readonly unscored: number | null;
  readonly params: Fields;
  readonly metrics: readonly { readonly name: string; readonly value: number; readonly params: Fields }[];
}

/** What the importer needs of a header. */
export interface LogHeader {
  readonly status: string | null;
  readonly eval: Fields;
  readonly plan: Fields;
  readonly results: Fields | null;
  readonly scores: readonly HeaderScore[];
  /** Name of the metric that the log itself puts first. */
  readonly primary: string | null;
  /** Names of metrics whose author measures accuracy: right or wrong, no degrees. */
  readonly accuracies: ReadonlySet<string>;
  /** Key of the metadata by which the log clusters its standard errors. */
  readonly clusterKey: string | null;
  readonly error: string | null;
  readonly isInvalidated: boolean;
}

/** Reads the parts of a header, of old logs and new ones. */
export function logHeader(raw: RawHeader): LogHeader {
  const spec = record(raw.eval) ?? {};
  const results = record(raw.results);
  const scores = headerScores(results);
  return {
    status: text(raw.status),
    eval: spec,
    plan: record(raw.plan) ?? {},
    results,
    scores,
    primary: primaryMetric(results, scores, spec),
    accuracies: accuracyMetrics(scores, spec),
    clusterKey: clusterKey(scores, spec),
    error: text(path(raw, 'error.message')) ?? text(raw.error),
    isInvalidated: raw.invalidated === true,
  };
}

/** Name of a metric in our tables. */
export function metricName(scorer: string, name: string): string {
  return name === scorer ? scorer : `${scorer}.${name}`;
}

function headerScores(results: Fields | null): readonly HeaderScore[] {
  if (results === null) return [];
  // Before May 2024 a log had one scorer, with the metrics beside it.
  const scores = list(results.scores) ?? (record(results.scorer) === null ? [] : [results.scorer]);
  return scores.flatMap((entry) => {
    const fields = record(entry);
    const name = text(fields?.name);
    if (fields === null || name === null) return [];
    return [
      {
        name,
        scorer: text(fields.scorer) ?? name,
        reducer: text(fields.reducer),
        scored: number(fields.scored_samples),
        unscored: number(fields.unscored_samples),
        params: record(fields.params) ?? {},
        metrics: headerMetrics(fields.metrics ?? results.metrics),
      },
    ];
  });
}

function headerMetrics(metrics: unknown): HeaderScore['metrics'] {
  return Object.entries(record(metrics) ?? {}).flatMap(([name, entry]) => {
    const fields = record(entry);
    const value = number(fields?.value);
    if (fields === null || value === null) return [];
    return [{ name, value, params: record(fields.params) ?? record(fields.options) ?? {} }];
  });
}

function primaryMetric(results: Fields | null, scores: readonly HeaderScore[], spec: Fields): string | null {
  const headline = record(results?.headline);
  const scorer = text(headline?.scorer);
  if (scorer !== null) return metricName(scorer, text(headline?.score) ?? scorer);
  const first = scores[0];
  if (first !== undefined) return metricName(first.scorer, first.name);
  return text(path(spec, 'scorers.0.name'));
}

/** The metrics of every scorer by name of the column: those of the results, else those that the eval was set up with. */
function* declaredMetrics(
  scores: readonly HeaderScore[],
  spec: Fields,
): Generator<{ column: string; metric: string; params: Fields }> {
  for (const { scorer, name, metrics } of scores) {
    for (const metric of metrics) {
      yield { column: metricName(scorer, name), metric: metric.name, params: metric.params };
    }
  }
  for (const entry of list(spec.scorers) ?? []) {
    const scorer = text(record(entry)?.name);
    if (scorer === null) continue;
    for (const [key, metric] of plannedMetrics(scorer, record(entry)?.metrics)) {
      const name = scalarText(metric.name)?.replace(/^inspect_ai\//, '') ?? '';
      yield { column: metricName(scorer, key), metric: name, params: record(metric.options) ?? {} };
    }
  }
}

/** The metrics that a scorer was set up with: a list for its value, an object for the values of a scorer that gives several. */
function* plannedMetrics(
  scorer: string,
  planned: unknown,
): Generator<readonly [key: string, metric: Fields]> {
  for (const part of list(planned) ?? [planned]) {
    const fields = record(part);
    if (fields === null) continue;
    if (text(fields.name) !== null) {
      yield [scorer, fields];
      continue;
    }
    for (const [key, metrics] of Object.entries(fields)) {
      for (const metric of list(metrics) ?? []) yield [key, record(metric) ?? {}];
    }
  }
}

function accuracyMetrics(scores: readonly HeaderScore[], spec: Fields): ReadonlySet<string> {
  return new Set(
    [...declaredMetrics(scores, spec)]
      .filter(({ metric }) => metric === 'accuracy')
      .map(({ column }) => column),
  );
}

function clusterKey(scores: readonly HeaderScore[], spec: Fields): string | null {
  for (const { metric, params } of declaredMetrics(scores, spec)) {
    const cluster = metric === 'stderr' ? text(params.cluster) : null;
    if (cluster !== null) return cluster;
  }
  return null;
}
