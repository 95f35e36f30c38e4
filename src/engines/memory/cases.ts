/** Lists of cases, and everything of one case. */

import {
  CASE_CLASSES,
  type CasePage,
  type CasePlan,
  type CaseRow,
  foldCase,
  type ListedCase,
  outcomeValue,
  SEARCHED_ROLES,
  SNIPPET_LENGTH,
} from '../../counts/index.ts';
import { compareText } from '../../slices/index.ts';
import { rankAttributes } from '../attribute-ranks.ts';
import {
  type CaseNumbers,
  conditionKey,
  type JudgedCases,
  judgeCases,
  pageOf,
  selectCases,
  selectionKey,
} from '../case-list.ts';
import { cellText } from '../cell.ts';
import { latestAnswers } from '../latest-answers.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, roleColumn, rowsOfCase, type SideCases, sidesOf } from './case-table.ts';
import { outcomeCodes } from './count.ts';
import { inputText } from './flips.ts';
import { membersOf } from './members.ts';
import { unitValue } from './units.ts';

/** See `Engine.cases`. */
export function caseLister(table: CaseTable, attributes: Attributes): (plan: CasePlan) => Promise<CasePage> {
  const codes = outcomeCodes(table);
  const conditions = latestAnswers<Uint8Array | null>(4);
  const judgements = latestAnswers<JudgedCases>(2);
  const selections = latestAnswers<ReturnType<typeof selectCases>>(4);
  return async (plan) => {
    const judged = await judgements.of(JSON.stringify(plan.measure), async () =>
      judgeCases(numbersOf(table, codes, plan.measure)),
    );
    const selection = await selections.of(selectionKey(plan), async () => {
      const kept = await conditions.of(conditionKey(plan), async () => keptBy(table, attributes, plan));
      return selectCases(judged, plan, kept, ranksOf(judged, attributes, plan));
    });
    const { chosen: _, ...counts } = selection;
    const cases = Array.from(pageOf(selection, plan), (i) => listedCase(table, attributes, judged, plan, i));
    return { ...counts, cases };
  };
}

function numbersOf(
  table: CaseTable,
  { codes, cells }: ReturnType<typeof outcomeCodes>,
  measure: CasePlan['measure'],
): CaseNumbers {
  const common = { codes, pairs: cells, hasBaseline: table.baseline !== null };
  if (measure.kind === 'outcome') {
    const valuesOf = (side: 'baseline' | 'candidate') =>
      cells.map((cell) => outcomeValue(measure.of, cell[side], measure.errors));
    return {
      ...common,
      values: { per: 'pair', baseline: valuesOf('baseline'), candidate: valuesOf('candidate') },
    };
  }
  const valuesOf = (side: SideCases | null) =>
    Float64Array.from(codes, (_, i) => (side === null ? Number.NaN : unitValue(side, i, measure)));
  return {
    ...common,
    values: { per: 'case', baseline: valuesOf(table.baseline), candidate: valuesOf(table.candidate) },
  };
}

function ranksOf(judged: JudgedCases, attributes: Attributes, { order }: CasePlan) {
  if (order.by === 'id') return null;
  return order.by === 'drop' ? judged.drops() : rankAttributes(attributes.codesOf(order.column));
}

/** 1 for each case under the conditions on slices, words and ids; null where there are none. */
function keptBy(table: CaseTable, attributes: Attributes, plan: CasePlan): Uint8Array | null {
  const { within, words, ids } = plan;
  if (within.length === 0 && words.length === 0 && ids === null) return null;
  const kept = new Uint8Array(table.ids.length).fill(1);
  for (const { grouping, state, value } of within) {
    const slices = membersOf(kept.length, [grouping], attributes);
    const slice = slices.find(({ key }) => key.state === state && (state !== 'value' || key.value === value));
    const members = new Uint8Array(kept.length);
    for (const i of slice?.cases ?? []) members[i] = 1;
    for (let i = 0; i < kept.length; i++) kept[i]! &= members[i]!;
  }
  const wanted = ids === null ? null : new Set(ids);
  const isFound = wordSearch(table, words);
  for (let i = 0; i < kept.length; i++) {
    if (kept[i] === 1 && !((wanted === null || wanted.has(table.ids[i]!)) && isFound(i))) kept[i] = 0;
  }
  return kept;
}

/** Whether all words occur in a case. */
function wordSearch(table: CaseTable, words: readonly string[]): (index: number) => boolean {
  const folded = words.map(foldCase);
  const searched = sidesOf(table).map((side) => ({
    side,
    columns: SEARCHED_ROLES.map((role) => roleColumn(side.rows, role)).filter((column) => column !== null),
  }));
  return (index) => {
    let open = folded;
    const look = (text: string): void => {
      const lower = foldCase(text);
      open = open.filter((word) => !lower.includes(word));
    };
    if (open.length > 0) look(table.ids[index]!);
    for (const { side, columns } of searched) {
      for (const row of rowsOfCase(side, index)) {
        for (const cells of columns) {
          if (open.length === 0) return true;
          const text = cellText(cells[row]!);
          if (text !== null) look(text);
        }
      }
    }
    return open.length === 0;
  };
}

function listedCase(
  table: CaseTable,
  attributes: Attributes,
  judged: JudgedCases,
  plan: CasePlan,
  i: number,
): ListedCase {
  return {
    id: table.ids[i]!,
    class: CASE_CLASSES[judged.classes[i]!]!,
    baseline: table.baseline?.outcomes[i] ?? null,
    candidate: table.candidate.outcomes[i] ?? null,
    values: judged.valuesOf(i),
    edited: table.edited[i] === 1,
    hasError: judged.hasError[i] === 1,
    attributes: plan.columns.map((column) => {
      const found = attributes.of(column, i);
      return { changed: found.state === 'changed', cell: found.state === 'value' ? found.cell : null };
    }),
    input: snippetOf(inputText(table, i)),
  };
}

/** The first code points of a text. */
function snippetOf(text: string | null): ListedCase['input'] {
  if (text === null) return null;
  let end = 0;
  let count = 0;
  for (const character of text) {
    if (count === SNIPPET_LENGTH) return { text: text.slice(0, end), isCut: true };
    count++;
    end += character.length;
  }
  return { text, isCut: false };
}

/** See `Engine.caseRows`. */
export function caseRows(table: CaseTable, id: string): readonly CaseRow[] {
  const index = indexOfId(table.ids, id);
  if (index < 0) return [];
  return sidesOf(table).flatMap((side) =>
    Array.from(rowsOfCase(side, index), (row): CaseRow => {
      const cells = [...side.rows.columns].flatMap(([name, column]) => {
        const cell = column[row]!;
        return cell === null ? [] : [[name, cell] as const];
      });
      return {
        side: side.rows.side,
        trial: side.rows.trial[row]!,
        passed: side.rows.passed[row]!,
        status: side.rows.status[row]!,
        cells: cells.sort(([a], [b]) => compareText(a, b)),
      };
    }),
  );
}

function indexOfId(ids: readonly string[], id: string): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compareText(ids[middle]!, id);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
