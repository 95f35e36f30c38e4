/** Rows read from text, with derived columns: computed and kept, or taken from what was kept. */

import type { Cell, ResultChunk } from '../cases/index.ts';
import { derivedColumns, deriveRows } from '../derived/index.ts';
import { DataError } from '../errors.ts';
import type { DerivePlan } from './derive-plan.ts';
import { type CellBlock, cacheKey, readBlocks, writeBlocks } from './derived-cache.ts';
import { withoutVectors, withVectors } from './derived-vectors.ts';

/** The same chunks with the plan's columns; every iteration reads them anew. */
export function withDerivedCells(
  chunks: AsyncIterable<ResultChunk>,
  plan: DerivePlan,
): AsyncIterable<ResultChunk> {
  return {
    async *[Symbol.asyncIterator]() {
      const { cacheFolder, facts } = plan;
      const key = cacheFolder === null || facts === null ? null : cacheKey(facts);
      const kept = key === null ? null : await readBlocks(cacheFolder!, key);
      if (kept !== null) yield* joinKept(chunks, kept, plan);
      else if (key === null) yield* computed(chunks, plan);
      else yield* computedAndKept(chunks, plan, cacheFolder!, key);
    },
  };
}

async function* computed(chunks: AsyncIterable<ResultChunk>, plan: DerivePlan): AsyncGenerator<ResultChunk> {
  const { run, side, names } = plan;
  const model = await plan.model();
  const rows = withVectors(chunks, plan.vectors);
  const options = { ...(model === undefined ? {} : { model }), files: run.opened.files.length };
  for await (const chunk of deriveRows(rows, run.opened.mapping, side, names, options)) {
    yield withoutVectors(chunk);
  }
}

async function* computedAndKept(
  chunks: AsyncIterable<ResultChunk>,
  plan: DerivePlan,
  folder: string,
  key: string,
): AsyncGenerator<ResultChunk> {
  const columns = derivedColumns(plan.names);
  const writer = await writeBlocks(folder, key);
  try {
    for await (const chunk of computed(chunks, plan)) {
      const cells = Object.fromEntries(columns.map((name) => [name, chunk.attributes.get(name) ?? []]));
      await writer.write({ rows: chunk.lines.length, cells });
      yield chunk;
    }
    await writer.finish();
  } finally {
    // Does nothing after `finish`; a reader that stopped early leaves nothing half-written.
    await writer.abandon();
  }
}

async function* joinKept(
  chunks: AsyncIterable<ResultChunk>,
  kept: AsyncIterable<CellBlock>,
  plan: DerivePlan,
): AsyncGenerator<ResultChunk> {
  const blocks = kept[Symbol.asyncIterator]();
  const columns = derivedColumns(plan.names);
  let block: CellBlock = { rows: 0, cells: {} };
  let used = 0;
  for await (const chunk of chunks) {
    const rows = chunk.lines.length;
    const taken = new Map<string, Cell[]>(columns.map((name) => [name, []]));
    for (let filled = 0; filled < rows; ) {
      if (used === block.rows) {
        const next = await blocks.next();
        if (next.done === true) throw changedFile(chunk.file);
        block = next.value;
        used = 0;
      }
      const part = Math.min(rows - filled, block.rows - used);
      for (const [name, cells] of taken) cells.push(...(block.cells[name] ?? []).slice(used, used + part));
      used += part;
      filled += part;
    }
    yield { ...chunk, attributes: new Map([...chunk.attributes, ...taken]) };
  }
}

function changedFile(file: string): DataError {
  return new DataError({
    message: `${file} was changed while it was read`,
    hint: 'run the command again once the file is written',
    where: { file },
  });
}
