/** Answers of two runs in one file, by segment, with exact counts: for gates on metrics of classes. */

/** What becomes of one segment. */
export interface SegmentChange {
  readonly segment: string;
  /** Frauds that are no longer found, and other cases that are no longer taken for fraud. */
  readonly lostFrauds: number;
  readonly freedOthers: number;
}

const SEGMENTS = ['asia', 'eu', 'latam', 'us'] as const;

/** Cases of a segment: true label, answer before, answer now, cases. A few answers change both ways in every segment. */
function countsOf({ lostFrauds, freedOthers }: Omit<SegmentChange, 'segment'>) {
  return [
    ['fraud', 'fraud', 'fraud', 102 - lostFrauds],
    ['fraud', 'fraud', 'ok', 4 + lostFrauds],
    ['fraud', 'ok', 'fraud', 4],
    ['fraud', 'ok', 'ok', 10],
    ['ok', 'ok', 'ok', 300],
    ['ok', 'ok', 'fraud', 3],
    ['ok', 'fraud', 'ok', 3 + freedOthers],
    ['ok', 'fraud', 'fraud', 54 - freedOthers],
    ['refund', 'refund', 'refund', 115],
    ['refund', 'ok', 'ok', 5],
  ] as const;
}

/**
 * A table with the columns `id`, `segment`, `label`, `pred_before` and `pred_after`: four segments of 600 cases, 120 of them
 * fraud.
 *
 * @param answer what is written in place of an answer
 */
export function segmentTable(
  change: SegmentChange | null,
  answer: (text: string, segment: string, run: 'before' | 'after') => string = (text) => text,
): string {
  const lines = ['id,segment,label,pred_before,pred_after'];
  for (const segment of SEGMENTS) {
    const own = change?.segment === segment ? change : { lostFrauds: 0, freedOthers: 0 };
    for (const [label, before, after, cases] of countsOf(own)) {
      for (let i = 0; i < cases; i++) {
        const [old, now] = [answer(before, segment, 'before'), answer(after, segment, 'after')];
        lines.push([lines.length, segment, label, old, now].join(','));
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Rows in which every label and every prediction is a text of its own: three texts per row. */
export function everyLabelOnce(rows: number): string {
  const lines = ['id,segment,label,pred_before,pred_after'];
  for (let i = 0; i < rows; i++) lines.push(`${i},${i % 2 ? 'eu' : 'us'},true${i},before${i},after${i}`);
  return `${lines.join('\n')}\n`;
}
