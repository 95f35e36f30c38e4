/** Rows of recorded results, as the generators make them and as result files hold them. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { randomStream } from './random.ts';

/** One result of one case. Other columns (segment, input, error, ...) as the table needs them. */
export type ResultRow = {
  readonly case_id: string;
  /** Null where the run made an error or nothing was scored. */
  readonly passed: boolean | null;
} & Readonly<Record<string, string | number | boolean | null>>;

/** Two runs over the same cases, unless a generator says otherwise. */
export interface RunPair {
  readonly baseline: readonly ResultRow[];
  readonly candidate: readonly ResultRow[];
}

/** Rows as JSONL text, one object a line, each line ended. */
export function toJsonl(rows: readonly ResultRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/**
 * Rows as CSV text (RFC 4180, line feeds) with the columns in order of first appearance; null is an empty field.
 *
 * @example toCsv([{ case_id: 'a,1', passed: true }]) // 'case_id,passed\n"a,1",true\n'
 */
export function toCsv(rows: readonly ResultRow[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const field = (value: string | number | boolean | null | undefined) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return `${[columns.map(field).join(','), ...lines].join('\n')}\n`;
}

/** Writes `baseline.<format>` and `candidate.<format>` into a folder (made where missing) and returns both paths. */
export function writePair(
  folder: string,
  pair: RunPair,
  format: 'jsonl' | 'csv' = 'jsonl',
): { readonly baseline: string; readonly candidate: string } {
  mkdirSync(folder, { recursive: true });
  const text = format === 'jsonl' ? toJsonl : toCsv;
  const paths = { baseline: `${folder}/baseline.${format}`, candidate: `${folder}/candidate.${format}` };
  writeFileSync(paths.baseline, text(pair.baseline));
  writeFileSync(paths.candidate, text(pair.candidate));
  return paths;
}

/** The same rows in a seeded other order. */
export function inOtherOrder<T>(rows: readonly T[], seed: number): readonly T[] {
  const random = randomStream(seed);
  const shuffled = [...rows];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
