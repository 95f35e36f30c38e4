/** Finds the runs in promptfoo files before their results are read: one per prompt and provider. */

import { createProblemLog } from '../../../cases/index.ts';
import { record, text } from '../json-access.ts';
import type { EvalFile, EvalValues } from './eval-file.ts';
import {
  type Column,
  haveTwins,
  headerColumns,
  type NamedColumn,
  nameColumns,
  resultColumn,
} from './provider-columns.ts';

/** A file with its runs. */
export interface PlannedEval {
  readonly evalFile: EvalFile;
  readonly values: EvalValues;
  /** By key of the column. */
  readonly columns: ReadonlyMap<string, NamedColumn>;
  /** Columns that only their place in the file tells apart. */
  readonly isByPlace: boolean;
}

interface LookedAt {
  readonly evalFile: EvalFile;
  readonly values: EvalValues;
  readonly columns: readonly Column[];
}

/**
 * The runs of some files. Files without a list of prompts before their results (JSON lines, old exports) are read to their
 * end once for it.
 */
export async function planRuns(files: readonly EvalFile[]): Promise<readonly PlannedEval[]> {
  const found: LookedAt[] = [];
  for (const evalFile of files) found.push(await lookAt(evalFile));
  const prompts = found.flatMap(({ columns }) => columns.map(({ prompt, template }) => template ?? prompt));
  const many = found.some(({ columns }) => new Set(columns.map(({ prompt }) => prompt)).size > 1);
  const named = found.map(({ columns, values }) =>
    nameColumns(columns, values['config.providers'], many && new Set(prompts).size > 1),
  );
  return found.map(({ evalFile, values, columns }, at) => ({
    evalFile,
    values,
    columns: new Map(
      named[at]!.map((column) => [column.key, { ...column, run: runKey(column, at, found, named) }]),
    ),
    isByPlace: haveTwins(columns) && named[at]!.some(({ run }) => /#\d{1,3}$/.test(run)),
  }));
}

async function lookAt(evalFile: EvalFile): Promise<LookedAt> {
  let values = await evalFile.values(false);
  let columns = headerColumns(values);
  if (columns === null || haveTwins(columns)) {
    values = { ...values, ...(await evalFile.values(true)) };
    columns = headerColumns(values);
  }
  return { evalFile, values, columns: columns ?? (await columnsOfResults(evalFile)) };
}

async function columnsOfResults(evalFile: EvalFile): Promise<readonly Column[]> {
  const columns = new Map<string, Column>();
  for await (const { value } of evalFile.results(() => {}, createProblemLog())) {
    const fields = record(value);
    if (fields === null) continue;
    const column = resultColumn(fields);
    if (!columns.has(column.key)) columns.set(column.key, column);
  }
  return [...columns.values()];
}

/** The run's name, with the eval where files of several evals have a run of that name. */
function runKey(
  { run }: NamedColumn,
  at: number,
  found: readonly LookedAt[],
  named: readonly (readonly NamedColumn[])[],
): string {
  const evals = found.flatMap((one, other) =>
    named[other]!.some((column) => column.run === run) ? [evalOf(one)] : [],
  );
  return new Set(evals).size > 1 ? `${run} (${evalOf(found[at]!)})` : run;
}

/** Parts of one eval may be given as several files: they have the same id. */
function evalOf({ evalFile, values }: LookedAt): string {
  return text(values.evalId) ?? evalFile.file.source.label;
}
