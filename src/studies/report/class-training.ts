/** The share of each class in the training data, beside its recall. */

import { type Compared, type SliceClasses, trainingShare } from '../../classes/index.ts';
import { openRecords } from '../../sources/index.ts';
import type { Ports } from '../../stages/index.ts';
import type { RankCorrelation } from '../../stats/index.ts';

/** One class. */
export interface TrainedClass {
  readonly label: string;
  readonly rows: number;
  readonly share: number;
  readonly support: number;
  readonly recall: Compared;
}

/** What the training data hold of the classes. */
export interface ClassTraining {
  /** Column of the labels. */
  readonly column: string;
  readonly rows: number;
  readonly unlabelled: number;
  /** Rows of labels that the eval set does not have. */
  readonly elsewhere: { readonly labels: number; readonly rows: number };
  /** Classes of the eval set that the training data do not have. */
  readonly untrained: number;
  readonly classes: readonly TrainedClass[];
  /** Spearman's rank correlation of training rows and recall over the classes; with old and new runs, of the new one. */
  readonly correlation: RankCorrelation;
}

/** Names of a column of labels, beside those of the role. */
const LABEL_COLUMNS = ['label', 'category', 'class', 'target', 'expected', 'intent', 'gold', 'y'] as const;

/** Rows of the training data by label. */
export interface TrainingLabels {
  readonly column: string;
  readonly rows: number;
  readonly unlabelled: number;
  readonly labels: ReadonlyMap<string, number>;
}

/**
 * Counts the labels of training files.
 *
 * @param expected the eval set's column of true labels
 * @returns null where no column looks like labels; `columns` are those that there are
 * @throws DataError with every problem of the files
 */
export async function trainingLabels(
  files: readonly string[],
  expected: string,
  known: ReadonlySet<string>,
  { cwd }: Pick<Ports, 'cwd'>,
): Promise<TrainingLabels | { readonly columns: readonly string[] }> {
  const records = await openRecords({ files, mapping: {}, cwd });
  const names = [expected, ...LABEL_COLUMNS.filter((name) => name !== expected)];
  const candidates = names.flatMap((name) =>
    records.columns.filter((column) => column.toLowerCase() === name.toLowerCase()),
  );
  const tallies = [...new Set(candidates)].map((column) => ({
    column,
    labels: new Map<string, number>(),
    unlabelled: 0,
  }));
  let rows = 0;
  for await (const chunk of records.rows()) {
    rows += chunk.lines.length;
    for (const tally of tallies) {
      const cells = chunk.columns.get(tally.column);
      for (let row = 0; row < chunk.lines.length; row++) {
        const cell = cells?.[row] ?? null;
        if (cell === null || cell === '' || cell.length === 0) tally.unlabelled++;
        else addLabels(tally.labels, cell);
      }
    }
  }
  // The column that holds most of the labels that the eval set has.
  const hits = (labels: ReadonlyMap<string, number>) =>
    [...labels.keys()].filter((label) => known.has(label)).length;
  const [best] = tallies.toSorted((a, b) => hits(b.labels) - hits(a.labels));
  return best === undefined ? { columns: records.columns } : { ...best, rows };
}

function addLabels(labels: Map<string, number>, cell: string | readonly string[]): void {
  for (const label of typeof cell === 'string' ? [cell] : cell)
    labels.set(label, (labels.get(label) ?? 0) + 1);
}

/** Sets training shares beside recall. */
export function classTraining(
  { column, rows, unlabelled, labels }: TrainingLabels,
  { classes }: SliceClasses,
  level: number,
): ClassTraining {
  const real = classes.filter(({ support }) => support > 0);
  const known = new Set(classes.map(({ label }) => label));
  const elsewhere = [...labels].filter(([label]) => !known.has(label));
  const trained = real.map(({ label, support, recall }) => {
    const own = labels.get(label) ?? 0;
    return { label, rows: own, share: rows === 0 ? 0 : own / rows, support, recall };
  });
  return {
    column,
    rows,
    unlabelled,
    elsewhere: { labels: elsewhere.length, rows: elsewhere.reduce((sum, [, count]) => sum + count, 0) },
    untrained: trained.filter((one) => one.rows === 0).length,
    classes: trained,
    correlation: trainingShare(
      new Map(real.map(({ label, recall }) => [label, recall.candidate])),
      labels,
      level,
    ).correlation,
  };
}
