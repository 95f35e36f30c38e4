/** The nearest row of each case among points: weak evidence beside the copies, never a verdict. */

import type { OverlapStore, RowPlace, StoreOverlap } from '../../checks/index.ts';
import type { OverlapCase, OverlapRow } from '../../stages/index.ts';
import { quantileOfSorted } from '../../stats/index.ts';
import { createNearestSearch } from '../../text/index.ts';
import type { CasePoints } from './case-points.ts';

/** Shares of the cases at which the distribution is told. */
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;

/** A case beside its nearest row. */
export interface NearestRow {
  readonly caseId: string;
  readonly row: RowPlace;
  /** Cosine, from -1 to 1. */
  readonly similarity: number;
  /** The case is a copy of some row by its words, so that this says nothing new. */
  readonly isCopied: boolean;
  readonly caseLabel: string | null;
  readonly rowLabel: string | null;
  readonly caseText: string | null;
  readonly rowText: string | null;
}

/** What neighbours among points say of one set of data. */
export interface NeighbourReport {
  readonly store: OverlapStore;
  readonly method: string;
  readonly dimensions: number;
  /** Similarity from which on a case is counted. */
  readonly similarity: number;
  readonly cases: number;
  readonly casesWithoutPoint: number;
  readonly rows: number;
  readonly rowsWithoutPoint: number;
  /** Of the similarities of the cases to their nearest rows; empty where there is none. */
  readonly distribution: readonly { readonly share: number; readonly similarity: number }[];
  /** Cases at or above the similarity, and those of them that are no copies by their words. */
  readonly above: number;
  readonly aboveAndNotCopied: number;
  /** Every case with a neighbour, the nearest first. */
  readonly nearest: readonly NearestRow[];
}

/** Looks at rows as they pass. */
export interface NeighbourWatch {
  watch(rows: AsyncIterable<OverlapRow>): AsyncIterable<OverlapRow>;
  /** @throws DataError with every row whose vector cannot be read */
  finish(overlap: StoreOverlap): NeighbourReport;
}

/** @param texts texts are kept, for those who ask for them */
export function watchNeighbours(
  points: CasePoints,
  cases: readonly OverlapCase[],
  { similarity, texts }: { readonly similarity: number; readonly texts: boolean },
): NeighbourWatch {
  const placed = cases.flatMap((one, at) => {
    const point = points.cases[at] ?? null;
    return point === null ? [] : [{ one, point }];
  });
  const values = new Float32Array(placed.length * points.dimensions);
  placed.forEach(({ point }, at) => {
    values.set(point, at * points.dimensions);
  });
  const search = createNearestSearch<
    Omit<OverlapRow, 'content' | 'beside'> & { readonly text: string | null }
  >({
    count: placed.length,
    dimensions: points.dimensions,
    values,
  });
  let rows = 0;
  let rowsWithoutPoint = 0;
  return {
    watch: async function* (source) {
      for await (const row of source) {
        const point = points.rowPoint(row);
        const { file, line, label, content } = row;
        if (point === null) rowsWithoutPoint++;
        else {
          rows++;
          search.add(point, {
            file,
            line,
            label,
            text: texts && content?.kind === 'text' ? content.text : null,
          });
        }
        yield row;
      }
    },
    finish: ({ store, overlapping }) => {
      points.throwIfAny();
      const isCopied = new Set(overlapping);
      const found = search.finish();
      const nearest = placed.flatMap(({ one }, at): readonly NearestRow[] => {
        const row = found.items[at] ?? null;
        if (row === null) return [];
        return [
          {
            caseId: one.id,
            row: { file: row.file, line: row.line },
            similarity: sixDecimals(found.similarities[at]!),
            isCopied: isCopied.has(one.id),
            caseLabel: one.label,
            rowLabel: row.label,
            caseText: texts ? one.text : null,
            rowText: row.text,
          },
        ];
      });
      const sorted = nearest.map((one) => one.similarity).toSorted((a, b) => a - b);
      const above = nearest.filter((one) => one.similarity >= similarity);
      return {
        store,
        method: points.method,
        dimensions: points.dimensions,
        similarity,
        cases: placed.length,
        casesWithoutPoint: cases.length - placed.length,
        rows,
        rowsWithoutPoint,
        distribution:
          sorted.length === 0
            ? []
            : QUANTILES.map((share) => ({ share, similarity: quantileOfSorted(sorted, share) })),
        above: above.length,
        aboveAndNotCopied: above.filter((one) => !one.isCopied).length,
        nearest: nearest.toSorted((a, b) => b.similarity - a.similarity),
      };
    },
  };
}

/** Points are of 32 bits, so that further decimals are noise: two copies would differ in the eighth. */
function sixDecimals(cosine: number): number {
  return Math.round(cosine * 1e6) / 1e6;
}
