/** Words and tables about neighbours among points. */

import { countOf, formatCount, type Page, type PageTable, percentText } from '../../reports/index.ts';
import { left, right } from '../logs/page-cells.ts';
import { rowNames } from '../row-names.ts';
import type { NeighbourReport } from './nearest-rows.ts';
import { STORE_WORDS } from './overlap-words.ts';
import { labelsText } from './pair-tables.ts';

const LISTED = 10;

/** One line of the answer. */
export function neighbourAnswer(report: NeighbourReport): NonNullable<Page['answers']>[number] {
  const { above, aboveAndNotCopied, cases, similarity, distribution, store } = report;
  const median = distribution.find(({ share }) => share === 0.5);
  const usual = median === undefined ? '' : `; the median case has ${median.similarity.toFixed(2)}`;
  return {
    label: 'Nearest',
    text: `${formatCount(above)} of ${countOf(cases, 'case')} have a row of ${STORE_WORDS[store].name} at cosine ${similarity} or more, ${aboveAndNotCopied} of them no copies by their words${usual}; weak evidence, nothing follows from it`,
  };
}

/** The distribution of similarities and the nearest pairs. */
export function neighbourTables({ distribution, nearest, store }: NeighbourReport): readonly PageTable[] {
  if (nearest.length === 0) return [];
  const { name } = STORE_WORDS[store];
  const names = rowNames(nearest.map(({ row }) => row));
  return [
    {
      title: `Cosine of each case to its nearest row of ${name}`,
      columns: [left('share of cases'), right('at most')],
      rows: distribution.map(({ share, similarity }) => [
        share === 1 ? 'all' : `${percentText(share, 0)}%`,
        similarity.toFixed(3),
      ]),
      most: distribution.length,
    },
    {
      title: `Nearest neighbours in ${name} (weak: alike in words or vectors, not copied; ${names.legend})`,
      columns: [left('case'), left('row'), right('cosine'), left('copy'), left('labels')],
      rows: nearest.map((one) => [
        one.caseId,
        names.of(one.row),
        one.similarity.toFixed(3),
        one.isCopied ? 'yes' : '',
        labelsText(one),
      ]),
      most: LISTED,
    },
  ];
}

/** How neighbours are found, and what has none. */
export function neighbourNotes(report: NeighbourReport): readonly string[] {
  const { method, casesWithoutPoint, rowsWithoutPoint, store } = report;
  const without = [
    ...(casesWithoutPoint === 0 ? [] : [countOf(casesWithoutPoint, 'case')]),
    ...(rowsWithoutPoint === 0 ? [] : [countOf(rowsWithoutPoint, 'row')]),
  ];
  return [
    `Neighbours in ${STORE_WORDS[store].name}: ${method}; every pair is looked at.${without.length === 0 ? '' : ` ${without.join(' and ')} without a point have none.`}`,
  ];
}
