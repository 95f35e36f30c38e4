/** Reads the cases of a loaded run: text, label, drafts; one per case id. */

import type { Cell } from '../../cases/index.ts';
import { textOfCell } from '../../derived/index.ts';
import type { LoadedRun } from '../loaded-run.ts';
import { rowsOf } from '../run-rows.ts';
import type { OverlapCase } from './items.ts';

/** Columns that hold what a model drafted before a person labelled. */
const DRAFT = /(?:^|[._-])(?:draft|pre_?label|auto_?label|model_?label|suggested?(?:_?label)?)(?:$|[._-])/i;

/** Whether a column holds drafts, by its name. */
export function isDraftColumn(column: string): boolean {
  return DRAFT.test(column);
}

/**
 * The cases of a run in order of first appearance. Where a case has several rows the first text, label and draft stand.
 *
 * @throws DataError with every problem of the files
 */
export async function readRunCases(run: LoadedRun): Promise<readonly OverlapCase[]> {
  const { input, expected } = run.opened.mapping;
  const drafts = run.opened.columns.filter(isDraftColumn);
  const wanted = [input, expected, ...drafts].filter((column) => column !== undefined);
  const found = new Map<string, OverlapCase>();
  for await (const { caseId, attributes } of rowsOf(run, wanted).chunks) {
    for (let row = 0; row < caseId.length; row++) {
      const id = caseId[row]!;
      const before = found.get(id);
      if (before !== undefined && before.text !== null) continue;
      const cellOf = (column: string | undefined): Cell =>
        column === undefined ? null : (attributes.get(column)?.[row] ?? null);
      found.set(id, {
        id,
        text: knownText(cellOf(input)),
        label: before?.label ?? labelText(cellOf(expected)),
        drafts: before?.drafts.size ? before.drafts : draftsOf(drafts, cellOf),
      });
    }
  }
  return [...found.values()];
}

/** A text that can be compared, or what a conversation says; null where it is empty or only a hash stands in its place. */
export function knownText(cell: Cell): string | null {
  const text = textOfCell(cell)?.text ?? null;
  return text === null || text.trim() === '' ? null : text;
}

/** A label as one text; several are a list. */
export function labelText(cell: Cell): string | null {
  return cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** What models drafted, by column; empty cells are no drafts. */
export function draftsOf(
  columns: readonly string[],
  cellOf: (column: string) => Cell,
): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap((column) => {
      const text = labelText(cellOf(column));
      return text === null || text.trim() === '' ? [] : [[column, text] as const];
    }),
  );
}
