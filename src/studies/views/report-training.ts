/** The table of training rows beside recall. */

import { countOf, formatCount, formatP, type PageTable, percentText } from '../../reports/index.ts';
import type { ClassTraining } from '../report/class-training.ts';
import { labelName, limitText, shareText } from './report-cells.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Classes with the fewest training rows first. */
export function trainingTable({ classes, rows }: ClassTraining, top: number): PageTable {
  return {
    title: `Training rows and recall, fewest rows first (of ${formatCount(rows)})`,
    columns: [left('class'), right('training rows'), right('% of all'), right('support'), right('recall')],
    rows: classes
      .toSorted(
        (a, b) => a.rows - b.rows || (a.recall.candidate.estimate ?? 2) - (b.recall.candidate.estimate ?? 2),
      )
      .map((one) => [
        labelName(one.label),
        formatCount(one.rows),
        percentText(one.share, 2),
        formatCount(one.support),
        shareText(one.recall.candidate, 2),
      ]),
    most: Math.min(top, 8),
  };
}

/** Whether classes with more training rows are found more often, in words. */
export function trainingAnswer({
  correlation: { rho, pValue },
  untrained,
  classes,
  elsewhere,
  unlabelled,
}: ClassTraining): string {
  const { estimate, lower, upper } = rho;
  const found =
    estimate === null
      ? 'no rank correlation with recall can be given'
      : `rank correlation of training rows and recall ${estimate.toFixed(2)}${lower === null || upper === null ? '' : ` (${limitText(lower, 2)} to ${limitText(upper, 2)})`}${pValue === null ? '' : `, p ${formatP(pValue)}`}`;
  return [
    found,
    ...(untrained > 0 ? [`${untrained} of ${classes.length} classes have no training row`] : []),
    ...(elsewhere.labels > 0
      ? [
          `${countOf(elsewhere.rows, 'row')} of ${countOf(elsewhere.labels, 'label')} that the eval set does not have`,
        ]
      : []),
    ...(unlabelled > 0 ? [`${countOf(unlabelled, 'row')} without a label`] : []),
  ].join('; ');
}
