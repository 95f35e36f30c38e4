/** Finds the attribute of every case for a column: the one cell that all its rows agree on. */

import type { Cell } from '../../cases/index.ts';
import type { CaseAttribute } from '../../slices/index.ts';
import { type CaseTable, distinctSides, rowsOfCase } from './case-table.ts';

/** The attributes of the cases of one comparison; a column is worked out when it is first asked for. */
export interface Attributes {
  of(column: string, caseIndex: number): CaseAttribute;
}

const MISSING: CaseAttribute = { state: 'missing' };
const CHANGED: CaseAttribute = { state: 'changed' };

/** Reads attributes from a table and keeps them. */
export function attributesOf(table: CaseTable): Attributes {
  const known = new Map<string, readonly CaseAttribute[]>();
  return {
    of: (column, caseIndex) => {
      let cases = known.get(column);
      if (cases === undefined) {
        cases = resolveColumn(table, column);
        known.set(column, cases);
      }
      return cases[caseIndex]!;
    },
  };
}

function resolveColumn(table: CaseTable, column: string): readonly CaseAttribute[] {
  const found: (string | readonly string[] | null)[] = new Array(table.ids.length).fill(null);
  const changed = new Uint8Array(table.ids.length);
  for (const side of distinctSides(table)) {
    const cells = side.rows.columns.get(column);
    if (cells === undefined) continue;
    for (let i = 0; i < found.length; i++) {
      for (const row of rowsOfCase(side, i)) {
        const cell = cells[row]!;
        if (cell === null) continue;
        const before = found[i]!;
        if (before === null) found[i] = cell;
        else if (!sameCell(before, cell)) changed[i] = 1;
      }
    }
  }
  return found.map((cell, i) => {
    if (changed[i]) return CHANGED;
    return cell === null ? MISSING : { state: 'value', cell };
  });
}

function sameCell(a: Exclude<Cell, null>, b: Exclude<Cell, null>): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((tag, i) => tag === b[i]);
}
