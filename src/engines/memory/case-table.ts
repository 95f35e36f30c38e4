/** Joins the rows of both runs into cases, ordered by id. */

import { type Cell, caseKey, type Role } from '../../cases/index.ts';
import type { SideOutcome } from '../../counts/index.ts';
import { compareText } from '../../slices/index.ts';
import { canonicalCell, cellText, hashedText, isHashedText } from '../cell.ts';
import type { SideRows } from './side-rows.ts';

/** One run of the comparison: its rows, and which of them belong to which case. */
export interface SideCases {
  readonly rows: SideRows;
  /** Rows of case i are `order[start[i]]` up to, not including, `order[start[i + 1]]`, by trial in UTF-8 byte order. */
  readonly start: Int32Array;
  readonly order: Int32Array;
  /** Per case; null where the run has no row of it. */
  readonly outcomes: readonly (SideOutcome | null)[];
}

/** Both runs joined on case id. */
export interface CaseTable {
  /** UTF-8 byte order. */
  readonly ids: readonly string[];
  readonly baseline: SideCases | null;
  readonly candidate: SideCases;
  /** Per case: 1 where input or expected text differs between the runs. */
  readonly edited: Uint8Array;
  /** Columns with a list in any row of either run. */
  readonly listColumns: ReadonlySet<string>;
}

/** The sides that are there, baseline first. */
export function sidesOf(table: CaseTable): readonly SideCases[] {
  return table.baseline === null ? [table.candidate] : [table.baseline, table.candidate];
}

/** The sides whose cells differ: the same rows under two mappings have the same ones. */
export function distinctSides({ baseline, candidate }: CaseTable): readonly SideCases[] {
  return baseline === null || isSameRows(baseline.rows, candidate.rows) ? [candidate] : [baseline, candidate];
}

/** Joins two runs, or orders one. */
export function joinCases(baseline: SideRows | null, candidate: SideRows): CaseTable {
  const isSame = baseline === null || isSameRows(baseline, candidate);
  const sides = isSame ? [candidate] : [baseline, candidate];
  const listColumns = new Set(sides.flatMap(({ lists }) => [...lists]));
  const ids = [...new Set(sides.flatMap((side) => side.caseId))].sort(compareText);
  const index = new Map<string, number>();
  ids.forEach((id, i) => {
    index.set(id, i);
  });
  const after = arrangeSide(canonicalRows(candidate, listColumns), index);
  let before: SideCases | null = null;
  if (baseline !== null) {
    before = isSame
      ? anotherReading(after, baseline)
      : arrangeSide(canonicalRows(baseline, listColumns), index);
  }
  return {
    ids,
    baseline: before,
    candidate: after,
    edited: findEdits(ids.length, before, after),
    listColumns,
  };
}

/**
 * Where the pairing key is the input text, a run that kept only hashes of its texts must pair with one that has the
 * texts: then all such keys become hashes.
 */
export function alignTextKeys(sides: readonly SideRows[]): readonly SideRows[] {
  const keyed = sides.filter((side) => caseKey(side.mapping) === 'input');
  if (!keyed.some((side) => side.caseId.some(isHashedText))) return sides;
  return sides.map((side) =>
    caseKey(side.mapping) === 'input' ? { ...side, caseId: side.caseId.map(hashedText) } : side,
  );
}

function canonicalRows(side: SideRows, listColumns: ReadonlySet<string>): SideRows {
  const columns = new Map<string, readonly Cell[]>();
  for (const [name, cells] of side.columns) {
    columns.set(name, listColumns.has(name) ? cells.map((cell) => canonicalCell(cell, true)) : cells);
  }
  return { ...side, columns };
}

function arrangeSide(rows: SideRows, index: ReadonlyMap<string, number>): SideCases {
  const start = new Int32Array(index.size + 1);
  const caseOf = rows.caseId.map((id) => index.get(id)!);
  for (const i of caseOf) start[i + 1]!++;
  for (let i = 0; i < index.size; i++) start[i + 1]! += start[i]!;
  const order = new Int32Array(rows.length);
  const next = start.slice();
  for (let row = 0; row < rows.length; row++) order[next[caseOf[row]!]!++] = row;
  for (let i = 0; i < index.size; i++) {
    if (start[i + 1]! - start[i]! < 2) continue;
    order.subarray(start[i], start[i + 1]).sort((a, b) => compareText(rows.trial[a]!, rows.trial[b]!));
  }
  return { rows, start, order, outcomes: outcomesOf(rows, start, order) };
}

