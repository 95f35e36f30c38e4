/** Answers with a page of the list of cases. */

import {
  CASE_CLASSES,
  type CaseClass,
  type ListedCase,
  type SideOutcome,
  type SliceFilter,
} from '../../counts/index.ts';
import type { CaseItem, CasesAnswer, CasesParams, MetricReading } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { caseMeasure, caseOrder, turnClass } from './case-measure.ts';
import { idsOf, refOf, shownId } from './case-refs.ts';
import { searchWords } from './search-words.ts';
import {
  dimensionFilter,
  predicateFilter,
  readPredicate,
  reportSlice,
  unknownColumnNotes,
} from './slice-filters.ts';

/** @throws UsageError for slices, dimensions and metrics that do not exist */
export async function listCases(params: CasesParams, session: StudioSession): Promise<CasesAnswer> {
  const notes: string[] = [];
  const within: SliceFilter[] = [];
  if (params.where.trim() !== '') {
    const read = readPredicate(params.where);
    if ('problem' in read) return { state: 'bad predicate', problem: read.problem };
    within.push(predicateFilter(read.where));
    notes.push(...unknownColumnNotes(read.where, session));
  }
  const slice = params.slice === '' ? null : await reportSlice(params.slice, session);
  if (slice !== null) within.push(slice.filter);
  for (const text of params.within) within.push(dimensionFilter(text, session));
  const { metric, measure } = caseMeasure(params.metric || metricOf(slice, session), session);
  const order = caseOrder(params.order, metric);
  const ids = params.ids.length === 0 ? null : await idsOf(params.ids, session);
  const page = await session.inTurn(({ comparison }) =>
    comparison.engine.cases({
      within,
      classes: params.classes.length === 0 ? null : params.classes.map((name) => turnClass(name, metric)),
      withErrors: params.errors,
      words: searchWords(params.search),
      ids,
      measure,
      order,
      offset: params.offset,
      limit: params.limit,
      columns: order.by === 'column' ? [order.column] : [],
    }),
  );
  const { counts } = session.release.report;
  return {
    state: 'listed',
    all: counts.paired + counts.onlyBaseline + counts.onlyCandidate,
    total: page.total,
    byClass: Object.fromEntries(
      CASE_CLASSES.map((name) => [name, page.byClass[turnClass(name, metric)]]),
    ) as Record<CaseClass, number>,
    withErrors: page.withErrors,
    metric,
    items: page.cases.map((one) => caseItem(one, metric)),
    notes,
    sliceLabel: slice?.label ?? null,
  };
}

/** The metric of a slice, where single cases have it. */
function metricOf(slice: { readonly metric: string } | null, { release }: StudioSession): string {
  const own = release.scope.metrics.find(({ id }) => id === slice?.metric);
  return own === undefined || own.measure.kind === 'quantile' || own.measure.kind === 'class' ? '' : own.id;
}

/** A case as lists show it. */
export function caseItem(found: ListedCase, metric: MetricReading): CaseItem {
  const [sorted] = found.attributes;
  return {
    ref: refOf(found.id),
    id: shownId(found.id),
    class: turnClass(found.class, metric),
    before: found.values.baseline,
    after: found.values.candidate,
    trialsBefore: trialsOf(found.baseline),
    trialsAfter: trialsOf(found.candidate),
    edited: found.edited,
    hasError: found.hasError,
    input: found.input?.text ?? null,
    inputIsCut: found.input?.isCut ?? false,
    sorted: sorted === undefined ? null : sortedText(sorted),
  };
}

function trialsOf(outcome: SideOutcome | null): number {
  if (outcome === null) return 0;
  return outcome.passed + outcome.failed + outcome.errors + outcome.unscored;
}

function sortedText({ changed, cell }: ListedCase['attributes'][number]): string {
  if (changed) return 'differs between the runs';
  if (cell === null) return 'missing';
  return (typeof cell === 'string' ? cell : cell.join(', ')).slice(0, 100).toWellFormed();
}
