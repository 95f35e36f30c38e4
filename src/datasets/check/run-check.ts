/** Runs `slicewise data check`: looks at a set of cases or training rows, and splits it into clean rows and rejects. */

import { resolve } from 'node:path';
import { DataError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import { openRecords } from '../../sources/index.ts';
import { textClusters } from '../../text/index.ts';
import {
  type ClassSize,
  type DataCheckReport,
  type DuplicateCluster,
  REASONS,
  type Reason,
  type RejectedRow,
} from './check-report.ts';
import type { DataCheckRequest } from './check-request.ts';
import { columnFacts } from './column-facts.ts';
import { type JudgedRows, judgeRows, reasonBit } from './judge-rows.ts';
import { type ReadSet, readSet } from './read-rows.ts';
import { formatFor, writeRows } from './write-rows.ts';

/** Rejected rows and clusters in the document; files have all. */
const LISTED_ROWS = 10_000;
const LISTED_CLUSTERS = 1_000;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Looks at every row. Writes only where files are named, whole or not at all, and never over an input.
 *
 * @throws DataError where no column holds texts, and with every problem of the files
 */
export async function runCheck(request: DataCheckRequest): Promise<DataCheckReport> {
  const { ports } = request;
  const absolute = (path: string | null) => (path === null ? null : resolve(ports.cwd, path));
  ports.progress('reading');
  const records = await openRecords({
    files: request.files,
    mapping: request.mapping,
    cwd: ports.cwd,
    ...(ports.stdin === undefined ? {} : { stdin: ports.stdin }),
  });
  await request.onInputs(records.files);
  const { input, expected, caseId } = records.mapping;
  if (input === undefined) {
    throw new DataError({
      message: `no column of texts is found; the columns are ${records.columns.join(', ')}`,
      hint: 'name it with --map input=COLUMN',
      where: { file: records.files[0]! },
    });
  }
  const outputs = [request.clean, request.rejects].filter((path) => path !== null);
  const format = outputs.length === 0 ? null : formatFor(records, outputs);
  const latest = new Date(ports.now().getTime() + DAY).toISOString().slice(0, 10);
  const looked = records.columns.filter((column) => ![input, caseId].includes(column));
  const facts = columnFacts(looked, latest);
  const set = await readSet(records, input, looked, facts);
  ports.progress('looking for duplicates');
  const judged = await judgeRows(set, request);
  const keepBits = request.keep.reduce((bits, reason) => bits | reasonBit(reason), 0);
  const rejects = (row: number) => (judged.reasons[row]! & ~keepBits) !== 0;
  const rejected = rejectedRows(set, judged, rejects);
  const total = countWhere(set.count, rejects);
  const columns = facts.problems(set.count);
  const classes = classSizes(set, rejects, request.leastPerClass);
  const reasons = countReasons(judged.reasons);
  const clusters = textClusters(judged.found, (row) => set.texts[row]!);
  const hasProblems =
    judged.reasons.some((bits) => bits !== 0) || columns.length > 0 || classes.some(({ isSmall }) => isSmall);
  const written = [];
  if (format !== null) {
    ports.progress('writing');
    const counts = await writeRows(
      {
        records,
        rows: set.count,
        rejected: (row) => (rejects(row) ? rejectedRow(set, judged, row) : null),
        clean: absolute(request.clean),
        rejects: absolute(request.rejects),
      },
      format,
    );
    if (request.clean !== null) written.push({ path: request.clean, rows: counts.kept });
    if (request.rejects !== null) written.push({ path: request.rejects, rows: counts.rejected });
  }
  return {
    kind: 'data-check',
    verdict: hasProblems ? 'REVIEW' : 'PASS',
    files: records.files,
    rows: set.count,
    kept: set.count - total,
    textColumn: input,
    labelColumn: expected ?? null,
    idColumn: caseId ?? null,
    reasons,
    keeping: request.keep,
    rejected,
    rejectedTotal: total,
    shortRepeats: judged.shortRepeats,
    clusters: clusters.slice(0, LISTED_CLUSTERS).map(({ texts, ...one }) => clusterOf(set, texts, one)),
    clustersTotal: clusters.length,
    columns,
    classes,
    leastPerClass: request.leastPerClass,
    threshold: request.threshold,
    verified: judged.found.verified,
    written,
    notes: records.notes,
  };
}

function rejectedRows(
  set: ReadSet,
  judged: JudgedRows,
  rejects: (row: number) => boolean,
): readonly RejectedRow[] {
  const rows: RejectedRow[] = [];
  for (let row = 0; row < set.count && rows.length < LISTED_ROWS; row++) {
    if (rejects(row)) rows.push(rejectedRow(set, judged, row));
  }
  return rows;
}

function rejectedRow(set: ReadSet, { reasons, details, repeats }: JudgedRows, row: number): RejectedRow {
  const of = repeats[row]!;
  return {
    ...set.placeOf(row),
    id: set.ids[row]!,
    reasons: REASONS.filter((reason) => (reasons[row]! & reasonBit(reason)) !== 0),
    detail: details.get(row) ?? '',
    of: of < 0 ? null : set.placeOf(of),
  };
}

function countReasons(bits: Uint16Array): Readonly<Record<Reason, number>> {
  return Object.fromEntries(
    REASONS.map((reason) => [
      reason,
      countWhere(bits.length, (row) => (bits[row]! & reasonBit(reason)) !== 0),
    ]),
  ) as Record<Reason, number>;
}

function countWhere(count: number, holds: (row: number) => boolean): number {
  let found = 0;
  for (let row = 0; row < count; row++) if (holds(row)) found++;
  return found;
}

/** Labels by growing number of rows, then by name. */
function classSizes(
  { labels, labelNames, count }: ReadSet,
  rejects: (row: number) => boolean,
  least: number,
): readonly ClassSize[] {
  const rows = new Int32Array(labelNames.length);
  const kept = new Int32Array(labelNames.length);
  for (let row = 0; row < count; row++) {
    const label = labels[row]!;
    if (label < 0) continue;
    rows[label]!++;
    if (!rejects(row)) kept[label]!++;
  }
  return labelNames
    .map((label, code) => ({ label, rows: rows[code]!, kept: kept[code]!, isSmall: kept[code]! < least }))
    .sort((a, b) => a.kept - b.kept || compareText(a.label, b.label));
}

function clusterOf(
  { labels, labelNames, placeOf }: ReadSet,
  texts: readonly number[],
  { sets, smallest, isLoose }: Pick<DuplicateCluster, 'sets' | 'smallest' | 'isLoose'>,
): DuplicateCluster {
  const names = new Set(texts.flatMap((row) => (labels[row]! < 0 ? [] : [labelNames[labels[row]!]!])));
  return {
    rows: texts.length,
    ...{ sets, smallest, isLoose },
    first: placeOf(texts[0]!),
    labels: [...names].sort(compareText).slice(0, 10),
  };
}
