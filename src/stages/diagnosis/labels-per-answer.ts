/** How many labels one answer may name: 1, or k of a top-k metric. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { ComparisonProfile, Engine } from '../../engines/index.ts';
import { allGrouping } from '../../scope/index.ts';

/** A column that says whether the true label is among the first k: `top3`, `top_3_accuracy`, `hit@3`, `hits_at_5`, `acc@5`. */
const TOP_K = /(?:^|[^a-z])(?:top|hits?|acc(?:uracy)?|recall)[-_ ]?(?:@|at[-_ ]?)?[-_ ]?(\d{1,2})(?![0-9])/i;

/** Where the number comes from is said, because it decides what a constant guess may name. */
export interface LabelsPerAnswer {
  readonly k: number;
  readonly from: string;
}

/** Distinct lists of predictions that are looked through. */
const MOST_LISTS = 1_000_000;

/**
 * The number of labels per answer: as configured, else the number in the name of the column that says what passed, else the length of
 * the longest list of predictions, else 1.
 */
export async function labelsPerAnswer(
  configured: number | null,
  { passed, predicted }: ColumnMapping,
  { columns }: Pick<ComparisonProfile, 'columns'>,
  engine: Pick<Engine, 'labels'>,
): Promise<LabelsPerAnswer> {
  if (configured !== null) return { k: configured, from: 'topK of baselines' };
  const named = namedK(passed ?? '') ?? namedK(predicted ?? '');
  if (named !== null)
    return { k: named, from: `the name of the column ${namedK(passed ?? '') === null ? predicted : passed}` };
  if (!columns.some(({ name, isList }) => name === predicted && isList))
    return { k: 1, from: 'one label per answer' };
  const { labels, slices } = await engine.labels({ groupings: [allGrouping()], maxLabels: MOST_LISTS });
  const answers = new Set(slices.flatMap(({ cells }) => [...cells.candidate]));
  const longest = labels.reduce(
    (most, text, code) => (answers.has(code) ? Math.max(most, lengthOf(text)) : most),
    1,
  );
  return { k: longest, from: `the lists in ${predicted}` };
}

/**
 * The k in the name of a column.
 *
 * @example namedK('top_3_correct') // 3
 */
export function namedK(column: string): number | null {
  const k = Number(TOP_K.exec(column)?.[1] ?? 0);
  return k > 1 ? k : null;
}

/** Labels that the text of an answer names: several are spelled as a JSON list. */
function lengthOf(text: string): number {
  if (!text.startsWith('[')) return 1;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.length : 1;
  } catch {
    return 1;
  }
}
