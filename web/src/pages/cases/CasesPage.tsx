/** Every case of the comparison: found by words, predicates and what became of it, with one open beside the list. */

import type { UseQueryResult } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { CasesAnswer, PredicateProblem } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import type { AskError } from '../../data/source.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Page } from '../../ui/Page.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { useView } from '../../view.ts';
import { CaseDetail } from './CaseDetail.tsx';
import { CaseFilters } from './CaseFilters.tsx';
import { CaseList, type CaseListProps } from './CaseList.tsx';
import { CASES_VIEW, NO_CONDITIONS, questionOf } from './cases-view.ts';
import { CHUNK } from './use-case-window.ts';
import './cases.css';

/** From this width on the open case stands beside the list. */
const BESIDE = 900;

type Listed = Extract<CasesAnswer, { readonly state: 'listed' }>;

export function CasesPage() {
  const [view, change] = useView(CASES_VIEW);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const question = useMemo(() => questionOf(view), [view]);
  const facts = useStudio('case-facts', {});
  const first = useStudio('cases', { ...question, offset: 0, limit: CHUNK });
  const last = useRef<Listed | undefined>(undefined);
  if (first.data?.state === 'listed') last.current = first.data;
  // What an older list counted says nothing of one that could not be made.
  const known = first.error ? undefined : last.current;
  const listed = first.data?.state === 'listed' ? first.data : known;
  const problem = first.data?.state === 'bad predicate' ? first.data.problem : null;
  const isBeside = width >= BESIDE;
  const isOpen = view.case !== '';
  useFocus(place, isOpen, !isBeside);
  // The first step into a case can be taken back; going on to the next one is no step of its own.
  const open = useCallback(
    (ref: string) => change({ case: ref, trial: '' }, { replace: isOpen }),
    [change, isOpen],
  );
  const close = useCallback(() => change({ case: '', trial: '' }), [change]);
  useShortcuts(
    'Cases',
    isOpen && !isBeside ? [{ keys: 'Escape', does: 'back to the list', run: close }] : [],
  );
  return (
    <Page title="Cases" lead="What was asked, what was expected, and what each run answered.">
      <div ref={place} className={isBeside ? 'cases beside' : 'cases alone'}>
        {isBeside || !isOpen ? (
          <section className="cases-side" aria-label="List of cases">
            <CaseFilters view={view} change={change} facts={facts.data} listed={listed} problem={problem} />
            <Count
              listed={problem === null ? listed : undefined}
              isBusy={first.isPlaceholderData || first.isPending}
            />
            <ListPlace
              question={question}
              answer={first}
              listed={listed}
              problem={problem}
              hasBaseline={facts.data?.hasBaseline ?? true}
              open={view.case}
              opensAtOnce={isBeside}
              onOpen={open}
              onClear={() => change(NO_CONDITIONS)}
            />
          </section>
        ) : null}
        {isOpen ? (
          <CaseDetail
            caseRef={view.case}
            metric={view.slice === '' ? view.metric : (listed?.metric.id ?? view.metric)}
            trial={view.trial}
            near={view.near}
            steps={view.steps}
            change={change}
            onBack={isBeside ? null : close}
          />
        ) : isBeside ? (
          <NoneOpen />
        ) : null}
      </div>
    </Page>
  );
}

/** Where list and case take turns, the keyboard goes along. */
function useFocus(place: RefObject<HTMLElement | null>, isOpen: boolean, takesTurns: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current === isOpen) return;
    wasOpen.current = isOpen;
    if (!takesTurns) return;
    const target = isOpen ? '.case-back' : '[role=listbox]';
    place.current?.querySelector<HTMLElement>(target)?.focus();
  }, [place, isOpen, takesTurns]);
}

function NoneOpen() {
  return (
    <Empty title="No case is open">
      <p>
        Choose one from the list: click it, or press <kbd>j</kbd> for the next one and <kbd>k</kbd> for the
        one before.
      </p>
    </Empty>
  );
}

interface ListPlaceProps
  extends Pick<CaseListProps, 'question' | 'hasBaseline' | 'open' | 'opensAtOnce' | 'onOpen'> {
  readonly answer: UseQueryResult<CasesAnswer, AskError>;
  readonly listed: Listed | undefined;
  readonly problem: PredicateProblem | null;
  readonly onClear: () => void;
}

/** The list, or why there is none. */
function ListPlace({ answer, listed, problem, onClear, ...list }: ListPlaceProps) {
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  if (problem !== null) {
    return (
      <Empty title="The predicate cannot be read">
        <p>The list appears when what is marked above is mended.</p>
      </Empty>
    );
  }
  if (listed === undefined) return <Loading height={560} what="Reading the list of cases" />;
  if (listed.total === 0) return <NoMatch listed={listed} onClear={onClear} />;
  return (
    <CaseList
      {...list}
      total={listed.total}
      isRate={listed.metric.isRate}
      isBusy={answer.isPlaceholderData}
    />
  );
}

function Count({ listed, isBusy }: { readonly listed: Listed | undefined; readonly isBusy: boolean }) {
  return (
    <p className="case-count muted" role="status">
      {listed === undefined
        ? '\u00a0'
        : isBusy
          ? 'Searching …'
          : listed.total === listed.all
            ? countOf(listed.all, 'case')
            : `${countText(listed.total)} of ${countOf(listed.all, 'case')}`}
    </p>
  );
}

function NoMatch({ listed, onClear }: { readonly listed: Listed; readonly onClear: () => void }) {
  const chosen = Object.values(listed.byClass).reduce((sum, n) => sum + n, 0);
  return (
    <Empty title="No case fits">
      <p>
        {chosen > 0
          ? `${countOf(chosen, 'case')} would fit, but none of the chosen classes.`
          : 'Words must all occur in one case; letters count without case. Try fewer words, or quotes around fewer of them.'}
      </p>
      <button type="button" className="button" onClick={onClear}>
        Show all {countText(listed.all)}
      </button>
    </Empty>
  );
}
