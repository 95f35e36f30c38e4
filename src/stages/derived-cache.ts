/** Keeps derived cells beside the user's other caches, so that a file is looked at once. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cell } from '../cases/index.ts';

/** Cells of some rows, by column. */
export interface CellBlock {
  readonly rows: number;
  readonly cells: Readonly<Record<string, readonly Cell[]>>;
}

/**
 * What tells one state of files from another: path, size and time of the last change of each. Null where one of them is no
 * file, such as standard input; then nothing is kept.
 */
export async function fileIdentity(
  files: readonly string[],
  cwd: string,
): Promise<readonly unknown[] | null> {
  const found: unknown[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    const state = await stat(path).catch(() => null);
    if (state === null || !state.isFile()) return null;
    found.push([path, state.size, state.mtimeMs]);
  }
  return found.length === 0 ? null : found;
}

/** The name under which something is kept: equal facts, equal name. */
export function cacheKey(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 40);
}

/**
 * The blocks that were kept, in order; null where there are none, or where the file is damaged in any way: what a cache holds
 * must never change a result.
 */
export async function readBlocks(folder: string, key: string): Promise<AsyncIterable<CellBlock> | null> {
  const path = pathOf(folder, key);
  if (!(await isWhole(path))) return null;
  return {
    async *[Symbol.asyncIterator]() {
      for await (const line of linesOf(path)) {
        if (line.startsWith('{')) yield JSON.parse(line) as CellBlock;
      }
    },
  };
}

/** The last line is the SHA-256 of all lines before it. */
async function isWhole(path: string): Promise<boolean> {
  const digest = createHash('sha256');
  let last: string | null = null;
  try {
    for await (const line of linesOf(path)) {
      if (last !== null) digest.update(`${last}\n`);
      last = line;
    }
  } catch {
    return false;
  }
  return last !== null && last === digest.digest('hex');
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}

/** Takes blocks one by one; `finish` makes them readable, and nothing is kept without it. */
export interface BlockWriter {
  write(block: CellBlock): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** A folder that cannot be written is no loss: then nothing is kept. */
export async function writeBlocks(folder: string, key: string): Promise<BlockWriter> {
  const temporary = `${pathOf(folder, key)}.${process.pid}.tmp`;
  const digest = createHash('sha256');
  let isLost = await mkdir(folder, { recursive: true }).then(
    () => false,
    () => true,
  );
  const append = async (line: string): Promise<void> => {
    if (isLost) return;
    await appendFile(temporary, line).catch(() => {
      isLost = true;
    });
  };
  await rm(temporary, { force: true }).catch(() => undefined);
  return {
    write: async (block) => {
      const line = `${oneLine(JSON.stringify(block))}\n`;
      digest.update(line);
      await append(line);
    },
    finish: async () => {
      await append(digest.digest('hex'));
      if (!isLost) await rename(temporary, pathOf(folder, key)).catch(() => undefined);
    },
    abandon: () => rm(temporary, { force: true }).catch(() => undefined),
  };
}

/** Readers of lines take these two for ends of lines, which JSON does not escape by itself. */
function oneLine(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${key}.jsonl`);
}
