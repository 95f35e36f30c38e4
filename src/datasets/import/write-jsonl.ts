/** Writes rows as JSON lines, compressed where the name says so. */

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import type { RowChunk } from '../../cases/index.ts';
import { cellValue, type RowColumn } from './row-kinds.ts';

/** Characters handed on at once. */
const BLOCK_CHARACTERS = 1 << 20;

/** Names whose columns become one object: `tags.customer` is `{"tags": {"customer": ...}}`. */
const GROUPS = ['tags', 'scores'] as const;

/**
 * Writes every row as one object on a line of its own; missing cells are left out.
 *
 * @param compression of the file
 */
export async function writeJsonLines(
  path: string,
  compression: 'none' | 'gzip' | 'zstd',
  columns: readonly RowColumn[],
  chunks: AsyncIterable<RowChunk>,
): Promise<void> {
  const lines = Readable.from(blocksOf(columns, chunks), { objectMode: false });
  const file = createWriteStream(path, { flags: 'wx' });
  if (compression === 'none') await pipeline(lines, file);
  else await pipeline(lines, compression === 'gzip' ? createGzip() : createZstdCompress(), file);
}

async function* blocksOf(
  columns: readonly RowColumn[],
  chunks: AsyncIterable<RowChunk>,
): AsyncGenerator<Buffer> {
  let text = '';
  for await (const chunk of chunks) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      text += `${lineOf(columns, chunk, row)}\n`;
      if (text.length < BLOCK_CHARACTERS) continue;
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

function lineOf(columns: readonly RowColumn[], chunk: RowChunk, row: number): string {
  const fields: [string, unknown][] = [];
  const groups = new Map<string, [string, unknown][]>();
  for (const { name, kind } of columns) {
    const value = cellValue(chunk.columns.get(name)?.[row] ?? null, kind);
    if (value === null) continue;
    const group = GROUPS.find((one) => name.startsWith(`${one}.`));
    if (group === undefined) {
      fields.push([name, value]);
      continue;
    }
    const members = groups.get(group) ?? [];
    if (members.length === 0) fields.push([group, members]);
    groups.set(group, members);
    members.push([name.slice(group.length + 1), value]);
  }
  return objectText(fields, new Set(groups.values()));
}

/** Spelled here, because an object would reorder keys that are numbers. */
function objectText(fields: readonly [string, unknown][], groups: ReadonlySet<unknown>): string {
  const parts = fields.map(([name, value]) => {
    const text = groups.has(value)
      ? objectText(value as [string, unknown][], new Set())
      : JSON.stringify(value);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${parts.join(',')}}`;
}
