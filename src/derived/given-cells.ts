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
 * The names of tools in a cell: a list as it is, JSON of objects with `name` or `function.name`, or names between commas.
 *
 * @example toolNames('[{"type":"function","function":{"name":"search"}}]') // ['search']
 */
export function toolNames(cell: Cell): readonly string[] | null {
  if (cell === null || typeof cell !== 'string') return cell;
  if (cell.trimStart().startsWith('[')) {
    try {
      const data: unknown = JSON.parse(cell);
      if (Array.isArray(data)) return data.flatMap((one) => nameOf(one) ?? []);
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
