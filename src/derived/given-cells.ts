/** Cells that come from columns and file names of the run rather than from a text. */

import type { Cell } from '../cases/index.ts';

/**
 * The name of a file without its folder and endings.
 *
 * @example fileSource('logs/2026/chat.jsonl.gz') // 'chat'
 */
export function fileSource(file: string): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const stem = name.replace(/(?:\.(?:jsonl|ndjson|json|csv|tsv|parquet|gz|zst|eval|yaml|yml|txt))+$/i, '');
  return stem === '' ? name : stem;
}

/**
 * The names of tools in a cell, each once: a list as it is, JSON of objects with `name` or `function.name`, or names between commas.
 *
 * @example toolNames('[{"type":"function","function":{"name":"search"}}]') // ['search']
 */
export function toolNames(cell: Cell): readonly string[] | null {
  if (cell === null || isCount(cell)) return null;
  return [...new Set(entriesOf(cell).flatMap((one) => nameOf(one) ?? []))];
}

/**
 * How many entries a cell lists, read like `toolNames`, or the count that it holds; 0 for a missing cell.
 *
 * @example entryCount('[{"name":"search"},{"name":"search"}]') // 2
 */
export function entryCount(cell: Cell): number {
  if (cell === null) return 0;
  return isCount(cell) ? Number(cell) : entriesOf(cell).length;
}

/** Some files say how many calls there were in the column where others list them. */
function isCount(cell: string | readonly string[]): cell is string {
  return typeof cell === 'string' && /^\s*\d{1,9}\s*$/.test(cell);
}

function entriesOf(cell: string | readonly string[]): readonly unknown[] {
  if (typeof cell !== 'string') return cell;
  if (cell.trimStart().startsWith('[')) {
    try {
      const data: unknown = JSON.parse(cell);
      if (Array.isArray(data)) return data;
    } catch {
      // Not JSON after all: read as names.
    }
  }
  return cell
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function nameOf(one: unknown): string | null {
  if (typeof one === 'string') return one;
  if (typeof one !== 'object' || one === null) return null;
  const { name, function: inner } = one as { name?: unknown; function?: unknown };
  if (typeof name === 'string') return name;
  if (typeof inner === 'string') return inner;
  return typeof inner === 'object' && inner !== null ? nameOf(inner) : null;
}
