/** Second pass over the logs: the rows that were drawn, whole. */

import type { Cell, RowChunk } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import type { DrawnRows } from './draw-designs.ts';
import { type Population, rowCells } from './population.ts';
import { contentNumber } from './row-identity.ts';

/** One drawn row. */
export interface DrawnCase {
  /** Distinct among all rows; the id of the row where no other row has it. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Cells that are not missing, in the order of the columns. */
  readonly cells: ReadonlyMap<string, Exclude<Cell, null>>;
  /** The JSON object as the file spells it; null where the file is no JSON. */
  readonly raw: string | null;
  readonly slices: Readonly<Record<string, string>>;
  /** Empty where there are no slice keys. */
  readonly stratum: string;
  readonly probability: number | null;
  readonly why: string;
}

/**
 * Reads the drawn rows, ordered by stratum and name.
 *
 * @param wantsRaw reads JSON as it is spelled as well
 * @throws DataError where the files are not those of the first pass any more
 */
export async function readDrawn(
  records: OpenedRecords,
  population: Population,
  drawn: DrawnRows,
  wantsRaw: boolean,
): Promise<readonly DrawnCase[]> {
  const wanted = new Map(drawn.rows.map((row) => [population.ordinals[row]!, row]));
  const raw = wantsRaw && records.texts !== null ? await rawTexts(records.texts(), wanted) : null;
  const cases: DrawnCase[] = [];
  let ordinal = 0;
  for await (const chunk of records.rows()) {
    for (let at = 0; at < chunk.lines.length; at += 1, ordinal += 1) {
      const row = wanted.get(ordinal);
      if (row === undefined) continue;
      if (contentNumber(rowCells({ attributes: chunk.columns }, at)) !== population.contents[row])
        throw changed(chunk.file);
      const stratum = population.strata[population.stratum[row]!]!;
      cases.push({
        name: population.names[row]!,
        file: chunk.file,
        line: chunk.lines[at]!,
        cells: filled(chunk, at),
        raw: raw?.get(ordinal) ?? null,
        slices: stratum.slices,
        stratum: stratum.key,
        probability: drawn.probability(row),
        why: drawn.why(row),
      });
    }
  }
  if (ordinal !== population.counts.rows) throw changed(records.files[0] ?? '');
  return cases.toSorted((a, b) => compareText(a.stratum, b.stratum) || compareText(a.name, b.name));
}

async function rawTexts(
  rows: ReturnType<NonNullable<OpenedRecords['texts']>>,
  wanted: ReadonlyMap<number, number>,
): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>();
  let ordinal = 0;
  for await (const { text } of rows) {
    if (wanted.has(ordinal)) texts.set(ordinal, text);
    ordinal += 1;
  }
  return texts;
}

function filled({ columns }: RowChunk, row: number): ReadonlyMap<string, Exclude<Cell, null>> {
  const cells = new Map<string, Exclude<Cell, null>>();
  for (const [name, column] of columns) {
    const cell = column[row] ?? null;
    if (cell !== null) cells.set(name, cell);
  }
  return cells;
}

function changed(file: string): DataError {
  return new DataError({
    message: 'the logs changed while they were read',
    hint: 'draw from files that nobody writes to, such as a copy',
    where: { file },
  });
}
