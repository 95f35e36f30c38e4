/** Reads the cases of an eval set, and finds what the runs did with them. */

import { type Cell, type ColumnMapping, caseKey } from '../../cases/index.ts';
import type { Config } from '../../config/index.ts';
import { DataError } from '../../errors.ts';
import { resolveScope } from '../../scope/index.ts';
import { openRecords } from '../../sources/index.ts';
import {
  type CaseValues,
  caseValues,
  draftsOf,
  isDraftColumn,
  knownText,
  labelText,
  load,
  type OverlapCase,
  type Ports,
  readRunCases,
} from '../../stages/index.ts';
import { flatText } from '../../text/index.ts';
import type { SideRequest } from './overlap-request.ts';

/** An eval set in memory. */
export interface EvalSet {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly mapping: ColumnMapping;
  readonly columns: readonly string[];
  readonly cases: readonly OverlapCase[];
  /** Cells of the column of vectors by case id; empty where none is named. */
  readonly vectors: ReadonlyMap<string, Cell>;
  readonly notes: readonly string[];
}

/**
 * One case per case id; where there is no id column, per row.
 *
 * @throws DataError where no column holds a text, and with every problem of the files
 */
export async function readEvalSet(
  { files, mapping }: SideRequest,
  drafts: readonly string[],
  vectorColumn: string | null,
  ports: Ports,
): Promise<EvalSet> {
  const { cwd, stdin } = ports;
  const records = await openRecords({ files, mapping, cwd, ...(stdin === undefined ? {} : { stdin }) });
  const { input, expected, caseId } = records.mapping;
  if (input === undefined) {
    throw new DataError({
      message: `the eval set has no column of texts; its columns are ${records.columns.join(', ')}`,
      hint: 'name it with --eval-map input=COLUMN',
      where: { file: records.files[0]! },
    });
  }
  const wanted = [...new Set([...records.columns.filter(isDraftColumn), ...drafts])];
  const found = new Map<string, OverlapCase>();
  const vectors = new Map<string, Cell>();
  const times = { rows: 0 };
  for await (const { file, lines, columns } of records.rows()) {
    for (let row = 0; row < lines.length; row++) {
      times.rows++;
      const cellOf = (column: string | undefined): Cell =>
        column === undefined ? null : (columns.get(column)?.[row] ?? null);
      const id = labelText(cellOf(caseId)) ?? `${file}:${lines[row]}`;
      if (found.has(id)) continue;
      if (vectorColumn !== null) vectors.set(id, cellOf(vectorColumn));
      found.set(id, {
        id,
        text: knownText(cellOf(input)),
        label: labelText(cellOf(expected)),
        drafts: draftsOf(wanted, cellOf),
      });
    }
  }
  const again = times.rows - found.size;
  return {
    files: records.files,
    bytes: records.bytes,
    mapping: records.mapping,
    columns: records.columns,
    cases: [...found.values()],
    vectors,
    notes: [
      ...records.notes,
      ...(again === 0 ? [] : [`${again} rows of the eval set repeat a case id; the first of each stands`]),
    ],
  };
}

/**
 * What the runs did with each case of the eval set; the eval set itself is the run where it has results and none is named.
 *
 * @returns null where there are no results
 */
export async function evalValues(
  { cases, mapping }: EvalSet,
  evalFiles: readonly string[],
  asked: Config,
  ports: Ports,
): Promise<CaseValues | null> {
  const hasResults = mapping.passed !== undefined || mapping.score !== undefined;
  const own = hasResults ? { files: evalFiles, run: null } : null;
  const candidate = asked.inputs.runs.candidate ?? own;
  if (candidate === null) return null;
  const isOwn = asked.inputs.runs.candidate === null;
  const config = isOwn
    ? { ...asked, columns: { ...asked.columns, both: { ...mapping, ...asked.columns.both } } }
    : asked;
  const comparison = await load(config, { baseline: config.inputs.runs.baseline, candidate }, ports);
  try {
    const profile = await comparison.engine.profile();
    const { metrics } = resolveScope(config, profile, comparison.mappings);
    const metric = metrics.find(({ gate }) => gate) ?? metrics[0];
    const values = await caseValues(comparison, metric, config.policy.errors);
    if (values === null) return null;
    const runMapping = comparison.candidate.opened.mapping;
    const byId = caseKey(runMapping) === 'caseId' && mapping.caseId !== undefined;
    const runIds = byId ? null : await idsByText(comparison.candidate);
    const byCase = new Map(
      cases.flatMap(({ id, text }) => {
        const runId = runIds === null ? id : runIds.get(flatText(text ?? ''));
        const found = runId === undefined ? undefined : values.byCase.get(runId);
        return found === undefined ? [] : [[id, found] as const];
      }),
    );
    return { ...values, byCase };
  } finally {
    await comparison.engine.close();
  }
}

async function idsByText(run: Parameters<typeof readRunCases>[0]): Promise<ReadonlyMap<string, string>> {
  const cases = await readRunCases(run);
  return new Map(cases.flatMap(({ id, text }) => (text === null ? [] : [[flatText(text), id] as const])));
}
