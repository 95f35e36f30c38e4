/** Reads what the labels of two framings of one task come to: label to outcome, for both runs or for each its own. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Cell, createProblemLog, foundText, type ProblemLog } from '../../cases/index.ts';
import type { Framings } from '../../classes/index.ts';
import { DataError, type Where } from '../../errors.ts';
import { openRecords } from '../../sources/index.ts';

type Side = keyof Framings;

/** How a file may call a side. */
const SIDES: Readonly<Record<string, Side>> = {
  ...{ expected: 'expected', true: 'expected', truth: 'expected' },
  ...{ baseline: 'baseline', old: 'baseline', before: 'baseline' },
  ...{ candidate: 'candidate', new: 'candidate', after: 'candidate' },
};

/** One line of such a file; `side` null is for true labels and both runs. */
interface Rule {
  readonly label: string;
  readonly outcome: string;
  readonly side: Side | null;
}

/**
 * Outcomes by label and side. What is said for one side overrules what is said for all; a label that is an outcome itself and is not
 * named stays itself.
 *
 * @param file CSV or JSON rows with `label`, `outcome` and perhaps `run` (expected, baseline or candidate; empty for all), or a JSON
 *   object `{ label: outcome }` or `{ expected: {...}, baseline: {...}, candidate: {...} }`
 * @throws DataError with every problem of the file
 */
export async function readOutcomes(file: string, cwd: string): Promise<Framings> {
  const log = createProblemLog();
  const rules = (await objectRules(file, cwd, log)) ?? (await rowRules(file, cwd, log));
  if (rules.length === 0) log.add({ message: 'no label has an outcome', where: { file } });
  log.throwIfAny();
  return framingsOf(rules);
}

function framingsOf(rules: readonly Rule[]): Framings {
  const outcomes = new Set(rules.map(({ outcome }) => outcome));
  const ofSide = (side: Side): ReadonlyMap<string, string> => {
    const entries = (of: Side | null) =>
      rules.filter((rule) => rule.side === of).map(({ label, outcome }) => [label, outcome] as const);
    const themselves = [...outcomes].map((outcome) => [outcome, outcome] as const);
    return new Map([...themselves, ...entries(null), ...entries(side)]);
  };
  return { expected: ofSide('expected'), baseline: ofSide('baseline'), candidate: ofSide('candidate') };
}

async function objectRules(file: string, cwd: string, log: ProblemLog): Promise<readonly Rule[] | null> {
  if (!file.toLowerCase().endsWith('.json')) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(resolve(cwd, file), 'utf8'));
  } catch {
    // The reader of rows says what is wrong with it.
    return null;
  }
  if (!isObject(parsed)) return null;
  return Object.entries(parsed).flatMap(([key, value]) => {
    const side = SIDES[key.toLowerCase()];
    if (isObject(value) && side !== undefined) {
      return Object.entries(value).flatMap(([label, outcome]) =>
        ruleOf(label, outcome, side, { file, field: `${key}.${label}` }, log),
      );
    }
    return ruleOf(key, value, null, { file, field: key }, log);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function ruleOf(
  label: string,
  outcome: unknown,
  side: Side | null,
  where: Where,
  log: ProblemLog,
): readonly Rule[] {
  if (typeof outcome === 'string' && outcome !== '') return [{ label, outcome, side }];
  log.add({ message: `the outcome of ${foundText(label)} must be a text`, where });
  return [];
}

async function rowRules(file: string, cwd: string, log: ProblemLog): Promise<readonly Rule[]> {
  const records = await openRecords({ files: [file], mapping: {}, cwd });
  const columnOf = (...names: readonly string[]) =>
    records.columns.find((column) => names.includes(column.toLowerCase()));
  const [labels, outcomes, sides] = [
    columnOf('label', 'class'),
    columnOf('outcome'),
    columnOf('run', 'side'),
  ];
  if (labels === undefined || outcomes === undefined) {
    throw new DataError({
      message: `a map to outcomes needs the columns label and outcome (columns: ${records.columns.slice(0, 12).join(', ')})`,
      hint: 'a column run says expected, baseline or candidate where the label sets differ; or a JSON object: {"refund": "team A"}',
      where: { file },
    });
  }
  const rules: Rule[] = [];
  const known = new Map<string, string>();
  const add = (rule: Rule, where: Where) => {
    const key = JSON.stringify([rule.side, rule.label]);
    if ((known.get(key) ?? rule.outcome) !== rule.outcome)
      log.add({ message: `${foundText(rule.label)} has two outcomes`, where });
    known.set(key, rule.outcome);
    rules.push(rule);
  };
  for await (const { lines, columns } of records.rows()) {
    for (const [row, line] of lines.entries()) {
      const where = { file, line };
      const cellOf = (column: string) => columns.get(column)?.[row] ?? null;
      const side = sideOf(sides === undefined ? null : cellOf(sides), where, log);
      const label = cellOf(labels);
      if (typeof label !== 'string' || label === '') log.add({ message: 'the label is missing', where });
      else if (side !== undefined)
        for (const rule of ruleOf(label, cellOf(outcomes), side, where, log)) add(rule, where);
    }
  }
  return rules;
}

/** Null is every side; undefined is none, which the log knows. */
function sideOf(cell: Cell, where: Where, log: ProblemLog): Side | null | undefined {
  if (cell === null || cell === '') return null;
  const side = typeof cell === 'string' ? SIDES[cell.trim().toLowerCase()] : undefined;
  if (side === undefined)
    log.add({ message: 'a run must be expected, baseline or candidate, or empty for all', where });
  return side;
}
