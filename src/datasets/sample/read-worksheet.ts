/** Reads a worksheet that a person filled in. */

import { type Cell, createProblemLog, parseDecimal } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { crossValue } from '../../slices/index.ts';
import { openRecords } from '../../sources/index.ts';
import { WORKSHEET } from './worksheet.ts';

/** One item of a worksheet. */
export interface WorksheetItem {
  readonly item: string;
  readonly line: number;
  readonly stratum: string | null;
  readonly probability: number | null;
  /** Key over the slice columns, as the strata of a draw are called. */
  readonly sliceKey: string;
  readonly slices: Readonly<Record<string, string>>;
  /** What the person wrote; empty where nobody looked. */
  readonly tags: readonly string[];
}

/** A worksheet. */
export interface Worksheet {
  readonly file: string;
  readonly dimensions: readonly string[];
  readonly items: readonly WorksheetItem[];
}

/** Says that somebody looked and found nothing wrong. */
export const FINE_TAG = 'ok';

/** Whether a person looked at an item. */
export function isReviewed({ tags }: WorksheetItem): boolean {
  return tags.length > 0;
}

/**
 * Whether an item has a defect: any tag but `ok`, or the tag that is asked for.
 *
 * @example isDefect({ tags: ['wrong label'] }, null) // true
 */
export function isDefect({ tags }: Pick<WorksheetItem, 'tags'>, tag: string | null): boolean {
  return tag === null ? tags.some((one) => one !== FINE_TAG) : tags.includes(tag.trim().toLowerCase());
}

/**
 * Reads the worksheet. Tags are separated by semicolons or commas, in any case.
 *
 * @throws DataError where it is none, and for probabilities that are no numbers in (0, 1]
 */
export async function readWorksheet(file: string, cwd: string): Promise<Worksheet> {
  const records = await openRecords({ files: [file], mapping: {}, cwd, from: 'rows' });
  const needed = [WORKSHEET.item, WORKSHEET.tags, WORKSHEET.probability];
  const lacking = needed.filter((name) => !records.columns.includes(name));
  if (lacking.length > 0) {
    throw new DataError({
      message: `the file is no worksheet: it has no column ${lacking.join(', ')}`,
      hint: 'a worksheet is written by slicewise sample --worksheet FILE',
      where: { file },
    });
  }
  const dimensions = records.columns.flatMap((name) =>
    name.startsWith(WORKSHEET.slice) ? name.slice(WORKSHEET.slice.length) : [],
  );
  const log = createProblemLog();
  const items: WorksheetItem[] = [];
  for await (const { columns, lines } of records.rows()) {
    lines.forEach((line, row) => {
      const cell = (name: string): string | null => plain(columns.get(name)?.[row] ?? null);
      const item = cell(WORKSHEET.item);
      const probability = cell(WORKSHEET.probability);
      const number = probability === null ? null : parseDecimal(probability);
      if (item === null)
        log.add({ message: 'the row names no item', where: { file, line, field: WORKSHEET.item } });
      if (probability !== null && !(number !== null && number > 0 && number <= 1)) {
        log.add({
          message: `the probability is ${JSON.stringify(probability)}, expected a number above 0 and up to 1 as it was written`,
          where: { file, line, field: WORKSHEET.probability },
        });
      }
      const values = dimensions.map((name) => cell(`${WORKSHEET.slice}${name}`) ?? '');
      items.push({
        item: item ?? '',
        line,
        stratum: cell(WORKSHEET.stratum),
        probability: number,
        sliceKey: crossValue(values),
        slices: Object.fromEntries(dimensions.map((name, at) => [name, values[at]!])),
        tags: tagsOf(cell(WORKSHEET.tags)),
      });
    });
  }
  log.throwIfAny();
  return { file, dimensions, items };
}

/** Cells that look like formulas have an apostrophe in front. */
function plain(cell: Cell): string | null {
  if (typeof cell !== 'string') return null;
  return /^'[=+\-@\t\r'\uff1d\uff0b\uff0d\uff20]/.test(cell) ? cell.slice(1) : cell;
}

function tagsOf(text: string | null): readonly string[] {
  if (text === null) return [];
  const tags = text
    .split(/[;,]/)
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== '');
  return [...new Set(tags)];
}
