/** How unsure a classifier was: the entropy of the probabilities that a row holds. */

import type { ResultChunk } from '../../cases/index.ts';
import { cellAt } from '../logs/record-chunks.ts';

/**
 * Entropy in bits of probabilities, scaled to sum 1; NaN where they are none (negative, no number, all zero, fewer than 2).
 *
 * @example entropyOf([0.5, 0.5]) // 1
 */
export function entropyOf(probabilities: readonly number[]): number {
  const total = probabilities.reduce((sum, one) => sum + one, 0);
  const isValid =
    probabilities.length >= 2 &&
    probabilities.every((one) => one >= 0) &&
    total > 0 &&
    Number.isFinite(total);
  if (!isValid) return Number.NaN;
  return probabilities.reduce((sum, one) => {
    const share = one / total;
    return share === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
}

/**
 * Reads the entropy of a row: from a column of JSON lists or objects, or from the columns that an object was read as
 * (`probabilities.yes`, `probabilities.no`).
 */
export function entropyAt(chunk: ResultChunk, column: string, row: number): number {
  const cell = cellAt(chunk, column, row);
  if (typeof cell === 'string') return entropyOf(numbersIn(cell));
  if (cell !== null) return entropyOf(cell.map(Number));
  const parts: number[] = [];
  for (const [name, cells] of chunk.attributes) {
    const part = name.startsWith(`${column}.`) ? (cells[row] ?? null) : null;
    if (part !== null) parts.push(typeof part === 'string' && part !== '' ? Number(part) : Number.NaN);
  }
  return entropyOf(parts);
}

/** Whether some column holds the probabilities. */
export function hasProbabilities(column: string, columns: readonly string[]): boolean {
  return columns.some((name) => name === column || name.startsWith(`${column}.`));
}

function numbersIn(text: string): readonly number[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).map((one) => (typeof one === 'number' ? one : Number.NaN));
}