const NONE: SideOutcome = { passed: 0, failed: 0, errors: 0, unscored: 0 };

/** The outcomes of cases with one row, which share them. */
const SINGLE: Readonly<Record<keyof SideOutcome, SideOutcome>> = {
  passed: { ...NONE, passed: 1 },
  failed: { ...NONE, failed: 1 },
  errors: { ...NONE, errors: 1 },
  unscored: { ...NONE, unscored: 1 },
};

function outcomesOf(rows: SideRows, start: Int32Array, order: Int32Array): readonly (SideOutcome | null)[] {
  return Array.from({ length: start.length - 1 }, (_, i) => {
    const from = start[i]!;
    const to = start[i + 1]!;
    if (from === to) return null;
    return to - from === 1 ? SINGLE[kindOf(rows, order[from]!)] : outcomeOf(rows, order, from, to);
  });
}

/** The same rows as they were in the other run. */
function anotherReading({ rows, start, order }: SideCases, other: SideRows): SideCases {
  const canonical = { ...other, columns: rows.columns };
  return { rows: canonical, start, order, outcomes: outcomesOf(canonical, start, order) };
}

/** Whether two runs are the same rows under two mappings (`SameRows`). */
function isSameRows(a: SideRows, b: SideRows): boolean {
  return a.columns === b.columns;
}

function outcomeOf(rows: SideRows, order: Int32Array, from: number, to: number): SideOutcome {
  const counts = { ...NONE };
  for (let at = from; at < to; at++) counts[kindOf(rows, order[at]!)]++;
  return counts;
}

function kindOf({ status, passed }: SideRows, row: number): keyof SideOutcome {
  if (status[row] === 'error') return 'errors';
  if (passed[row] === 1) return 'passed';
  return passed[row] === 0 ? 'failed' : 'unscored';
}

/** The rows of one case in one run, by trial. */
export function rowsOfCase(side: SideCases, index: number): Int32Array {
  return side.order.subarray(side.start[index], side.start[index + 1]);
}

/** The cells of the column that plays a role, or null where none does. */
export function roleColumn(rows: SideRows, role: Role): readonly Cell[] | null {
  const name = rows.mapping[role];
  return name === undefined ? null : (rows.columns.get(name) ?? null);
}

/** The distinct texts of a role in one case of one run. */
export function roleTexts(side: SideCases, cells: readonly Cell[], index: number): Set<string> {
  const texts = new Set<string>();
  for (const row of rowsOfCase(side, index)) {
    const text = cellText(cells[row]!);
    if (text !== null) texts.add(text);
  }
  return texts;
}

function findEdits(cases: number, baseline: SideCases | null, candidate: SideCases): Uint8Array {
  const edited = new Uint8Array(cases);
  if (baseline === null) return edited;
  for (const role of ['input', 'expected'] as const) {
    const before = roleColumn(baseline.rows, role);
    const after = roleColumn(candidate.rows, role);
    if (before === null || after === null || before === after) continue;
    for (let i = 0; i < cases; i++) {
      if (edited[i]) continue;
      if (textsDiffer(roleTexts(baseline, before, i), roleTexts(candidate, after, i))) edited[i] = 1;
    }
  }
  return edited;
}

/** Whether both runs have texts and not the same ones; a hash equals the text that it stands for. */
function textsDiffer(before: ReadonlySet<string>, after: ReadonlySet<string>): boolean {
  if (before.size === 0 || after.size === 0) return false;
  if (before.size === after.size && [...before].every((text) => after.has(text))) return false;
  if (![...before, ...after].some(isHashedText)) return true;
  const left = new Set([...before].map(hashedText));
  const right = new Set([...after].map(hashedText));
  return left.size !== right.size || [...left].some((text) => !right.has(text));
}
