/** Makes rows of Langfuse's flat exports: experiment items, and the table of traces. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import { flattenTags, scalarText } from '../json-access.ts';
import { type MetricValue, millisBetween, type RecordFields, readExchange } from '../records/index.ts';
import { readTokens } from './observations.ts';
import { columnScore, type SortedScores, sortScores } from './scores.ts';

/** One row without its outcome. */
export interface FlatRow {
  readonly result: Omit<ImportedResult, 'status' | 'scores' | 'line'>;
  readonly scores: SortedScores;
  readonly failure: string | null;
  /** Columns that nothing maps. */
  readonly unmapped: readonly string[];
}

const ITEM_FIELDS = new Set([
  'id',
  'traceId',
  'startTime',
  'endTime',
  'level',
  'statusMessage',
  'environment',
  'experimentId',
  'experimentName',
  'experimentItemId',
  'experimentDatasetId',
  'experimentItemVersion',
  'experimentDescription',
  'input',
  'output',
  'expectedOutput',
  'metadata',
  'experimentItemMetadata',
  'experimentMetadata',
  'scores',
  'totalCost',
  'latency',
  'tags',
  'release',
  'version',
  'userId',
  'sessionId',
  'usageDetails',
  'costDetails',
  'projectId',
  'name',
  'model',
  'traceScores',
]);

const TRACE_FIELDS = new Set([
  'id',
  'timestamp',
  'name',
  'userId',
  'sessionId',
  'release',
  'version',
  'environment',
  'tags',
  'bookmarked',
  'public',
  'input',
  'output',
  'metadata',
  'latency',
  'usage',
  'inputCost',
  'outputCost',
  'totalCost',
  'level',
  'errorCount',
  'warningCount',
  'defaultCount',
  'debugCount',
  'observationCount',
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'scores',
  'comments',
  'usageDetails',
  'costDetails',
  'projectId',
  'createdAt',
  'updatedAt',
  'observations',
  'htmlPath',
  'externalId',
  'corrections',
]);

/** An item of an experiment: the experiment is the run, the item is the case. */
export function readExperimentItem(fields: RecordFields): FlatRow {
  const metadata = fields.object('metadata') ?? {};
  const itemMetadata = fields.object('experimentItemMetadata') ?? {};
  const exchange = readExchange(fields.raw('input'), fields.raw('output'));
  const expected = readExchange(null, fields.raw('expectedOutput')).output;
  const start = fields.time('startTime');
  const scores = withColumns(
    fields,
    ITEM_FIELDS,
    sortScores(fields.list('scores') ?? fields.list('traceScores'), new Set([fields.text('id') ?? ''])),
  );
  return {
    result: {
      run: fields.text('experimentName') ?? fields.text('experimentId') ?? 'experiment',
      caseId: fields.text('experimentItemId') ?? '',
      input: exchange.input,
      output: exchange.output,
      expected,
      latencyMs: millisBetween(start, fields.time('endTime')) ?? milliseconds(fields.number('latency')),
      costUsd: fields.number('totalCost'),
      ...tokensOf(fields),
      timestamp: start,
      model: fields.text('model'),
      cluster: fields.text('sessionId'),
      tags: {
        ...listTags(fields),
        ...named(fields, [
          ['environment', 'environment'],
          ['release', 'release'],
          ['version', 'version'],
          ['user', 'userId'],
        ]),
        ...flattenTags(itemMetadata, 'item'),
        ...flattenTags(metadata, 'metadata'),
      },
      extra: {
        trace_id: fields.text('traceId'),
        experiment_id: fields.text('experimentId'),
        ...exchange.extra,
        ...scores.sorted.extra,
      },
      datasetFingerprint: fingerprint(
        fields.text('experimentDatasetId'),
        fields.text('experimentItemVersion'),
      ),
    },
    scores: scores.sorted,
    failure:
      fields.text('level') === 'ERROR' ? (fields.text('statusMessage') ?? 'the item has level ERROR') : null,
    unmapped: scores.unmapped,
  };
}

/** A row of the table of traces. Its level is the worst of all observations, so a trace with an output did not fail. */
export function readTraceRow(fields: RecordFields): FlatRow {
  const metadata = fields.object('metadata') ?? {};
  const exchange = readExchange(fields.raw('input'), fields.raw('output'));
  const level = fields.text('level');
  const scores = withColumns(fields, TRACE_FIELDS, sortScores(fields.list('scores'), new Set()));
  const id = fields.text('id');
  return {
    result: {
      run: fields.text('release') ?? fields.text('version') ?? 'traces',
      caseId: scalarText(metadata.case_id) ?? scalarText(metadata.caseId) ?? id ?? '',
      input: exchange.input,
      output: exchange.output,
      latencyMs: milliseconds(fields.number('latency')),
      costUsd: fields.number('totalCost'),
      ...tokensOf(fields),
      timestamp: fields.time('timestamp'),
      cluster: fields.text('sessionId'),
      tags: {
        ...listTags(fields),
        ...named(fields, [
          ['name', 'name'],
          ['user', 'userId'],
          ['environment', 'environment'],
          ['release', 'release'],
          ['version', 'version'],
          ['level', 'level'],
        ]),
        ...flattenTags(metadata, 'metadata'),
      },
      extra: {
        trace_id: id,
        observations: fields.text('observationCount'),
        ...exchange.extra,
        ...scores.sorted.extra,
      },
    },
    scores: scores.sorted,
    failure:
      level === 'ERROR' && exchange.output === null && exchange.toolCalls.length === 0
        ? 'an observation has level ERROR and the trace has no output'
        : null,
    unmapped: scores.unmapped,
  };
}

/** Adds scores that stand in columns of their own, as table exports write them. */
function withColumns(
  fields: RecordFields,
  known: ReadonlySet<string>,
  listed: SortedScores,
): { sorted: SortedScores; unmapped: readonly string[] } {
  const metrics: Record<string, MetricValue> = { ...listed.metrics };
  const extra: Record<string, Cell> = { ...listed.extra };
  const unmapped: string[] = [];
  for (const name of Object.keys(fields.record.fields)) {
    if (known.has(name) || fields.raw(name) === undefined) continue;
    const value = columnScore(fields.raw(name));
    if (value === null) unmapped.push(name);
    else if (typeof value === 'string') extra[`label.${name}`] = value;
    else metrics[name] = value;
  }
  return { sorted: { ...listed, metrics, extra }, unmapped };
}

function tokensOf(
  fields: RecordFields,
): Pick<ImportedResult, 'inputTokens' | 'outputTokens' | 'totalTokens'> {
  const { input, output, total } = readTokens({
    usage: fields.object('usage'),
    usageDetails: fields.object('usageDetails'),
    inputTokens: fields.number('inputTokens'),
    outputTokens: fields.number('outputTokens'),
    totalTokens: fields.number('totalTokens'),
  });
  return { inputTokens: input, outputTokens: output, totalTokens: total };
}

function listTags(fields: RecordFields): Record<string, Cell> {
  const tags = fields.list('tags');
  return tags === null || tags.length === 0 ? {} : { tags: tags.map((tag) => scalarText(tag) ?? '') };
}

function named(
  fields: RecordFields,
  pairs: readonly (readonly [tag: string, field: string])[],
): Record<string, Cell> {
  return Object.fromEntries(
    pairs.flatMap(([tag, field]) => {
      const value = fields.text(field);
      return value === null || value === '' ? [] : [[tag, value]];
    }),
  );
}

function fingerprint(dataset: string | null, version: string | null): string | null {
  return dataset === null ? null : version === null ? dataset : `${dataset}@${version}`;
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1e6) / 1e3;
}
