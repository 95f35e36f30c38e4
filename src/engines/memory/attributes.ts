/** Finds the attribute of every case for a column: the one cell that all its rows agree on. */

import type { Cell } from '../../cases/index.ts';
import type { CaseAttribute } from '../../slices/index.ts';
import type { AttributeCodes } from '../grouping-codes.ts';
import { type CaseTable, distinctSides } from './case-table.ts';

/** The attributes of the cases of one comparison; a column is worked out when it is first asked for. */
export interface Attributes {
  of(column: string, caseIndex: number): CaseAttribute;
  /** All of a column, equal ones by one number. */
  codesOf(column: string): AttributeCodes;
}

const MISSING = 0;
const CHANGED = 1;

/** Reads attributes from a table and keeps them. */
export function attributesOf(table: CaseTable): Attributes {
  const known = new Map<string, AttributeCodes>();
  const codesOf = (column: string): AttributeCodes => {
    let found = known.get(column);
    if (found === undefined) {
      found = resolveColumn(table, column);
      known.set(column, found);
    }
    return found;
  };
  return {
    codesOf,
    of: (column, caseIndex) => {
      const { codes, attributes } = codesOf(column);
      return attributes[codes[caseIndex]!]!;
    },
  };
}

function resolveColumn(table: CaseTable, column: string): AttributeCodes {
  const codes = new Uint32Array(table.ids.length);
  const attributes: CaseAttribute[] = [{ state: 'missing' }, { state: 'changed' }];
  const known = new Map<string, number>();
  const codeOf = (cell: Exclude<Cell, null>): number => {
    // The cells of a column are all texts or all lists, so that no list reads as a text.
    const name = typeof cell === 'string' ? cell : JSON.stringify(cell);
    let code = known.get(name);
    if (code === undefined) {
      code = attributes.push({ state: 'value', cell }) - 1;
      known.set(name, code);
    }
    return code;
  };
  for (const { rows, start, order } of distinctSides(table)) {
    const cells = rows.columns.get(column);
    if (cells === undefined) continue;
    for (let i = 0; i < codes.length; i++) {
      for (let at = start[i]!; at < start[i + 1]!; at++) {
        const cell = cells[order[at]!]!;
        if (cell === null) continue;
        const code = codeOf(cell);
        if (codes[i] === MISSING) codes[i] = code;
        else if (codes[i] !== code) codes[i] = CHANGED;
      }
    }
  }
  return { codes, attributes };
}
