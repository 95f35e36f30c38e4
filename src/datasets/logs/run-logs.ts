/** `slicewise logs`: reads production logs beside an eval set and says what the set lacks. */

import type { ColumnMapping } from '../../cases/index.ts';
import { DERIVED } from '../../derived/index.ts';
import type { OpenedRecords, RecordsRequest } from '../../sources/index.ts';
import { openRecords } from '../../sources/index.ts';
import { dimensionReport, localeReport, topicReport, windowReports } from './audit-sides.ts';
import { coverageSamples, measureCoverage, sampledTexts } from './coverage.ts';
import { findingsOf } from './log-findings.ts';
import type { LogsReport, SideFactsReport } from './logs-report.ts';
import type { Period } from './periods.ts';
import { fitRecords, recordChunks } from './record-chunks.ts';
import { chooseDimensions, columnFor, type LogDimension, namedColumns } from './side-columns.ts';
import { type SideTally, tallySide } from './side-tally.ts';

/** What to look at. */
export interface LogsRequest {
  readonly files: readonly string[];
  /** The eval set; empty for none. */
  readonly evalFiles: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly from: RecordsRequest['from'];
  readonly mapping: ColumnMapping;
  readonly evalMapping: ColumnMapping;
  /** Dimensions; empty takes those that the gate would take. */
  readonly by: readonly string[];
  /** Least cases of a slice. */
  readonly floor: number;
  /** Column of topics; null finds them by words, false looks for none. */
  readonly topic: string | null | false;
  /** Column of revenue or another value; null for none. */
  readonly value: string | null;
  readonly period: Period | null;
  readonly progress?: (text: string) => void;
}

const TOPIC = `${DERIVED}cluster`;
/** Most values of a dimension that nobody named, and of one that somebody did. */
const MOST_VALUES = { detected: 5_000, named: 200_000 } as const;
/** Values of a tag that nobody named, as the gate shows them. */
const SHOWN_VALUES = 50;

/**
 * Audits. The logs are read once, twice where topics are found by words; memory grows with slices, days and topics, not
 * with rows.
 *
 * @throws DataError with every problem of the files, and for columns that do not exist
 */
export async function runLogs(request: LogsRequest): Promise<LogsReport> {
  const { files, evalFiles, cwd, stdin, from, mapping, evalMapping, progress } = request;
  const shared = { cwd, ...(stdin === undefined ? {} : { stdin }) };
  progress?.('opening');
  const logs = await openRecords({ ...shared, files, mapping, from: from ?? null });
  const evalSet =
    evalFiles.length === 0 ? null : await openRecords({ ...shared, files: evalFiles, mapping: evalMapping });
  const dimensions = chooseDimensions(request.by, logs, evalSet);
  const columns = columnsOf(request, dimensions, logs, evalSet);
  const sides = evalSet === null ? [logs] : [logs, evalSet];
  progress?.('reading texts');
  const model = await fitRecords(sides, [...columns.logs.wanted, ...(columns.evalSet?.wanted ?? [])]);
  const samples = coverageSamples();
  progress?.('reading logs');
  const tally = await tallySide(
    sampledTexts(
      recordChunks(logs, columns.logs.wanted, model),
      evalSet === null ? undefined : logs.mapping.input,
      columns.logs.topic,
      samples.logs,
    ),
    logs,
    columns.logs,
    false,
  );
  progress?.('reading the eval set');
  const evalTally =
    evalSet === null
      ? null
      : await tallySide(
          sampledTexts(
            recordChunks(evalSet, columns.evalSet!.wanted, model),
            evalSet.mapping.input,
            null,
            samples.evalSet,
          ),
          evalSet,
          columns.evalSet!,
          true,
        );
  progress?.('comparing');
  const usable = usableDimensions(dimensions, tally);
  const neighbours = { from: cwd, ...(progress === undefined ? {} : { progress }) };
  const coverage =
    evalTally === null ? null : await measureCoverage(samples.logs, samples.evalSet, neighbours);
  const parts = {
    floor: request.floor,
    dimensions: usable.kept.map((one) => dimensionReport(one, tally, evalTally, request.floor)),
    windows: evalTally === null ? [] : windowReports(tally, evalTally, request.value !== null),
    topics:
      columns.logs.topic === null
        ? null
        : topicReport(request.topic || 'words of the input', tally, evalTally, request.floor, request.period),
    locales: localeReport(usable.kept, tally, evalTally),
    coverage: coverage?.coverage ?? null,
  };
  const notes = [
    ...logs.notes,
    ...(evalSet?.notes ?? []).map((note) => `eval set: ${note}`),
    ...usable.notes,
    ...(coverage?.reason ? [`coverage is not measured: ${coverage.reason}`] : []),
    ...(parts.topics !== null && columns.logs.topic === TOPIC
      ? [
          'topics are clusters of words (hashed TF-IDF), no claim about meaning; --topic COLUMN takes your own',
        ]
      : []),
    ...timeNotes(logs, tally),
  ];
  const logFacts = sideFacts(logs, tally);
  const evalFacts = evalSet === null ? null : sideFacts(evalSet, evalTally!);
  return {
    kind: 'slicewise logs',
    ...findingsOf({ ...parts, rows: tally.rows, cases: evalTally?.rows ?? null }),
    logs: logFacts,
    evalSet: evalFacts,
    ...parts,
    notes,
  };
}

