/** Names rows so that a draw does not depend on the order of rows or files. */

import { createHash } from 'node:crypto';
import type { Cell } from '../../cases/index.ts';

/**
 * 52 bits of the SHA-256 of everything that a row holds, whatever the order of its columns.
 *
 * @example contentNumber([['a', '1']]) === contentNumber([['a', '1'], ['b', null]]) // true
 */
export function contentNumber(cells: Iterable<readonly [column: string, cell: Cell]>): number {
  const parts: string[] = [];
  for (const [column, cell] of cells) {
    if (cell !== null) parts.push(JSON.stringify([column, cell]));
  }
  const digest = createHash('sha256').update(parts.toSorted().join('\n')).digest();
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! >>> 4);
}

/** 16 hex digits that stand for a text, for comparing inputs without keeping them. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** What tells the rows of a population apart. */
export interface RowNames {
  /** Distinct; null for a row that another one repeats in every cell, its id too. */
  readonly names: readonly (string | null)[];
  /** Rows left out as repeated. */
  readonly repeated: number;
}

/**
 * Names every row: its id where no other row has it, else the id with a part of its content. Rows without an id are named by
 * content alone, and counted where they are equal, because a log without ids may well hold the same call twice.
 *
 * @param ids the id cell of each row, null where it has none
 * @param contents of `contentNumber`
 */
export function nameRows(ids: readonly (string | null)[], contents: readonly number[]): RowNames {
  const uses = new Map<string, number>();
  for (const id of ids) if (id !== null) uses.set(id, (uses.get(id) ?? 0) + 1);
  const given = new Map<string, number>();
  let repeated = 0;
  const names = ids.map((id, row): string | null => {
    if (id !== null && uses.get(id) === 1) return id;
    const hex = contents[row]!.toString(16).padStart(13, '0');
    const name = id === null ? `row-${hex}` : `${id}#${hex}`;
    const count = (given.get(name) ?? 0) + 1;
    given.set(name, count);
    if (count === 1) return name;
    if (id === null) return `${name}-${count}`;
    repeated += 1;
    return null;
  });
  return { names, repeated };
}
