/** Finds the attribute of every case for a column: the one cell that all its rows agree on. */

import type { Cell } from '../../cases/index.ts';
import type { CaseAttribute } from '../../slices/index.ts';
import type { AttributeCodes } from '../grouping-codes.ts';
import { type CaseTable, distinctSides, type SideCases } from './case-table.ts';

/** The attributes of the cases of one comparison; a column is worked out when it is first asked for. */
export interface Attributes {
  of(column: string, caseIndex: number): CaseAttribute;
  /** All of a column, equal ones by one number. */
  codesOf(column: string): AttributeCodes;
  /** Replaces what is known of a column. */
  set(column: string, codes: AttributeCodes): void;
}

/** The codes of cases without a value, and of those whose rows disagree. */
export const MISSING = 0;
export const CHANGED = 1;

/** Reads attributes from a table and keeps them. */
export function attributesOf(table: CaseTable): Attributes {
  const known = new Map<string, AttributeCodes>();
  const codesOf = (column: string): AttributeCodes => {
    let found = known.get(column);
    if (found === undefined) {
      found = resolveColumn(table.ids.length, distinctSides(table), column);
      known.set(column, found);
    }
    return found;
  };
  return {
    codesOf,
    set: (column, codes) => known.set(column, codes),
    of: (column, caseIndex) => {
      const { codes, attributes } = codesOf(column);
      return attributes[codes[caseIndex]!]!;
    },
  };
}

/** The attribute of every case for a column by the rows of some sides alone. */
export function resolveColumn(cases: number, sides: readonly SideCases[], column: string): AttributeCodes {
  const codes = new Uint32Array(cases);
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
  for (const { rows, start, order } of sides) {
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