function columnsOf(
  { topic, value, by }: LogsRequest,
  dimensions: readonly LogDimension[],
  logs: OpenedRecords,
  evalSet: OpenedRecords | null,
) {
  const named = topic || null;
  const [logTopic = null] = named === null ? [] : namedColumns([named], logs, '--topic');
  const [worth = null] = value === null ? [] : namedColumns([value], logs, '--value');
  const mostValues = by.length > 0 ? MOST_VALUES.named : MOST_VALUES.detected;
  const side = (records: OpenedRecords, of: (one: LogDimension) => string | null, own: string | null) => {
    const byWords = topic === null && records.mapping.input !== undefined ? TOPIC : null;
    const topicColumn = named === null ? byWords : own;
    const columns = new Map(dimensions.map((one) => [one.name, of(one)]));
    return {
      dimensions: columns,
      topic: topicColumn,
      value: records === logs ? worth : null,
      mostValues,
      wanted: [...columns.values(), topicColumn].filter((column) => column !== null),
    };
  };
  return {
    logs: side(logs, ({ logColumn }) => logColumn, logTopic),
    evalSet:
      evalSet === null
        ? null
        : side(
            evalSet,
            ({ evalColumn }) => evalColumn,
            named === null ? null : columnFor(named, evalSet.columns),
          ),
  };
}

/** Named dimensions stay; of those that were found, near-unique ones and tags of one or very many values go, with a note. */
function usableDimensions(
  dimensions: readonly LogDimension[],
  { dimensions: tallies, rows }: SideTally,
): { readonly kept: readonly LogDimension[]; readonly notes: readonly string[] } {
  const left: string[] = [];
  const kept = dimensions.filter(({ name, isDetected }) => {
    const { slices, isOverfull } = tallies.get(name)!;
    const isUnique = isOverfull || (slices.size > 2 && slices.size > rows / 2);
    const isTag = /^tags(?:\.|$)/i.test(name);
    const isFit =
      !isUnique &&
      (!isTag || (slices.size >= 2 && slices.size <= SHOWN_VALUES) || dimensions[0]!.name === name);
    if (isFit || (!isDetected && !isOverfull)) return true;
    left.push(`${name} (${isOverfull ? `over ${slices.size - 1}` : slices.size} values)`);
    return false;
  });
  return {
    kept,
    notes:
      left.length === 0
        ? []
        : [
            `no dimension, because of its number of values: ${left.join(', ')}; --by NAME shows it all the same`,
          ],
  };
}

function timeNotes({ mapping }: OpenedRecords, { untimed, rows }: SideTally): readonly string[] {
  if (mapping.timestamp === undefined)
    return [
      'the logs have no column of times, so hours, weekdays and topics over time are not looked at (--map timestamp=COLUMN)',
    ];
  return untimed === 0
    ? []
    : [`${untimed} of ${rows} rows have no readable time and are in no hour, weekday or period`];
}

function sideFacts(records: OpenedRecords, tally: SideTally): SideFactsReport {
  return {
    files: records.files,
    tool: records.tool?.label ?? null,
    rows: tally.rows,
    repeats: tally.repeats,
    first: tally.first,
    last: tally.last,
    days: tally.days.size,
    untimed: tally.untimed,
    errors: tally.errors,
    columns: records.columns,
    leftOut: records.leftOut,
  };
}
