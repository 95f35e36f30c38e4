/**
 * The reference of the bench: every combination of columns is counted in one plain scan of typed arrays, nothing is excluded
 * but values with too few cases. It is what the notes of the field's fastest known alternative measured, written again.
 */

import type { SearchOptions, SearchTable } from '../src/discovery/index.ts';

/** Scores of the best slices, best first, ties at the last place included. */
export function exhaustive(
  table: SearchTable,
  { alpha, maxLevel, minCases, top }: Pick<SearchOptions, 'alpha' | 'maxLevel' | 'minCases' | 'top'>,
): readonly number[] {
  const { rows, error } = table;
  const columns = table.columns.map(({ codes, cardinality }) => live(codes, cardinality, minCases));
  let errors = 0;
  for (let row = 0; row < rows; row++) errors += error[row]!;
  const mean = errors / rows;
  const scores: number[] = [];
  const scan = (chosen: readonly number[]) => {
    const parts = chosen.map((column) => columns[column]!);
    const cells = parts.reduce((product, { size }) => product * size, 1);
    const cases = new Int32Array(cells);
    const sums = new Float64Array(cells);
    countCells(parts, error, cases, sums);
    for (let cell = 0; cell < cells; cell++) {
      if (cases[cell]! < minCases || hasDead(cell, parts)) continue;
      const size = cases[cell]!;
      const score = alpha * (sums[cell]! / size / mean - 1) - (1 - alpha) * (rows / size - 1);
      if (score > 0) scores.push(score);
    }
  };
  const visit = (chosen: readonly number[]) => {
    if (chosen.length > 0) scan(chosen);
    if (chosen.length === maxLevel) return;
    for (let next = (chosen.at(-1) ?? -1) + 1; next < columns.length; next++) visit([...chosen, next]);
  };
  visit([]);
  scores.sort((a, b) => b - a);
  const last = scores[Math.min(top, scores.length) - 1] ?? 0;
  return scores.filter((score) => score >= last);
}

interface Part {
  readonly codes: Uint8Array;
  /** Codes with code 0, which stands for all that are too rare. */
  readonly size: number;
}

function live(codes: Uint8Array | Uint16Array, cardinality: number, minCases: number): Part {
  const tally = new Int32Array(cardinality + 1);
  for (let row = 0; row < codes.length; row++) tally[codes[row]!]!++;
  const map = new Uint8Array(cardinality + 1);
  let size = 1;
  for (let code = 1; code <= cardinality; code++) if (tally[code]! >= minCases) map[code] = size++;
  const mapped = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) mapped[row] = map[codes[row]!]!;
  return { codes: mapped, size };
}

function countCells(
  parts: readonly Part[],
  error: Float64Array,
  cases: Int32Array,
  sums: Float64Array,
): void {
  const [a, b, c] = parts;
  const rows = error.length;
  const first = a!.codes;
  if (b === undefined) {
    for (let row = 0; row < rows; row++) {
      cases[first[row]!]!++;
      sums[first[row]!]! += error[row]!;
    }
  } else if (c === undefined) {
    for (let row = 0; row < rows; row++) {
      const cell = first[row]! * b.size + b.codes[row]!;
      cases[cell]!++;
      sums[cell]! += error[row]!;
    }
  } else {
    for (let row = 0; row < rows; row++) {
      const cell = (first[row]! * b.size + b.codes[row]!) * c.size + c.codes[row]!;
      cases[cell]!++;
      sums[cell]! += error[row]!;
    }
  }
}

function hasDead(cell: number, parts: readonly Part[]): boolean {
  let rest = cell;
  for (const { size } of parts.toReversed()) {
    if (rest % size === 0) return true;
    rest = Math.floor(rest / size);
  }
  return false;
}
