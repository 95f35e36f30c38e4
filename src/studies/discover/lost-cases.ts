/** The cases that a slice lost: their ids, the words that they have more often, and the nearest cases that passed. */

import {
  CONTRAST_DEFAULTS,
  type ContrastWord,
  contrastWords,
  nearestNeighbours,
  rowsOfSlice,
  type SearchMode,
  type SliceItem,
} from '../../discovery/index.ts';
import type { LoadedRun } from '../../stages/index.ts';
import { countTerms, embedTexts } from '../../text/index.ts';
import { readTexts, type TextAnswer } from './case-texts.ts';
import type { DiscoveredSliceReport, LostCase } from './result.ts';
import type { SearchedCases } from './searched-cases.ts';

/** Ids shown of a slice, and of these how many get a neighbour. */
const SHOWN = 10;
const WITH_NEIGHBOUR = 3;
const WORDS = 10;

/** Words with a smaller z say nothing. */
const LEAST_Z = 2;

const WHAT: Readonly<Record<SearchMode, string>> = {
  worst: 'failed',
  regressed: 'lost',
  improved: 'won back',
};

/** What is told of the lost cases of a slice. */
export type LostReport = Pick<DiscoveredSliceReport, 'lost' | 'words'>;

/** A slice whose cases are asked for. */
export interface AskedSlice {
  readonly mode: SearchMode;
  readonly items: readonly SliceItem[];
}

/**
 * Tells of each slice which cases it lost.
 *
 * @param run whose inputs are read; null looks at no text
 */
export async function lostCases(
  cases: SearchedCases,
  slices: readonly AskedSlice[],
  run: LoadedRun | null,
): Promise<{ readonly reports: readonly LostReport[]; readonly step: number }> {
  const { ids, input } = cases;
  if (ids === null || slices.length === 0) {
    return { reports: slices.map(() => ({ lost: null, words: null })), step: 1 };
  }
  const size = lossOf(cases);
  const marks = slices.map(({ mode, items }) => {
    const inside = rowsOfSlice(input.table, items);
    return inside.map((mark, row) => (mark === 1 && size(mode, row) > 0 ? 1 : 0));
  });
  const ordered = marks.map((lost, i) => {
    const rows = [...lost.keys()].filter((row) => lost[row] === 1);
    // The sort is stable: equal losses stay in the order of case ids.
    return rows.sort((a, b) => size(slices[i]!.mode, b) - size(slices[i]!.mode, a));
  });
  const queries = ordered.map((rows) => rows.slice(0, WITH_NEIGHBOUR));
  const passing = input.table.error.reduce((kept, _, row) => {
    kept[row] = size('worst', row) > 0 ? 0 : 1;
    return kept;
  }, new Uint8Array(input.table.rows));
  const answer =
    run && (await readTexts(run, { ids, lost: marks, queries: [...new Set(queries.flat())], passing }));
  const nearest = answer && neighboursOf(answer, [...new Set(queries.flat())], passing);
  const reports = slices.map(({ mode }, i): LostReport => {
    const rows = ordered[i]!;
    const shown = rows.slice(0, SHOWN).map((row): LostCase => {
      const found = nearest?.get(row);
      return {
        id: ids[row]!,
        nearestPassing: found === undefined ? null : { id: ids[found.row]!, distance: found.distance },
      };
    });
    return {
      lost: { total: rows.length, what: WHAT[mode], cases: shown },
      words: answer && tellingWords(answer.counts[i]!),
    };
  });
  return { reports, step: answer?.step ?? 1 };
}

/** How much a case is lost: above 0 where it is. Of graded errors those above the mean count as failed. */
function lossOf({ input: { table } }: SearchedCases): (mode: SearchMode, row: number) => number {
  const isGraded = table.error.some((error) => error !== 0 && error !== 1);
  const mean = table.error.reduce((sum, error) => sum + error, 0) / Math.max(1, table.rows);
  return (mode, row) => {
    const error = table.error[row]!;
    if (mode === 'worst') return isGraded ? error - mean : error;
    const change = error - table.before![row]!;
    return mode === 'regressed' ? change : -change;
  };
}

/** The words that the first texts have more often than the others, as far as that is more than a trifle. */
export function tellingWords({ lost, others }: TextAnswer['counts'][number]): readonly ContrastWord[] {
  const { words } = contrastWords(lost, others, { ...CONTRAST_DEFAULTS, top: WORDS });
  return words.filter(({ z }) => z >= LEAST_Z);
}

/** The nearest passing case of each query by the words of its input. */
function neighboursOf(
  { texts }: TextAnswer,
  queries: readonly number[],
  passing: Uint8Array,
): ReadonlyMap<number, { readonly row: number; readonly distance: number }> {
  const rows = [...texts.keys()].sort((a, b) => a - b);
  const all = rows.map((row) => texts.get(row)!);
  const frequencies = countTerms();
  for (const text of all) frequencies.add(text);
  const { values: data, dimensions: width } = embedTexts(all, frequencies);
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const known = queries.filter((row) => placeOf.has(row));
  const candidates = rows.flatMap((row, place) => (passing[row] === 1 ? [place] : []));
  const found = nearestNeighbours(
    { data, width },
    known.map((row) => placeOf.get(row)!),
    candidates,
    1,
  );
  return new Map(
    known.flatMap((row, i) => {
      const [nearest] = found[i]!;
      return nearest === undefined
        ? []
        : [[row, { row: rows[nearest.row]!, distance: nearest.distance }] as const];
    }),
  );
}
