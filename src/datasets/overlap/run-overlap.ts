/** Runs `slicewise splits overlap`: an eval set beside training rows, examples and a corpus. */

import { resolve } from 'node:path';
import type { RowPlace, StoreOverlap } from '../../checks/index.ts';
import { DataError } from '../../errors.ts';
import { csvCell } from '../../reports/index.ts';
import { draftLabels, openStore, saltedHashes, storeOverlap } from '../../stages/index.ts';
import { writeWhole } from '../sample/write-files.ts';
import { type CasePoints, casePoints, vectorColumn } from './case-points.ts';
import { type NeighbourReport, type NeighbourWatch, watchNeighbours } from './nearest-rows.ts';
import type { OverlapReport } from './overlap-report.ts';
import type { OverlapRequest } from './overlap-request.ts';
import { headlineOf, STORE_WORDS } from './overlap-words.ts';
import { type EvalSet, evalValues, readEvalSet } from './read-eval.ts';
import { scanCorpus } from './scan-corpus.ts';
import { worstVerdict } from './verdict.ts';

/**
 * Compares every case with every row of the other data. Nothing is written but the list of rows to remove, and that last.
 *
 * @throws DataError and UsageError with every problem of the files
 */
export async function runOverlap(request: OverlapRequest): Promise<OverlapReport> {
  const { config, settings, ports } = request;
  const { level, margin } = config.policy;
  ports.progress('reading the eval set');
  const evalSet = await readEvalSet(
    request.evalSet,
    request.drafts,
    vectorColumn(request.neighbours?.vectors ?? null),
    ports,
  );
  const values = await evalValues(evalSet, request.evalSet.files, config, ports);
  const points =
    request.neighbours === null ? null : await casePoints(request.neighbours.vectors, evalSet, ports);
  const stores: StoreOverlap[] = [];
  const neighbours: NeighbourReport[] = [];
  const notes = [...evalSet.notes];
  for (const store of ['train', 'fewShot'] as const) {
    const side = request[store];
    if (side === null) continue;
    ports.progress(store === 'train' ? 'reading training data' : 'reading the few-shot store');
    const opened = await openSide(store, side, evalSet, request);
    notes.push(...opened.notes);
    await request.onInputs(opened.files);
    const watch = points === null ? null : neighbourWatch(points, opened, evalSet, request);
    const rows = watch?.watch(opened.rows) ?? opened.rows;
    const overlap = await storeOverlap(evalSet.cases, { ...opened, rows }, settings, values, level);
    stores.push(overlap);
    if (watch !== null) neighbours.push(watch.finish(overlap));
    else if (points !== null)
      notes.push(`Rows of ${STORE_WORDS[store].name} are hashes, which have no neighbours.`);
  }
  if (request.corpus !== null) ports.progress('scanning the corpus');
  const contamination =
    request.corpus === null ? null : await scanCorpus(evalSet.cases, request.corpus, values, level, ports);
  await request.onInputs([...evalSet.files, ...(contamination?.files ?? [])]);
  const report = {
    kind: 'overlap' as const,
    verdict: worstVerdict(stores, contamination?.contaminated ?? null, margin),
    evalFiles: evalSet.files,
    cases: evalSet.cases.length,
    withoutResult: values === null ? null : evalSet.cases.length - values.byCase.size,
    stores: request.texts ? stores : stores.map(withoutTexts),
    neighbours,
    contamination,
    drafts: draftLabels(evalSet.cases, values, level),
    texts: request.texts,
    written: [] as { path: string; rows: number }[],
    notes,
  };
  if (request.remove !== null) {
    const rows = stores.flatMap(({ remove }) => remove);
    await writeWhole([{ path: resolve(ports.cwd, request.remove), text: removalList(stores) }]);
    report.written.push({ path: request.remove, rows: rows.length });
  }
  return { ...report, headline: headlineOf(report) };
}

async function openSide(
  store: 'train' | 'fewShot',
  { files, mapping }: NonNullable<OverlapRequest['train']>,
  { mapping: evalMapping }: EvalSet,
  { ports, salt, settings, neighbours }: OverlapRequest,
) {
  const key = salt === null ? null : { kind: settings.grams, salt };
  const opened = await openStore({
    ...{ store, files, mapping, key, cwd: ports.cwd },
    ...(ports.stdin === undefined ? {} : { stdin: ports.stdin }),
    ...(neighbours === null ? {} : { beside: { vectors: vectorColumn(neighbours.vectors) } }),
    ...(evalMapping.input === undefined ? {} : { evalInput: evalMapping.input }),
    ...(evalMapping.expected === undefined ? {} : { evalExpected: evalMapping.expected }),
  });
  if (opened.input === null && !opened.isHashed) {
    throw new DataError({
      message: `no column of texts is found; the columns are ${opened.columns.join(', ')}`,
      hint: `name it with --${store === 'train' ? 'train' : 'few-shot'}-map input=COLUMN`,
      where: { file: opened.files[0]! },
    });
  }
  const salted = opened.isHashed && salt !== null ? saltedHashes(settings.grams, salt) : null;
  return { store, files: opened.files, rows: opened.rows(), salted, notes: opened.notes, opened };
}

/** Null where the rows are hashes, which have no points. */
function neighbourWatch(
  points: CasePoints,
  { store, opened }: Awaited<ReturnType<typeof openSide>>,
  { cases }: EvalSet,
  { neighbours, texts, ports }: OverlapRequest,
): NeighbourWatch | null {
  if (opened.isHashed) return null;
  points.checkStore(opened, STORE_WORDS[store].name);
  ports.progress(`comparing points with ${STORE_WORDS[store].name}, every pair`);
  return watchNeighbours(points, cases, { similarity: neighbours!.similarity, texts });
}

/** Texts are for those who ask for them. */
function withoutTexts(store: StoreOverlap): StoreOverlap {
  return { ...store, pairs: store.pairs.map((pair) => ({ ...pair, caseText: null, rowText: null })) };
}

/** The rows to remove, as CSV. */
function removalList(stores: readonly StoreOverlap[]): string {
  const line = (store: string, { file, line: row }: RowPlace) =>
    `${[store, file, row].map(csvCell).join(',')}\r\n`;
  return `store,file,line\r\n${stores.flatMap(({ store, remove }) => remove.map((place) => line(store, place))).join('')}`;
}
