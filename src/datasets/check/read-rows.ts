/** Reads the rows of a set once: texts, labels and ids stay, everything else is looked at as it passes. */

import type { Cell } from '../../cases/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import { knownText, labelText } from '../../stages/index.ts';
import type { ColumnFacts } from './column-facts.ts';

/** The rows as columns, by number from 0. */
export interface ReadSet {
  readonly count: number;
  /** Empty where a row has none. */
  readonly texts: readonly string[];
  /** Label of each row as a number, -1 where it has none. */
  readonly labels: Int32Array;
  readonly labelNames: readonly string[];
  readonly ids: readonly (string | null)[];
  readonly placeOf: (row: number) => { readonly file: string; readonly line: number };
}

/**
 * @param looked columns whose cells `facts` sees
 * @throws DataError with every problem of the files
 */
export async function readSet(
  records: OpenedRecords,
  input: string,
  looked: readonly string[],
  facts: ColumnFacts,
): Promise<ReadSet> {
  const { caseId, expected } = records.mapping;
  const texts: string[] = [];
  const labels: number[] = [];
  const labelCodes = new Map<string, number>();
  const ids: (string | null)[] = [];
  const chunks: { readonly file: string; readonly lines: readonly number[]; readonly start: number }[] = [];
  for await (const { file, lines, columns } of records.rows()) {
    chunks.push({ file, lines, start: texts.length });
    const cellsOf = (column: string | undefined) => (column === undefined ? undefined : columns.get(column));
    const [inputs, expecteds, idCells] = [cellsOf(input), cellsOf(expected), cellsOf(caseId)];
    for (let row = 0; row < lines.length; row++) {
      texts.push(knownText(inputs?.[row] ?? null) ?? '');
      const label = labelText(expecteds?.[row] ?? null);
      if (label !== null && label !== '' && !labelCodes.has(label)) labelCodes.set(label, labelCodes.size);
      labels.push(label === null || label === '' ? -1 : labelCodes.get(label)!);
      const id = labelText(idCells?.[row] ?? null);
      ids.push(id === '' ? null : id);
    }
    for (const column of looked) {
      const cells: readonly Cell[] | undefined = columns.get(column);
      cells?.forEach((cell, row) => void facts.add(column, cell, file, lines[row]!));
    }
  }
  return {
    count: texts.length,
    texts,
    labels: Int32Array.from(labels),
    labelNames: [...labelCodes.keys()],
    ids,
    placeOf: (row) => {
      const chunk = chunks.findLast(({ start }) => start <= row)!;
      return { file: chunk.file, line: chunk.lines[row - chunk.start]! };
    },
  };
}
