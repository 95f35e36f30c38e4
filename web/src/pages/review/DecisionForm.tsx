/** The decision: uphold, waive or ask for fresh cases, with everything that makes it answerable later. */

import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { DecideAnswer, FallenItem, ReviewAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudioWrite } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { Segmented } from '../../ui/controls.tsx';
import { Failed } from '../../ui/states.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useWho } from '../../ui/use-who.ts';
import { choicesFor, DECISIONS, type DecisionWord, daysAfter } from './review-view.ts';

/** What keys of the page do to the form. */
export interface FormHandle {
  focusReason(): void;
}

const DEFAULT_DAYS = 14;

export function DecisionForm({
  item,
  review,
  decision,
  onDecision,
  onDone,
  handle,
}: {
  readonly item: FallenItem;
  readonly review: ReviewAnswer;
  /** Null until one is chosen. */
  readonly decision: DecisionWord | null;
  readonly onDecision: (decision: DecisionWord) => void;
  readonly onDone: (answer: DecideAnswer) => void;
  readonly handle: Ref<FormHandle>;
}) {
  const [who, setWho] = useWho();
  const [reason, setReason] = useState('');
  const [owner, setOwner] = useState(item.slice?.owner ?? '');
  const [reviewer, setReviewer] = useState('');
  const [expires, setExpires] = useState(daysAfter(review.today, DEFAULT_DAYS));
  const [cases, setCases] = useState(String(item.slice?.needed ?? ''));
  const reasonField = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const decide = useStudioWrite('decide', ['review', 'queues', 'runs']);
  useImperativeHandle(handle, () => ({ focusReason: () => reasonField.current?.focus() }), []);
  const problems = decide.error?.reason === 'refused' ? decide.error.problems : [];
  const problemOf = (field: string) => problems.find(({ where }) => where === field)?.message ?? null;
  const others = problems.filter(({ where }) => !FIELDS.includes(where ?? ''));
  const submit = () => {
    // A double click comes before the button is drawn as busy.
    if (sending.current || decision === null) return;
    sending.current = true;
    const number = /^\d{1,7}$/.test(cases.trim()) ? Number(cases) : null;
    decide.mutate(
      {
        ...{ target: item.target, decision, reason, owner, who },
        reviewer: decision === 'waive' ? reviewer : '',
        expires: decision === 'waive' ? expires : '',
        cases: decision === 'fresh' && number !== null && number > 0 ? number : null,
      },
      {
        onSuccess: onDone,
        onSettled: () => {
          sending.current = false;
        },
        // The first field that is wrong, in the order of the form.
        onError: () =>
          requestAnimationFrame(() =>
            form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
          ),
      },
    );
  };
  const choices = choicesFor(item);
  const choice = (
    <Segmented<DecisionWord | ''>
      label="Decision"
      value={decision ?? ''}
      choices={choices}
      onChange={(word) => word !== '' && onDecision(word)}
    />
  );
  if (decision === null) {
    return (
      <div className="decision-form">
        {choice}
        <ul className="decision-meanings">
          {choices.map(({ value, label, key, means }) => (
            <li key={value}>
              <strong>{label}</strong> <kbd>{key}</kbd> <span className="muted">{means}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <form
      ref={form}
      className="decision-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {choice}
      <p className="muted">{DECISIONS.find(({ value }) => value === decision)?.means}</p>
      <TextField
        label="Reason"
        type="area"
        value={reason}
        onChange={setReason}
        maxLength={4000}
        problem={problemOf('reason')}
        fieldRef={reasonField}
      />
      <TextField
        label={decision === 'waive' ? 'Owner: who carries the exception' : 'Owner: who sees to it'}
        value={owner}
        onChange={setOwner}
        problem={problemOf('owner')}
      />
      {decision === 'waive' ? (
        <>
          <TextField
            label="Reviewer: who agreed"
            value={reviewer}
            onChange={setReviewer}
            problem={problemOf('reviewer')}
            help="Owner and reviewer are two people."
          />
          <TextField
            label="Expires: the last day that it holds"
            type="date"
            value={expires}
            onChange={setExpires}
            min={review.today}
            problem={problemOf('expires')}
          />
        </>
      ) : null}
      {decision === 'fresh' ? (
        <TextField
          label="Fresh cases of this slice"
          type="number"
          min={1}
          value={cases}
          onChange={setCases}
          problem={problemOf('cases')}
          help={neededText(item)}
        />
      ) : null}
      <TextField label="Your name" value={who} onChange={setWho} problem={problemOf('who')} />
      <div role="status">
        {others.length > 0 && decide.error ? <Failed error={decide.error} /> : null}
        {decide.error && decide.error.reason !== 'refused' ? <Failed error={decide.error} /> : null}
      </div>
      <button type="submit" className="button primary" disabled={decide.isPending}>
        {decide.isPending ? 'Writing …' : SUBMIT[decision]}
      </button>
      <Where review={review} decision={decision} />
    </form>
  );
}

const FIELDS = ['reason', 'owner', 'reviewer', 'expires', 'cases', 'who'];

const SUBMIT = { uphold: 'Uphold the block', waive: 'Write the waiver', fresh: 'Ask for the cases' } as const;

function neededText({ slice }: FallenItem): string {
  if (slice?.needed) {
    return `${countOf(slice.needed, 'case')} would show a drop as large as this one with 80 % power.`;
  }
  return 'No number of cases is known that would settle it.';
}

function Where({ review, decision }: { readonly review: ReviewAnswer; readonly decision: DecisionWord }) {
  const places = [
    ...(decision === 'waive'
      ? [review.waivers.file ?? 'no waiver file is configured: the entry is shown here to copy']
      : []),
    review.ledger.configured ? 'the ledger' : 'no ledger is configured: the decision is not recorded',
  ];
  return <p className="muted">Goes to: {places.join(', and ')}.</p>;
}
