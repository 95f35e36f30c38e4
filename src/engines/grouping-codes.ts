/** How an engine hands over where cases stand: a number per case, and what the numbers mean. */

import { type CaseAttribute, evaluateGrouping, type Grouping, type SliceKey } from '../slices/index.ts';

/** One number per case. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A column of the data: cases with one number have the same attribute. */
export interface AttributeCodes {
  readonly codes: Codes;
  /** By number. */
  readonly attributes: readonly CaseAttribute[];
}

/** A grouping: cases with one number are in the same slices. */
export interface GroupingCodes {
  readonly grouping: string;
  readonly codes: Codes;
  /** All numbers are below this. */
  readonly size: number;
  /** Whether every number stands for one slice that no other number stands for, so that rare numbers need no name. */
  readonly isDistinct: boolean;
  /** The slices of some numbers, in the same order. */
  slicesOf(codes: readonly number[]): Promise<readonly (readonly SliceKey[])[]>;
}

/** Up to so many combinations of two columns are numbered by a table, more by a map. */
const TABLE_SIZE = 1 << 20;

const MISSING: CaseAttribute = { state: 'missing' };

/** The codes of a grouping from those of the columns that it looks at; an attribute of any other column is missing. */
export function groupingCodes(
  grouping: Grouping,
  columns: readonly string[],
  parts: readonly AttributeCodes[],
  cases: number,
): GroupingCodes {
  const { codes, tuples } = combine(parts, cases);
  return {
    grouping: grouping.id,
    codes,
    size: tuples.length,
    isDistinct: false,
    slicesOf: async (wanted) =>
      wanted.map((code) => {
        const attributes = tuples[code]!;
        const { state, values } = evaluateGrouping(
          grouping,
          (column) => attributes[columns.indexOf(column)] ?? MISSING,
        );
        return (state === 'value' ? values : ['']).map((value) => ({ grouping: grouping.id, state, value }));
      }),
  };
}

interface Combined {
  readonly codes: Codes;
  readonly tuples: readonly (readonly CaseAttribute[])[];
}

/** Numbers the combinations of attributes that occur, column after column, so that numbers stay exact. */
function combine(parts: readonly AttributeCodes[], cases: number): Combined {
  const [first, ...others] = parts;
  if (first === undefined) return { codes: new Uint8Array(cases), tuples: [[]] };
  let combined: Combined = { codes: first.codes, tuples: first.attributes.map((attribute) => [attribute]) };
  for (const part of others) combined = addColumn(combined, part);
  return combined;
}

function addColumn({ codes, tuples }: Combined, part: AttributeCodes): Combined {
  const width = part.attributes.length;
  const numberOf = createNumbering(tuples.length * width);
  const found = new Uint32Array(codes.length);
  const next: (readonly CaseAttribute[])[] = [];
  for (let i = 0; i < codes.length; i++) {
    const left = codes[i]!;
    const right = part.codes[i]!;
    const code = numberOf(left * width + right);
    if (code === next.length) next.push([...tuples[left]!, part.attributes[right]!]);
    found[i] = code;
  }
  return { codes: found, tuples: next };
}

/** Gives the numbers below `size` new numbers 0, 1, ... in the order in which they are met. */
function createNumbering(size: number): (key: number) => number {
  let next = 0;
  if (size <= TABLE_SIZE) {
    const table = new Int32Array(size).fill(-1);
    return (key) => {
      if (table[key] === -1) table[key] = next++;
      return table[key]!;
    };
  }
  const known = new Map<number, number>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, next);
    return next++;
  };
}
