/** Tables of cases beside rows. */

import { foundText } from '../../cases/index.ts';
import type { OverlapPair, StoreOverlap } from '../../checks/index.ts';
import type { PageTable } from '../../reports/index.ts';
import { left, right } from '../logs/page-cells.ts';
import { rowNames } from '../row-names.ts';
import { STORE_WORDS } from './overlap-words.ts';

const LISTED = 20;
const SHORT_LISTED = 10;

/** The closest pairs of some data, with what they share; null where there is none. */
export function pairTable({ pairs, store }: StoreOverlap): PageTable | null {
  if (pairs.length === 0) return null;
  const names = rowNames(pairs.map(({ row }) => row));
  return {
    title: `Closest pairs with ${STORE_WORDS[store].name} (${names.legend})`,
    columns: [
      left('case'),
      left('row'),
      left('pair'),
      right('shared'),
      right('jaccard'),
      right('contained'),
      left('labels'),
    ],
    rows: pairs
      .slice(0, 1000)
      .map((pair) => [
        pair.caseId,
        names.of(pair.row),
        pair.closeness,
        `${pair.intersection}/${pair.union}`,
        (pair.intersection / pair.union).toFixed(3),
        `${pair.intersection}/${pair.smaller}`,
        labelsText(pair),
      ]),
    most: LISTED,
  };
}

/** Short cases that are equal to a row: listed for people, nothing follows from them. Null where there is none. */
export function shortTable({ shortCopies, store, minWords }: StoreOverlap): PageTable | null {
  if (shortCopies.length === 0) return null;
  const names = rowNames(shortCopies.map(({ row }) => row));
  return {
    title: `Cases of fewer than ${minWords} words that are equal to a row of ${STORE_WORDS[store].name} (no copies; ${names.legend})`,
    columns: [left('case'), left('row'), left('labels')],
    rows: shortCopies.slice(0, 1000).map((one) => [one.caseId, names.of(one.row), labelsText(one)]),
    most: SHORT_LISTED,
  };
}

/** Whether a case and its row have the same label; empty where a side has none. */
export function labelsText({ caseLabel, rowLabel }: Pick<OverlapPair, 'caseLabel' | 'rowLabel'>): string {
  if (caseLabel === null || rowLabel === null) return '';
  return caseLabel === rowLabel ? 'same' : `${foundText(caseLabel)}, there ${foundText(rowLabel)}`;
}
