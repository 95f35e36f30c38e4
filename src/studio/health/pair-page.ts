/** A page of pairs that overlap, side by side, with texts cut for the screen. */

import type { OverlapPair } from '../../checks/index.ts';
import { UsageError } from '../../errors.ts';
import type { OverlapPairPage, OverlapPairParams, OverlapPairRow } from '../contract/index.ts';
import { cutText } from '../cut-text.ts';
import type { StudioSession } from '../session.ts';
import { resultOf } from './jobs.ts';
import { DUPLICATES_KEY, type FoundDuplicates } from './near-duplicates.ts';

/**
 * Pairs of one side that match, closest first.
 *
 * @throws UsageError where that side was not compared
 */
export function pairPage(
  session: StudioSession,
  { side, closeness, onlyConflicts, search, offset, limit }: OverlapPairParams,
): OverlapPairPage {
  const { rows, total } = side === 'self' ? ownPairs(session) : storePairs(session, side);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = rows.filter(
    (row) =>
      (closeness === null || row.closeness === closeness) &&
      (!onlyConflicts || row.conflict) &&
      (words.length === 0 || hasWords(row, words)),
  );
  return {
    matching: matching.length,
    kept: rows.length,
    total,
    rows: matching.slice(offset, offset + limit),
  };
}

interface Pairs {
  readonly rows: readonly OverlapPairRow[];
  readonly total: number;
}

const sum = (by: Readonly<Record<string, number>>): number =>
  Object.values(by).reduce((all, one) => all + one, 0);

function ownPairs(session: StudioSession): Pairs {
  const found = resultOf<FoundDuplicates>(session, DUPLICATES_KEY);
  if (found === null) {
    throw new UsageError({
      message: 'the cases have not been compared with each other yet',
      hint: 'start the comparison first',
    });
  }
  return { rows: found.pairs, total: sum(found.summary.pairsBy) };
}

function storePairs({ release }: StudioSession, side: 'train' | 'fewShot'): Pairs {
  const store = release.diagnosis.overlap?.stores.find((one) => one.store === side);
  if (store === undefined) {
    throw new UsageError({
      message: `${side === 'train' ? 'training data' : 'examples'} were not compared`,
      hint: `add inputs: { ${side}: [FILE] } to slicewise.yaml`,
    });
  }
  return { rows: store.pairs.map(rowOf), total: sum(store.pairsBy) };
}

function rowOf({ closeness, intersection, union, ...pair }: OverlapPair): OverlapPairRow {
  const { caseLabel, rowLabel, caseText, rowText } = pair;
  return {
    closeness,
    jaccard: union === 0 ? 1 : intersection / union,
    left: {
      caseId: pair.caseId,
      place: null,
      label: caseLabel,
      text: caseText === null ? null : cutText(caseText),
    },
    right: {
      caseId: null,
      place: `${pair.row.file}:${pair.row.line}`,
      label: rowLabel,
      text: rowText === null ? null : cutText(rowText),
    },
    conflict: caseLabel !== null && rowLabel !== null && caseLabel !== rowLabel,
  };
}

function hasWords({ left, right }: OverlapPairRow, words: readonly string[]): boolean {
  const all = [left, right]
    .flatMap(({ caseId, place, label, text }) => [caseId, place, label, text?.text])
    .join('\n')
    .toLowerCase();
  return words.every((word) => all.includes(word));
}
