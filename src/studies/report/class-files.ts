/** Reads what a person wrote about classes: what each mistake costs, and which labels belong together. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createProblemLog, foundText, parseDecimal } from '../../cases/index.ts';
import type { LabelParents } from '../../classes/index.ts';
import type { ClassCosts } from '../../config/index.ts';
import { DataError, type Problem, UsageError } from '../../errors.ts';
import { openRecords } from '../../sources/index.ts';

/** The costs of a matrix. */
export type MatrixCosts = Extract<ClassCosts, { readonly kind: 'matrix' }>;

/** The costs of a miss and a false alarm. */
export type ErrorCostsConfig = Extract<ClassCosts, { readonly kind: 'errors' }>;

/** Names of columns, best first. */
const EXPECTED = ['expected', 'true', 'label', 'actual'] as const;
const PREDICTED = ['predicted', 'prediction', 'answer', 'pred'] as const;
const PARENT = ['parent', 'group', 'level1', 'category'] as const;

/**
 * Costs as a flag spells them.
 *
 * @throws UsageError where a name or a number is none
 * @example readCostFlag('miss=100,false-alarm=1') // { kind: 'errors', miss: 100, falseAlarm: 1, noAnswer: null, slices: [] }
 */
export function readCostFlag(text: string): ErrorCostsConfig {
  const problems: Problem[] = [];
  const found = new Map<string, number>();
  for (const part of text.split(',')) {
    const split = part.indexOf('=');
    const name = part.slice(0, Math.max(0, split)).trim();
    const cost = parseDecimal(part.slice(split + 1).trim());
    if (!['miss', 'false-alarm', 'no-answer'].includes(name) || found.has(name)) {
      problems.push({
        message: `--cost names ${foundText(name === '' ? part : name)}, must be miss, false-alarm and no-answer, each once`,
        hint: '--cost miss=100,false-alarm=1',
      });
    } else if (cost === null || cost < 0) {
      problems.push({ message: `--cost ${part.trim()} must be a number of at least 0` });
    } else {
      found.set(name, cost);
    }
  }
  const [miss, falseAlarm] = [found.get('miss'), found.get('false-alarm')];
  if (problems.length === 0 && (miss === undefined || falseAlarm === undefined)) {
    problems.push({
      message: `--cost ${text} names no cost of a ${miss === undefined ? 'miss' : 'false alarm'}`,
      hint: '--cost miss=100,false-alarm=1',
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
  return {
    kind: 'errors',
    miss: miss!,
    falseAlarm: falseAlarm!,
    noAnswer: found.get('no-answer') ?? null,
    slices: [],
  };
}

/**
 * A cost matrix: rows with the true label, the answer and the cost; a mistake without a row costs 1. An empty label stands for any.
 *
 * @throws DataError with every problem of the file
 */
export async function readCostFile(file: string, cwd: string): Promise<MatrixCosts> {
  const records = await openRecords({ files: [file], mapping: {}, cwd });
  const columns = {
    expected: columnOf(records.columns, EXPECTED),
    predicted: columnOf(records.columns, PREDICTED),
    cost: columnOf(records.columns, ['cost']),
  };
  const missing = Object.entries(columns).filter(([, column]) => column === undefined);
  if (missing.length > 0) {
    throw new DataError({
      message: `a file of costs needs the columns expected, predicted and cost; ${missing.map(([name]) => name).join(' and ')} is missing (columns: ${records.columns.slice(0, 12).join(', ')})`,
      where: { file },
    });
  }
  const log = createProblemLog();
  const rows = new Map<string, MatrixCosts['rows'][number]>();
  for await (const { lines, columns: cells } of records.rows()) {
    for (const [row, line] of lines.entries()) {
      const text = (column: string | undefined) => {
        const cell = cells.get(column!)?.[row] ?? null;
        return typeof cell === 'string' && cell !== '' ? cell : null;
      };
      const [expected, predicted] = [text(columns.expected), text(columns.predicted)];
      const cost = parseDecimal(text(columns.cost)?.trim() ?? '');
      const key = JSON.stringify([expected, predicted]);
      const where = { file, line };
      if (cost === null || cost < 0) log.add({ message: 'the cost must be a number of at least 0', where });
      else if (rows.has(key)) log.add({ message: 'the pair of labels has a cost already', where });
      else rows.set(key, { expected, predicted, cost });
    }
  }
  log.throwIfAny();
  return { kind: 'matrix', rows: [...rows.values()], otherwise: 1 };
}

/**
 * Label to parent: a JSON object, or rows with the columns label and parent. Further columns are no levels: a parent has a row of
 * its own.
 *
 * @throws DataError with every problem of the file, cycles among them
 */
export async function readLabelMap(file: string, cwd: string): Promise<LabelParents> {
  const parents = (await objectOf(file, cwd)) ?? (await rowsOfMap(file, cwd));
  const log = createProblemLog();
  for (const label of parents.keys()) {
    const seen = new Set([label]);
    for (let parent = parents.get(label); parent !== undefined; parent = parents.get(parent)) {
      if (parent === label) {
        log.add({ message: `${foundText(label)} is its own parent, directly or by others`, where: { file } });
      }
      if (seen.has(parent)) break;
      seen.add(parent);
    }
  }
  log.throwIfAny();
  return parents;
}

async function objectOf(file: string, cwd: string): Promise<Map<string, string> | null> {
  if (!file.toLowerCase().endsWith('.json')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(resolve(cwd, file), 'utf8'));
  } catch {
    // The reader of rows says what is wrong with it.
    return null;
  }
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return null;
  const entries = Object.entries(parsed);
  const log = createProblemLog();
  for (const [label, parent] of entries) {
    if (typeof parent !== 'string') {
      log.add({ message: `the parent of ${foundText(label)} must be a text`, where: { file, field: label } });
    }
  }
  log.throwIfAny();
  return new Map(entries as [string, string][]);
}

async function rowsOfMap(file: string, cwd: string): Promise<Map<string, string>> {
  const records = await openRecords({ files: [file], mapping: {}, cwd });
  const [label, parent] = [
    columnOf(records.columns, ['label', 'class', 'name']),
    columnOf(records.columns, PARENT),
  ];
  if (label === undefined || parent === undefined) {
    throw new DataError({
      message: `a label map needs the columns label and parent (columns: ${records.columns.slice(0, 12).join(', ')})`,
      hint: 'or a JSON object: {"refund": "billing", "invoice": "billing"}',
      where: { file },
    });
  }
  const log = createProblemLog();
  const parents = new Map<string, string>();
  for await (const { lines, columns } of records.rows()) {
    for (const [row, line] of lines.entries()) {
      const [name, above] = [columns.get(label)?.[row] ?? null, columns.get(parent)?.[row] ?? null];
      const where = { file, line };
      if (typeof name !== 'string' || name === '') log.add({ message: 'the label is missing', where });
      else if (above === null || above === '') continue;
      else if (typeof above !== 'string')
        log.add({ message: `${foundText(name)} has several parents`, where });
      else if ((parents.get(name) ?? above) !== above) {
        log.add({ message: `${foundText(name)} has two parents`, where });
      } else parents.set(name, above);
    }
  }
  log.throwIfAny();
  return parents;
}

function columnOf(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = columns.find((column) => column.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
