/** `slicewise experiments imbalance`: measures on a cheap classifier what each remedy does for rare classes. */

import { DataError } from '../../../errors.ts';
import { readLabelled } from '../../baseline/read-labelled.ts';
import { type Answers, compareClasses, compareOverall } from './compare-remedies.ts';
import { countValues } from './count-values.ts';
import type { ImbalanceReport } from './imbalance-report.ts';
import { answersOf, answersOfShare, type Remedy, SHARES, type Trial } from './remedies.ts';

/** What to learn from and what to score. */
export interface ImbalanceRequest {
  readonly files: readonly string[];
  /** Rows of one's own to score; empty holds folds of the training rows out. */
  readonly test: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly label: string | null;
  readonly text: string | null;
  readonly group: string | null;
  readonly folds: number;
  readonly seed: number;
  readonly progress?: (text: string) => void;
}

/**
 * Fits the classifier once per remedy and once per share of the rows.
 *
 * @throws DataError for rows without a label or a text, for a single class, and as `readLabelled`
 */
export async function runImbalance(request: ImbalanceRequest): Promise<ImbalanceReport> {
  const { cwd, stdin, label, text, group, folds, seed, progress } = request;
  const columns = text === null ? [] : [{ kind: 'text' as const, name: text }];
  const read = (files: readonly string[]) =>
    readLabelled({
      records: { files, cwd, from: 'rows', ...(stdin === undefined ? {} : { stdin }) },
      columns,
      label,
      group,
    });
  const rows = await read(request.files);
  const test = request.test.length === 0 ? null : await read(request.test);
  const trainingRows = countValues(rows.labels);
  if (trainingRows.size < 2)
    throw new DataError({
      message: `all ${rows.labels.length} rows have one label: there is nothing to balance`,
      hint: '--label COLUMN names another',
    });
  const trial: Trial = { rows, test, folds, seed };
  const answer = (remedy: Remedy): readonly string[] => {
    progress?.(`fitting: ${remedy}`);
    return answersOf(trial, remedy);
  };
  const answers: Answers = {
    truth: (test ?? rows).labels,
    byRemedy: {
      none: answer('none'),
      reweighted: answer('reweighted'),
      repeated: answer('repeated'),
      dropped: answer('dropped'),
    },
    byShare: SHARES.map((share) => {
      progress?.(`fitting: ${share * 100} % of the rows`);
      return { share, answers: answersOfShare(trial, share) };
    }),
    trainingRows,
    seen: test === null ? (folds - 1) / folds : 1,
    seed,
  };
  const classes = compareClasses(answers);
  const unknown = [...new Set(answers.truth)].filter((one) => !trainingRows.has(one));
  return {
    files: rows.files,
    labelColumn: rows.labelColumn,
    textColumns: rows.columns.map(({ name }) => name),
    rows: rows.labels.length,
    scored: answers.truth.length,
    unlabelled: rows.unlabelled,
    heldOut: test === null ? `${folds} folds, the same text in one fold` : test.files.join(', '),
    seed,
    remedies: compareOverall(classes, answers),
    classes,
    notScored: [...classes.filter(({ scoredRows }) => scoredRows === 0).map((one) => one.label), ...unknown],
    notes: [...rows.notes, ...(test?.notes ?? [])],
  };
}
