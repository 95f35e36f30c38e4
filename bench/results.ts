/** Where benches keep their figures: one JSON file each, rows replaced by key, so that parts can be run alone. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./results/', import.meta.url));

/** One figure or group of figures under a unique key. */
export interface ResultRow {
  readonly key: string;
}

/** Puts rows into `results/NAME.json`, in place of those with the same key, ordered as `order` of the keys says. */
export function keepResults<Row extends ResultRow>(
  name: string,
  about: Readonly<Record<string, unknown>>,
  rows: readonly Row[],
): void {
  const file = `${FOLDER}${name}.json`;
  const before: readonly Row[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const kept = new Map([...before, ...rows].map((row) => [row.key, row]));
  const ordered = [...kept.values()].sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
  mkdirSync(FOLDER, { recursive: true });
  const text = ordered.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  writeFileSync(file, `{\n  "about": ${JSON.stringify(about)},\n  "rows": [\n${text}\n  ]\n}\n`);
}
