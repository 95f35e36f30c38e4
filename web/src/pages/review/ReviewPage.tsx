/** The ten-minute path for a blocked release: what fell, its cases, the decision, what was written. */

import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { DecideAnswer, FallenItem, ReviewAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { Decided } from './Decided.tsx';
import { DecisionForm, type FormHandle } from './DecisionForm.tsx';
import { FailingCases } from './FailingCases.tsx';
import { FallenCards } from './FallenCards.tsx';
import {
  choicesFor,
  type DecisionWord,
  decidedText,
  decisionWord,
  doneTitle,
  REVIEW_VIEW,
} from './review-view.ts';
import './review.css';

export function ReviewPage() {
  const [view] = useView(REVIEW_VIEW);
  const { data, error, refetch } = useStudio('review', { item: view.item });
  return (
    <Page title="Review" lead={<Lead review={data} />}>
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading what="Reading what fell" height={560} />
      ) : data.fallen.length === 0 ? (
        <Nothing review={data} />
      ) : (
        <Review review={data} />
      )}
    </Page>
  );
}

function Lead({ review }: { readonly review: ReviewAnswer | undefined }) {
  return (
    <span className="review-lead">
      {review === undefined ? (
        'What fell, and what is done about it.'
      ) : (
        <HostileText sentence text={review.ship} most={600} />
      )}
    </span>
  );
}

function Nothing({ review }: { readonly review: ReviewAnswer }) {
  const passes = review.verdict === 'PASS';
  return (
    <Empty
      title={
        passes
          ? 'Nothing fell: there is nothing to decide'
          : 'There is nothing here that a decision could change'
      }
    >
      <p>
        {passes
          ? 'Slices too small to tell are on the page Verdict; none of them blocks.'
          : `The release reads ${review.verdict}: evidence is missing, and no waiver takes its place.`}
      </p>
      <p>
        <Link to="/verdict">What is known, and what to add</Link>
      </p>
    </Empty>
  );
}

function Review({ review }: { readonly review: ReviewAnswer }) {
  const [view, change] = useView(REVIEW_VIEW);
  const [done, setDone] = useState<{ readonly key: string; readonly answer: DecideAnswer } | null>(null);
  const form = useRef<FormHandle>(null);
  const { fallen } = review;
  const at = Math.max(
    0,
    fallen.findIndex(({ key }) => key === view.item),
  );
  const item = fallen[at]!;
  // While the cases of another card are on their way, those of the last one are still here.
  const cases = review.open?.key === item.key ? review.open.cases : null;
  const open = cases?.find(({ id }) => id === view.case) ?? cases?.[0] ?? null;
  const choices = choicesFor(item);
  const decision = decisionWord(view.decision, item);
  const choose = (key: string) => {
    change({ item: key, case: '', decision: '' });
    setDone(null);
  };
  const move = (step: number) => {
    const next = open === null ? undefined : cases?.[cases.indexOf(open) + step];
    if (next !== undefined) change({ case: next.id }, { replace: true });
  };
  const decideBy = (word: DecisionWord) => {
    setDone(null);
    change({ decision: word }, { replace: true });
    requestAnimationFrame(() => form.current?.focusReason());
  };
  useShortcuts('Review', [
    { keys: 'j', does: 'next lost case', run: () => move(1) },
    { keys: 'k', does: 'previous lost case', run: () => move(-1) },
    { keys: ']', does: 'next of what fell', run: () => fallen[at + 1] && choose(fallen[at + 1]!.key) },
    { keys: '[', does: 'previous of what fell', run: () => fallen[at - 1] && choose(fallen[at - 1]!.key) },
    ...choices.map(({ key, label, value }) => ({
      ...{ keys: key, does: `decide: ${label.toLowerCase()}` },
      run: () => decideBy(value),
    })),
  ]);
  const undecided = fallen.filter((other) => other.key !== item.key && decidedText(other) === null);
  return (
    <>
      <Panel title={`1 What fell: ${toDecide(fallen)}`}>
        <FallenCards items={fallen} chosen={item.key} onChoose={choose} />
        {review.fallenTotal > fallen.length ? (
          <p className="muted">
            The worst {fallen.length} of {countOf(review.fallenTotal, 'slice or check', 'slices and checks')}.
          </p>
        ) : null}
      </Panel>
      <div className="review-columns">
        <Panel title={item.slice === null ? '2 What was found' : '2 The lost cases'} tools={<Keys />}>
          <Reason item={item} />
          {cases === null ? (
            <Loading what="Reading its cases" height={420} />
          ) : (
            <FailingCases
              {...{ item, cases, open }}
              omitted={review.open?.omitted ?? 0}
              onOpen={(id) => change({ case: id })}
            />
          )}
        </Panel>
        <Panel title={done?.key === item.key ? doneTitle(done.answer) : '3 Decide'} className="decide-panel">
          {done?.key === item.key ? (
            <Decided
              answer={done.answer}
              onNext={undecided[0] === undefined ? null : () => choose(undecided[0]!.key)}
              onAgain={() => setDone(null)}
            />
          ) : (
            <DecisionForm
              key={item.key}
              {...{ item, review, decision }}
              onDecision={(word) => change({ decision: word }, { replace: true })}
              onDone={(answer) => {
                setDone({ key: item.key, answer });
                change({ decision: '' }, { replace: true });
              }}
              handle={form}
            />
          )}
        </Panel>
      </div>
      <Panel title="When everything is decided">
        <p>The gate reads the waivers again, and its first line counts them.</p>
        <Copyable text={review.command} what="the command" />
      </Panel>
    </>
  );
}

function toDecide(fallen: readonly FallenItem[]): string {
  const open = fallen.filter((item) => decidedText(item) === null).length;
  if (open === 0) return 'all decided';
  return `${countOf(open, 'decision')} to take${open < fallen.length ? ` of ${fallen.length}` : ''}`;
}

function Keys() {
  return (
    <span className="muted review-keys">
      <kbd>j</kbd> <kbd>k</kbd> cases, <kbd>u</kbd> <kbd>w</kbd> <kbd>f</kbd> decide
    </span>
  );
}

function Reason({ item }: { readonly item: FallenItem }) {
  if (item.slice === null) return null;
  const taken = item.decisions.at(-1);
  return (
    <>
      <p>
        <HostileText sentence text={`${item.reason}; ${item.remedy}.`} />
      </p>
      {item.decisions.length === 0 && item.waiver === null ? null : (
        <p className="fallen-decided">
          <span aria-hidden="true">✓ </span>
          <HostileText text={decidedText(item) ?? ''} />
          {taken === undefined ? null : (
            <span className="muted">
              {' '}
              <HostileText text={`(${taken.who}, ${taken.at.slice(0, 10)}: ${taken.reason})`} most={400} />
            </span>
          )}
        </p>
      )}
    </>
  );
}
