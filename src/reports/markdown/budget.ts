/** Fits blocks of Markdown into a limited number of characters and says what was left out. */

/** A block whose rows may be cut from the end; `open` and `close` always go together with at least one row. */
export interface Block {
  /** What the rows are, for the sentence about those left out, such as `gated slices`. */
  readonly rowsAre: string;
  readonly open: readonly string[];
  readonly rows: readonly string[];
  readonly close: readonly string[];
}

/** For the last line: a handful of kinds with their counts. */
const RESERVE = 600;

/**
 * The blocks, in order, as one text of at most `maxCharacters` characters. Once a block is cut, later blocks without room
 * are left out too, and the last line names everything that is missing.
 */
export function fitBlocks(blocks: readonly Block[], maxCharacters: number): string {
  const lines: string[] = [];
  const left = new Map<string, number>();
  let used = 0;
  const sizeOf = (parts: readonly string[]): number => parts.reduce((sum, part) => sum + part.length + 1, 0);
  for (const block of blocks) {
    const frame = sizeOf(block.open) + sizeOf(block.close);
    let room = maxCharacters - RESERVE - used - frame;
    const rows: string[] = [];
    for (const row of block.rows) {
      if (row.length + 1 > room) break;
      room -= row.length + 1;
      rows.push(row);
    }
    const missing = block.rows.length - rows.length;
    if (missing > 0) left.set(block.rowsAre, (left.get(block.rowsAre) ?? 0) + missing);
    if (rows.length === 0) continue;
    lines.push(...block.open, ...rows, ...block.close);
    used = sizeOf(lines);
  }
  if (left.size > 0) {
    const missing = [...left].map(([rowsAre, count]) => `${count} ${rowsAre}`);
    lines.push(
      '',
      `_Cut to the size that GitHub takes. Left out: ${missing.join(', ')}. \`--format json\` has everything._`,
    );
  }
  return `${lines.join('\n')}\n`;
}
