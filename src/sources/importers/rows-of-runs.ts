/** Keeps the rows of some runs of an import. */

import type { RowChunk } from '../../cases/index.ts';
import { IMPORTED_COLUMNS } from './imported-columns.ts';

/**
 * The runs that a text names: the one of that name, else those that match it as a pattern in which `*` is any text.
 *
 * @example runsNamed(['gpt2:arc', 'gpt2:mmlu', 'bert:arc'], 'gpt2:*') // ['gpt2:arc', 'gpt2:mmlu']
 */
export function runsNamed(runs: readonly string[], text: string): readonly string[] {
  if (runs.includes(text) || !text.includes('*')) return runs.filter((run) => run === text);
  const parts = text.split('*').map((part) => part.replace(/[\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('[\\s\\S]*')}$`);
  return runs.filter((run) => pattern.test(run));
}

/** The rows of these runs; chunks without any are left out. */
export async function* rowsOfRuns(
  chunks: AsyncIterable<RowChunk>,
  runs: ReadonlySet<string>,
): AsyncGenerator<RowChunk> {
  for await (const chunk of chunks) {
    const cells = chunk.columns.get(IMPORTED_COLUMNS.run);
    const kept = chunk.lines.flatMap((_, row) => {
      const run = cells?.[row];
      return typeof run === 'string' && runs.has(run) ? [row] : [];
    });
    if (kept.length === 0) continue;
    if (kept.length === chunk.lines.length) {
      yield chunk;
      continue;
    }
    yield {
      file: chunk.file,
      lines: kept.map((row) => chunk.lines[row]!),
      columns: new Map([...chunk.columns].map(([name, of]) => [name, kept.map((row) => of[row]!)])),
    };
  }
}
