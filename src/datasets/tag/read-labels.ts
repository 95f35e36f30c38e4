/** Reads the worksheet that a person filled in. */

import { type Cell, createProblemLog, foundText, parseDecimal } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { openRun } from '../../sources/index.ts';
import { NO_TAG } from './tag-accuracy.ts';

/** What a person said of one case. */
export interface Label {
  readonly tags: readonly string[];
  readonly probability: number;
}

/** The labels of a file. */
export interface Labels {
  readonly byCase: ReadonlyMap<string, Label>;
  /** Rows whose label is still empty. */
  readonly open: number;
  /** Whether the file says how cases were drawn. */
  readonly hasProbabilities: boolean;
}

/** Column that says how likely a case was to be drawn. */
export const PROBABILITY = 'inclusion_probability';

/**
 * Reads labels by case: a column `label` (or one called like the dimension) with the right tag, several between `|` or as a list, `(none)` for
 * no tag; an empty one was not checked yet. The case id is found as in a run.
 *
 * @throws DataError with every problem: no label column, a case that is labelled twice, a probability that is none
 */
export async function readLabels(
  file: string,
  dimension: string,
  from: { readonly cwd: string; readonly stdin?: AsyncIterable<Uint8Array> },
): Promise<Labels> {
  const nothing = { passed: '', score: '', error: '', trial: '' };
  const opened = await openRun({ files: [file], run: null, mapping: nothing, ...from });
  const column = ['label', dimension].find((name) => opened.columns.includes(name));
  if (column === undefined) {
    throw new DataError({
      message: `${file} has no column label`,
      hint: `write the right tag of each case into a column named label or ${foundText(dimension)}`,
      where: { file },
    });
  }
  if (opened.source.kind !== 'rows') {
    throw new DataError({ message: `${file} is Parquet, expected JSON lines or CSV`, where: { file } });
  }
  const log = createProblemLog();
  const byCase = new Map<string, Label>();
  let open = 0;
  for await (const { caseId, lines, attributes } of opened.source.chunks) {
    caseId.forEach((id, row) => {
      const tags = labelTags(attributes.get(column)?.[row] ?? null);
      const where = { file, line: lines[row]! };
      if (tags === null) open++;
      else if (byCase.has(id)) log.add({ message: `case ${foundText(id)} is labelled twice`, where });
      else {
        const probability = probabilityOf(attributes.get(PROBABILITY)?.[row] ?? null);
        if (probability === null) {
          log.add({
            message: `${PROBABILITY} of case ${foundText(id)} must be a number above 0 and at most 1`,
            where: { ...where, field: PROBABILITY },
          });
        }
        byCase.set(id, { tags, probability: probability ?? 1 });
      }
    });
  }
  log.throwIfAny();
  return { byCase, open, hasProbabilities: opened.columns.includes(PROBABILITY) };
}

/** Null for a label that is still open. */
function labelTags(cell: Cell): readonly string[] | null {
  if (cell === null) return null;
  const tags = (typeof cell === 'string' ? cell.split('|') : cell)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (typeof cell === 'string' && tags.length === 0) return null;
  return tags.filter((tag) => tag !== NO_TAG);
}

function probabilityOf(cell: Cell): number | null {
  if (cell === null) return 1;
  const value = typeof cell === 'string' ? parseDecimal(cell) : null;
  return value !== null && value > 0 && value <= 1 ? value : null;
}
