/** Lists of cases: conditions in SQL, classes and order in numbers, texts only for the page. */

import { CASE_CLASSES, type CasePage, type CasePlan, type ListedCase } from '../../counts/index.ts';
import {
  type CaseNumbers,
  conditionKey,
  type JudgedCases,
  judgeCases,
  pageOf,
  type Ranks,
  type Selection,
  selectCases,
  selectionKey,
} from '../case-list.ts';
import { latestAnswers } from '../latest-answers.ts';
import type { WideColumns } from './attributes.ts';
import { keptBy } from './case-conditions.ts';
import { readPage } from './case-page.ts';
import { rankColumn } from './case-ranks.ts';
import type { CaseTable } from './case-table.ts';
import { byNumber, numberCases } from './numbered-cases.ts';
import { meansSql, outcomeValues } from './values.ts';

/** See `Engine.cases`. */
export function caseLister(table: CaseTable, wide: WideColumns): (plan: CasePlan) => Promise<CasePage> {
  const conditions = latestAnswers<Uint8Array | null>(4);
  const judgements = latestAnswers<JudgedCases>(2);
  const rankings = latestAnswers<Ranks>(2);
  const selections = latestAnswers<Selection>(4);
  let codes: Uint32Array | null = null;
  return async (plan) => {
    codes ??= await numberCases(table.database);
    const own = codes;
    const { measure, order } = plan;
    const judged = await judgements.of(JSON.stringify(measure), async () =>
      judgeCases(await numbersOf(table, own, measure)),
    );
    const selection = await selections.of(selectionKey(plan), async () => {
      const kept = await conditions.of(conditionKey(plan), () => keptBy(table, wide, plan));
      if (order.by === 'id') return selectCases(judged, plan, kept, null);
      if (order.by === 'drop') return selectCases(judged, plan, kept, judged.drops());
      const ranks = await rankings.of(order.column, () => rankColumn(table, wide, order.column));
      return selectCases(judged, plan, kept, ranks);
    });
    const { chosen: _, ...counts } = selection;
    return { ...counts, cases: await listedCases(table, judged, plan, pageOf(selection, plan)) };
  };
}

async function numbersOf(
  table: CaseTable,
  codes: Uint32Array,
  measure: CasePlan['measure'],
): Promise<CaseNumbers> {
  const common = { codes, pairs: table.outcomes, hasBaseline: table.baseline !== null };
  if (measure.kind === 'outcome') {
    const values = outcomeValues(table, measure.of, measure.errors);
    return {
      ...common,
      values: {
        per: 'pair',
        baseline: values.map(({ baseline }) => baseline),
        candidate: values.map(({ candidate }) => candidate),
      },
    };
  }
  const from = `cases AS c LEFT JOIN ${meansSql(table, measure)} AS v ON v.id = c.id`;
  const valuesOf = (value: string) =>
    byNumber(table.database, `coalesce(${value}, CAST('NaN' AS DOUBLE))`, from);
  const missing = new Float64Array(table.baseline === null ? codes.length : 0).fill(Number.NaN);
  const baseline = table.baseline === null ? missing : await valuesOf('v.b');
  return { ...common, values: { per: 'case', baseline, candidate: await valuesOf('v.c') } };
}

async function listedCases(
  table: CaseTable,
  judged: JudgedCases,
  plan: CasePlan,
  page: Uint32Array,
): Promise<readonly ListedCase[]> {
  if (page.length === 0) return [];
  const { ids, outcomes, attributes, inputs } = await readPage(table, page, plan.columns);
  return Array.from(page, (n, at): ListedCase => {
    const { baseline, candidate, edited } = table.outcomes[outcomes[at]!]!;
    return {
      id: ids[at]!,
      class: CASE_CLASSES[judged.classes[n]!]!,
      baseline,
      candidate,
      values: judged.valuesOf(n),
      edited,
      hasError: judged.hasError[n] === 1,
      attributes: attributes.map((column) => column[at]!),
      input: inputs[at]!,
    };
  });
}
