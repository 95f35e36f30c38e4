/** Reads the figures that benches kept, and writes numbers and tables for the pages. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Share } from './simulation/share.ts';

/** A path beside this file. */
export const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The rows of a bench; none where it never ran. */
export function resultsOf<Row>(name: string): readonly Row[] {
  const path = file(`./results/${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).rows as Row[]) : [];
}

/** A share in percent. */
export const percent = ({ share }: Share): string => number(100 * share);

/** A number with two or three digits. */
export function number(value: number): string {
  return value >= 10 && value < 99.5 ? value.toFixed(0) : value.toFixed(1);
}

/** Milliseconds, or seconds where there are many. */
export const ms = (value: number): string =>
  value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(0)} ms`;

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
