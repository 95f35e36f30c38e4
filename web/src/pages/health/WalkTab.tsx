/** The doctor's walk: every finding as a step, data before evaluation before model, each with what to do. */

import { useLayoutEffect, useRef } from 'react';
import type { DoctorStep, StepFamily, StepState } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { CaseLink } from '../../ui/CaseLink.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { HEALTH_VIEW } from './health-view.ts';
import { StepLink } from './StepLink.tsx';

const FAMILIES: Readonly<Record<StepFamily, string>> = {
  data: 'Data',
  evaluation: 'Evaluation',
  model: 'Model',
  instrument: 'The gate itself',
};

const LOOKS: Readonly<
  Record<StepState, { readonly sign: string; readonly tone: string; readonly word: string }>
> = {
  found: { sign: '■', tone: 'bad', word: 'to do' },
  note: { sign: '◆', tone: 'plain', word: 'to know' },
  'cannot tell': { sign: '○', tone: 'warn', word: 'cannot tell' },
  clear: { sign: '✓', tone: 'good', word: 'nothing found' },
};

export function WalkTab() {
  const question = useStudio('doctor', {});
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={720} what="Reading the findings" />;
  const { steps, counts } = question.data;
  if (steps.length === 0) return <Empty title="No check ran" />;
  return (
    <div className="health-stack">
      <p className="health-counts" role="status">
        {(Object.keys(LOOKS) as StepState[]).map((state) => (
          <span key={state}>
            <StateBadge state={state} /> {countText(counts[state])}
          </span>
        ))}
        <span className="muted">of {countOf(steps.length, 'step')}. "Cannot tell" is never clean.</span>
      </p>
      <Walk steps={steps} />
    </div>
  );
}

function Walk({ steps }: { readonly steps: readonly DoctorStep[] }) {
  const [view, change] = useView(HEALTH_VIEW);
  const list = useRef<HTMLElement>(null);
  const named = steps.findIndex(({ id }) => id === view.step);
  const firstFound = steps.findIndex(({ state }) => state === 'found');
  const first = firstFound >= 0 ? firstFound : steps.findIndex(({ state }) => state === 'note');
  const at = named >= 0 ? named : Math.max(0, first);
  const goTo = (place: number) => {
    const step = steps[Math.max(0, Math.min(steps.length - 1, place))]!;
    change({ step: step.id });
    list.current?.querySelector(`[data-step="${CSS.escape(step.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const nextFound = steps.findIndex(({ state }, place) => place > at && state === 'found');
  useLayoutEffect(() => {
    // The step that is open when the page opens stands in the middle of its list, and the page itself stays where it is.
    const own = list.current?.querySelector('[aria-current]');
    if (!own || !list.current) return;
    const [box, seen] = [own.getBoundingClientRect(), list.current.getBoundingClientRect()];
    list.current.scrollTop += box.top + box.height / 2 - seen.top - list.current.clientHeight / 2;
  }, []);
  useShortcuts('Walk-through', [
    { keys: 'j', does: 'next step', run: () => goTo(at + 1) },
    { keys: 'k', does: 'step before', run: () => goTo(at - 1) },
    { keys: 'n', does: 'next step with something to do', run: () => nextFound >= 0 && goTo(nextFound) },
  ]);
  return (
    <div className="health-walk">
      <nav ref={list} className="health-steps" aria-label="Steps">
        {(Object.keys(FAMILIES) as StepFamily[]).map((family) => {
          const own = steps
            .map((step, place) => ({ step, place }))
            .filter(({ step }) => step.family === family);
          return own.length === 0 ? null : (
            <section key={family} aria-label={FAMILIES[family]}>
              <h2>{FAMILIES[family]}</h2>
              <ol>
                {own.map(({ step, place }) => (
                  <li key={step.id}>
                    <button
                      type="button"
                      data-step={step.id}
                      className="health-step"
                      aria-current={place === at ? 'step' : undefined}
                      onClick={() => goTo(place)}
                    >
                      <StateSign state={step.state} />
                      <span>
                        {step.title}
                        {step.slice === null ? null : (
                          <span className="muted">
                            {' '}
                            <HostileText text={step.slice} most={60} />
                          </span>
                        )}
                      </span>
                    </button>
                  </li>
                ))}
              </ol>
            </section>
          );
        })}
      </nav>
      <Step step={steps[at]!} at={at} count={steps.length} goTo={goTo} nextFound={nextFound} />
    </div>
  );
}

function Step({
  step,
  at,
  count,
  goTo,
  nextFound,
}: {
  readonly step: DoctorStep;
  readonly at: number;
  readonly count: number;
  readonly goTo: (place: number) => void;
  readonly nextFound: number;
}) {
  const { title, family, state, verdict, slice, reason, remedy, hides, method, cases, casesTotal } = step;
  return (
    <Panel
      title={`${FAMILIES[family]}: ${title}`}
      tools={
        <span className="muted">
          step {at + 1} of {count}
        </span>
      }
      className="health-open"
    >
      <p>
        <StateBadge state={state} /> {verdict === null ? null : <strong>{verdict}</strong>}{' '}
        {slice === null ? null : <HostileText text={slice} most={200} />}
      </p>
      <p>
        <HostileText text={reason} most={3000} />
      </p>
      {remedy === null ? null : (
        <div className="health-remedy">
          <h3>{state === 'cannot tell' ? 'What to add' : 'What to do'}</h3>
          <p>
            <HostileText text={remedy} most={2000} />
          </p>
        </div>
      )}
      <StepLink step={step} />
      {hides === null ? null : (
        <p className="muted">
          What this may be hiding: <HostileText text={hides} />
        </p>
      )}
      {method === null ? null : (
        <p className="muted">
          Method: <HostileText text={method} />
        </p>
      )}
      {casesTotal === 0 ? null : (
        <>
          <h3>
            {countOf(casesTotal, 'case')}
            {casesTotal > cases.length ? `, ${countText(cases.length)} listed` : ''}
          </h3>
          <ul className="health-ids">
            {cases.map((id) => (
              <li key={id}>
                <CaseLink id={id} />
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="toolbar">
        <button type="button" className="button" disabled={at === 0} onClick={() => goTo(at - 1)}>
          Before
        </button>
        <button type="button" className="button" disabled={at === count - 1} onClick={() => goTo(at + 1)}>
          Next
        </button>
        <button
          type="button"
          className="button primary"
          disabled={nextFound < 0}
          onClick={() => goTo(nextFound)}
        >
          {nextFound < 0 ? 'Nothing more to do' : 'Next to do'}
        </button>
      </div>
    </Panel>
  );
}

function StateSign({ state }: { readonly state: StepState }) {
  const { sign, tone, word } = LOOKS[state];
  return (
    <span className={`health-sign ${tone}`}>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{word}: </span>
    </span>
  );
}

function StateBadge({ state }: { readonly state: StepState }) {
  const { sign, tone, word } = LOOKS[state];
  return (
    <span className={`badge ${tone}`}>
      <span aria-hidden="true">{sign} </span>
      {word}
    </span>
  );
}
