/** Lists cases by true label and answers: the combinations that fit, and the cases that have one of them. */

import { isAnswered, type LabelAnswer, type LabelledCases, type LabelledPlan } from '../../counts/index.ts';
import { labelCodes } from '../label-codes.ts';
import type { WideColumns } from './attributes.ts';
import { sliceSql } from './case-conditions.ts';
import type { CaseTable } from './case-table.ts';
import { codesOf, type LabelFinder } from './labels.ts';
import { slicingOf } from './slicing.ts';

/** See `Engine.labelled`. */
export async function labelledCases(
  table: CaseTable,
  wide: WideColumns,
  finder: LabelFinder,
  { within, expected, baseline, candidate, limit }: LabelledPlan,
): Promise<LabelledCases> {
  const { answers, keys } = (await finder.keysOf(Number.MAX_SAFE_INTEGER))!;
  const { labels, codeOf } = labelCodes(keys.texts);
  const codes = codesOf(answers, keys, codeOf);
  const answerOf = (side: keyof typeof codes, key: number): LabelAnswer => {
    const code = codes[side][key]!;
    return labels[code] ?? code;
  };
  // The combination 0 is that of edited cases.
  const fitting = Array.from(codes.expected.keys()).filter(
    (key) =>
      key > 0 &&
      answerOf('expected', key) === expected &&
      isAnswered(baseline, answerOf('baseline', key)) &&
      isAnswered(candidate, answerOf('candidate', key)),
  );
  if (fitting.length === 0) return { total: 0, cases: [] };
  const slicing = within && (await slicingOf(table, wide, within.grouping));
  const isIn = within && slicing ? `coalesce(${await sliceSql(table, slicing, within)}, FALSE)` : 'TRUE';
  const from = `${wide.from(slicing?.columns ?? [])} WHERE c.lk IN (${fitting.join(', ')}) AND ${isIn}`;
  const [[total] = [0]] = await table.database.rows(`SELECT count(*) FROM ${from}`);
  const listed = (await table.database.rows(
    `SELECT c.id, c.lk FROM ${from} ORDER BY c.id LIMIT ${limit}`,
  )) as readonly (readonly [string, number])[];
  return {
    total: total as number,
    cases: listed.map(([id, key]) => ({
      id,
      baseline: answerOf('baseline', key),
      candidate: answerOf('candidate', key),
    })),
  };
}
