/** What a reader of a report must know about an import: what was read as what, what gave no row, whose numbers differ. */

import { foundTexts } from '../../cases/index.ts';
import type { Importer } from './importer.ts';
import type { ImportSummary, OwnNumber, RunSummary } from './notebook.ts';

/** So many of each kind are said; the rest is counted. */
const MOST_SAID = 3;

/** Which import and which of its runs. */
export interface ImportAbout {
  readonly importer: Pick<Importer, 'label' | 'name'>;
  readonly files: readonly string[];
  readonly runs: readonly string[];
  readonly leftOut: readonly string[];
}

/** Sentences for the notes of a report, most important first. */
export function importNotes(summary: ImportSummary, about: ImportAbout): readonly string[] {
  const { importer, files, runs, leftOut } = about;
  const [file = ''] = files;
  const name = files.length === 1 ? file : `${file} and ${files.length - 1} more`;
  const found = summary.runs.filter((one) => runs.includes(one.run));
  const sum = (count: (run: RunSummary) => number): number =>
    found.reduce((total, run) => total + count(run), 0);
  const rows = sum((run) => run.rows);
  const chosen = runs.length === 0 ? '' : `, run ${foundTexts(runs, MOST_SAID)}`;
  const primary = new Set(
    summary.metrics
      .filter((metric) => runs.includes(metric.run) && metric.primary)
      .map((metric) => metric.name),
  );
  const decides = primary.size === 0 ? '' : `, its score is ${foundTexts([...primary], MOST_SAID)}`;
  return [
    `${name}: ${importer.label}${chosen}, ${rows} ${rows === 1 ? 'row' : 'rows'}${decides} (--from rows reads plain rows)`,
    ...(sum(({ scored, errors }) => scored + errors) === 0
      ? [`${name} holds no usable row (scored or failed), so it is no evidence for anything`]
      : []),
    ...halfJudged(
      name,
      sum(({ scored }) => scored),
      sum(({ judged }) => judged),
    ),
    ...limited(
      summary.dropped.map(({ reason, count, examples }) => {
        const places = examples.length === 0 ? '' : ` (${foundTexts(examples, 2)})`;
        return `${name}: ${count} ${count === 1 ? 'part' : 'parts'} gave no row: ${reason}${places}`;
      }),
      name,
    ),
    ...limited(
      summary.ownNumbers
        .filter((number) => runs.includes(number.run) && differs(number))
        .map((number) => differenceText(name, number)),
      name,
    ),
    ...(leftOut.length === 0
      ? []
      : [`not read, because they are no files of ${importer.label}: ${foundTexts(leftOut, MOST_SAID)}`]),
    ...limited(
      summary.notes.map((note) => (files.some((one) => note.includes(one)) ? note : `${name}: ${note}`)),
      name,
    ),
  ];
}

/** Scores between pass and fail, such as half a point, have no place in a pass rate. */
function halfJudged(name: string, scored: number, judged: number): readonly string[] {
  const between = scored - judged;
  if (judged === 0 || between === 0) return [];
  const rows = between === 1 ? '1 scored row says' : `${between} scored rows say`;
  return [
    `${name}: ${rows} neither pass nor fail and count as unscored for the pass rate; --metric mean:score compares the scores`,
  ];
}

/**
 * Whether a number that the source states is another one than ours. Sources round: a difference below half a unit of the last
 * digit that they write, with three decimals at least, is none.
 *
 * @example differs({ run: 'r', name: 'acc', value: 0.667, ours: 2 / 3, reason: null }) // false
 */
export function differs({ value, ours }: OwnNumber): boolean {
  if (ours === null) return false;
  const decimals = /\.([0-9]+)$/.exec(String(value))?.[1]?.length ?? 0;
  const unit = 10 ** -Math.max(3, decimals);
  return Math.abs(value - ours) > 0.5 * unit * (1 + 1e-9) + 1e-9 * Math.abs(value);
}

function differenceText(name: string, { name: number, value, ours, reason }: OwnNumber): string {
  const why = reason === null ? '' : ` (${reason})`;
  return `${name} states ${number} ${value}, its rows give ${Number(ours!.toPrecision(6))}${why}`;
}

function limited(sentences: readonly string[], name: string): readonly string[] {
  const left = sentences.length - MOST_SAID;
  if (left <= 0) return sentences;
  return [
    ...sentences.slice(0, MOST_SAID),
    `and ${left} more like this: slicewise import ${name} lists them`,
  ];
}
