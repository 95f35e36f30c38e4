/** How far to believe the answer: what was found by family, what could not be checked, and what each check hides. */

import { useMemo } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { FindingsAnswer, ToldFinding } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { SearchBox, Segmented, Select } from '../../ui/controls.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { FindingCard } from './FindingCard.tsx';
import { FAMILIES } from './families.ts';
import './findings.css';

const VIEW = { show: 'all', family: '', q: '' } as const;

export function FindingsPage() {
  const { data, error, refetch } = useStudio('findings', {});
  return (
    <Page
      title="Findings"
      lead="How far can the answer be believed? Look from the top: data first, then the evaluation, then the model."
    >
      {error !== null ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading height={720} what="Reading the findings" />
      ) : (
        <FindingsView answer={data} />
      )}
    </Page>
  );
}

function FindingsView({ answer }: { readonly answer: FindingsAnswer }) {
  const [view, change] = useView(VIEW);
  const all = useMemo(
    () => answer.families.flatMap(({ open, notCheckable }) => [...open, ...notCheckable]),
    [answer],
  );
  const choices = useMemo(() => verdictChoices(all), [all]);
  const fits = (told: ToldFinding) =>
    (view.show === 'all' || stateOf(told) === view.show) && searched(told).includes(view.q.toLowerCase());
  const families = answer.families.filter(({ kind }) => view.family === '' || view.family === kind);
  const shown = families.map((family) => ({
    kind: family.kind,
    open: family.open.filter(fits),
    notCheckable: family.notCheckable.filter(fits),
  }));
  const count = shown.reduce((sum, { open, notCheckable }) => sum + open.length + notCheckable.length, 0);
  return (
    <>
      <search className="toolbar" aria-label="Filters">
        <SearchBox
          label="Search findings"
          placeholder="Search findings ( / )"
          value={view.q}
          onChange={(q) => change({ q }, { replace: true })}
        />
        <Select
          label="Family"
          hideLabel
          value={view.family}
          choices={[
            { value: '', label: 'All families' },
            ...answer.families.map(({ kind }) => ({ value: kind as string, label: FAMILIES[kind].name })),
          ]}
          onChange={(family) => change({ family })}
        />
        <Segmented
          label="Verdict"
          value={view.show}
          choices={choices}
          onChange={(show) => change({ show })}
        />
      </search>
      <p className="muted" role="status">
        {countText(count)} of {countOf(all.length, 'finding')}; {ranText(answer)}
      </p>
      {count === 0 ? (
        <Empty title={all.length === 0 ? 'Nothing was found' : 'No finding fits'}>
          {all.length === 0 ? (
            <p>All {countText(answer.quiet.length)} checks ran and found nothing.</p>
          ) : (
            <button type="button" className="button" onClick={() => change(VIEW)}>
              Show all {countText(all.length)}
            </button>
          )}
        </Empty>
      ) : null}
      {shown.map(({ kind, open, notCheckable }) =>
        open.length + notCheckable.length === 0 ? null : (
          <Panel key={kind} title={FAMILIES[kind].name} className="findings-family">
            <p className="muted">{FAMILIES[kind].asks}</p>
            {open.map((told) => (
              <FindingCard key={told.id} told={told} />
            ))}
            {notCheckable.length === 0 ? null : (
              <section aria-label={`${FAMILIES[kind].name}: not checkable`} className="not-checkable">
                <h3>Not checkable yet</h3>
                <dl className="facts">
                  {notCheckable.map(({ id, finding }) => (
                    <div key={id}>
                      <dt>{finding.check}</dt>
                      <dd>
                        <strong>Add:</strong> {visible(finding.remedy ?? finding.reason).replace(/^add /, '')}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )}
          </Panel>
        ),
      )}
      {answer.quiet.length === 0 || view.show !== 'all' ? null : (
        <Panel title={`${countOf(answer.quiet.length, 'check')} ran and found nothing`}>
          <p className="muted">{answer.quiet.join(', ')}</p>
        </Panel>
      )}
    </>
  );
}

/** As the line of belief on the page Verdict counts them. */
function ranText({ families, quiet }: FindingsAnswer): string {
  const checksOf = (told: readonly ToldFinding[]) => told.map(({ finding }) => finding.check);
  const ran = new Set([...families.flatMap(({ open }) => checksOf(open)), ...quiet]);
  const all = new Set([...ran, ...families.flatMap(({ notCheckable }) => checksOf(notCheckable))]);
  const open = new Set(families.flatMap(({ notCheckable }) => checksOf(notCheckable)));
  const count = [...all].filter((check) => !open.has(check)).length;
  return `${countText(count)} of ${countOf(all.size, 'check')} could run`;
}

/** Under which choice a finding stands. */
function stateOf({ finding }: ToldFinding): string {
  if (finding.status === 'not checkable') return 'not checkable';
  return finding.verdict ?? 'notice';
}

const ORDER = [
  'BLOCK',
  'INVALID',
  'UNTESTED',
  'STALE',
  'REVIEW',
  'DEBT',
  'LOW-N',
  'notice',
  'PASS',
  'not checkable',
];

function verdictChoices(all: readonly ToldFinding[]) {
  const states = Map.groupBy(all, stateOf);
  const known = ORDER.filter((state) => states.has(state));
  return [
    { value: 'all', label: `All (${countText(all.length)})` },
    ...known.map((state) => ({ value: state, label: `${state} (${countText(states.get(state)!.length)})` })),
  ];
}

function searched({ finding }: ToldFinding): string {
  const { check, reason, remedy, slice } = finding;
  return `${check}\n${reason}\n${remedy ?? ''}\n${slice ?? ''}`.toLowerCase();
}
