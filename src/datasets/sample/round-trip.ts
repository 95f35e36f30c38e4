/** Reads the cases that were written back and compares them with the logs: nothing may be lost (practice A-5). */

import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Cell } from '../../cases/index.ts';
import { InternalError, type Problem } from '../../errors.ts';
import { openRecords } from '../../sources/index.ts';
import { type CaseColumns, idKey, inputName, sampleKey } from './case-file.ts';
import { sameCell, valueCell } from './case-value.ts';
import type { DrawnCase } from './drawn-case.ts';
import type { CaseFormat, SampleRequest } from './sample-request.ts';

/** What was compared; everything was equal. */
export interface RoundTrip {
  readonly rows: number;
  /** Cells that hold something. */
  readonly fields: number;
  readonly slices: number;
  /** Rows with each of the fields that a case must not lose, before and after. */
  readonly kept: Readonly<Record<'slice key' | 'input' | 'output' | 'tool calls' | 'timestamp', number>>;
}

/** Where a case reads its fields from. */
interface ReadBack {
  readonly name: string;
  readonly stratum: string;
  readonly probability: number | null;
  cell(column: string): Cell | undefined;
}

/** Columns of tool calls as logs call them. */
const TOOL_CALLS = /(?:^|\.)(?:tool_?calls|function_?calls|tools_?called)$/i;

/**
 * Compares the file with the rows that it was made from: their number and order, every cell, and the number per slice.
 *
 * @param path where the file lies before it gets the name `output`
 * @throws InternalError that names the rows and fields that differ
 */
export async function checkRoundTrip(
  path: string,
  { output, as }: Pick<SampleRequest, 'output' | 'as'>,
  cases: readonly DrawnCase[],
  columns: CaseColumns,
): Promise<RoundTrip> {
  const read =
    as === 'jsonl'
      ? await readRows(path, columns)
      : await readHarness(path, output!.endsWith('.jsonl'), as, columns);
  const problems: Problem[] = [];
  if (read.length !== cases.length)
    problems.push({ message: `${cases.length} cases were drawn and ${read.length} are in the file` });
  let fields = 0;
  const slices = new Map<string, number>();
  const kept = { 'slice key': 0, input: 0, output: 0, 'tool calls': 0, timestamp: 0 };
  cases.forEach((one, at) => {
    const back = read[at];
    if (back === undefined) return;
    const where = { file: one.file, line: one.line };
    if (back.name !== one.name || back.stratum !== one.stratum || back.probability !== one.probability) {
      problems.push({
        message: `case ${JSON.stringify(one.name)} came back as ${JSON.stringify(back.name)} of ${JSON.stringify(back.stratum)}`,
        where,
      });
    }
    for (const [column, cell] of one.cells) {
      fields += 1;
      if (!sameCell(back.cell(column), cell))
        problems.push({
          message: `${JSON.stringify(column)} of case ${JSON.stringify(one.name)} was lost or changed`,
          where: { ...where, field: column },
        });
    }
    slices.set(back.stratum, (slices.get(back.stratum) ?? 0) + 1);
    countKept(kept, one, columns);
  });
  for (const [key, own] of Map.groupBy(cases, ({ stratum }) => stratum)) {
    if (slices.get(key) !== own.length)
      problems.push({
        message: `${key} has ${slices.get(key) ?? 0} cases in the file, ${own.length} were drawn`,
      });
  }
  if (problems.length > 0) throw new InternalError(problems.slice(0, 20));
  return { rows: cases.length, fields, slices: slices.size, kept };
}

function countKept(
  kept: Record<keyof RoundTrip['kept'], number>,
  { cells, slices }: DrawnCase,
  { mapping }: CaseColumns,
): void {
  const has = (column: string | undefined) => column !== undefined && cells.has(column);
  if (Object.keys(slices).length > 0) kept['slice key'] += 1;
  if (has(mapping.input)) kept.input += 1;
  if (has(mapping.output)) kept.output += 1;
  if (has(mapping.timestamp)) kept.timestamp += 1;
  if ([...cells.keys()].some((column) => TOOL_CALLS.test(column))) kept['tool calls'] += 1;
}

/** JSON lines are read as every command reads them. */
async function readRows(path: string, { columns, mapping }: CaseColumns): Promise<readonly ReadBack[]> {
  const records = await openRecords({ files: [path], mapping: {}, cwd: '/', from: 'rows' });
  const sample = sampleKey(columns);
  const id = mapping.caseId === undefined ? idKey(columns) : `${sample}.id`;
  const read: ReadBack[] = [];
  for await (const chunk of records.rows()) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      const cells = new Map([...chunk.columns].map(([name, column]) => [name, column[row] ?? null]));
      const probability = cells.get(`${sample}.probability`);
      read.push({
        name: text(cells.get(id)),
        stratum: text(cells.get(`${sample}.stratum`)),
        probability: typeof probability === 'string' ? Number(probability) : null,
        cell: (column) => cells.get(column),
      });
    }
  }
  return read;
}

/** What promptfoo and Inspect would read. */
async function readHarness(
  path: string,
  isLines: boolean,
  as: CaseFormat,
  { mapping, by }: CaseColumns,
): Promise<readonly ReadBack[]> {
  const source = await readFile(path, 'utf8');
  const values = (
    isLines
      ? source
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as unknown)
      : parse(source, { maxAliasCount: 0 })
  ) as readonly Record<string, never>[];
  return values.map((value: Record<string, never>): ReadBack => {
    const metadata = value.metadata as unknown as {
      case_id: string;
      slices: Record<string, string>;
      log: Record<string, unknown>;
      sample: { stratum: string; probability: number | null };
    };
    const vars = (as === 'promptfoo' ? value.vars : { input: value.input, expected: value.target }) as Record<
      string,
      unknown
    >;
    const keys = new Map(by.map(({ name, column }) => [column, name]));
    return {
      name: metadata.case_id,
      stratum: metadata.sample.stratum,
      probability: metadata.sample.probability,
      cell: (column) => {
        if (Object.hasOwn(metadata.log, column)) return valueCell(metadata.log[column]);
        const key = keys.get(column);
        if (key !== undefined) return metadata.slices[key] ?? null;
        if (column === mapping.caseId) return metadata.case_id;
        if (column === mapping.input) {
          return valueCell(vars[as === 'promptfoo' ? inputName(mapping) : 'input']);
        }
        return column === mapping.expected ? valueCell(vars.expected) : null;
      },
    };
  });
}

function text(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : '';
}
