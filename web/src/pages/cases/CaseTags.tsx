/** Tags and comments of one case: the reasons for poor data, the errors of answers, a team's own words. */

import { useRef, useState } from 'react';
import type { CaseTagsAnswer, TagWord } from '../../../../src/studio/contract/index.ts';
import { useStudio, useStudioWrite } from '../../data/hooks.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useWho } from '../../ui/use-who.ts';
import { PutInQueue } from '../queues/PutInQueue.tsx';
import './case-tags.css';

/** Answers that a tag or a comment changes. */
const TOUCHED = ['case-tags', 'queue', 'queues', 'review'] as const;

/** @param keys whether 1 to 4, t and c tag and comment; for one case on the page at a time */
export function CaseTags({ caseId, keys = false }: { readonly caseId: string; readonly keys?: boolean }) {
  const { data, error, refetch } = useStudio('case-tags', { caseId });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="Reading tags" height={180} />;
  if (data.state === 'no ledger') {
    return (
      <section aria-label="Tags and comments">
        <h3>Tags and comments</h3>
        <p className="muted">There is no ledger to keep them in. {data.hint}</p>
      </section>
    );
  }
  return <Noted key={caseId} caseId={caseId} answer={data} keys={keys} />;
}

type Recorded = Extract<CaseTagsAnswer, { state: 'recorded' }>;

function Noted({
  caseId,
  answer,
  keys,
}: {
  readonly caseId: string;
  readonly answer: Recorded;
  readonly keys: boolean;
}) {
  const [who, setWho] = useWho();
  const tag = useStudioWrite('tag-case', TOUCHED);
  const comment = useStudioWrite('comment-case', TOUCHED);
  const [own, setOwn] = useState('');
  const [text, setText] = useState('');
  const ownField = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const textField = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const nameless = who.trim() === '';
  const turn = (word: string, on: boolean) => {
    if (!nameless && word.trim() !== '') tag.mutate({ caseId, tag: word, on, who });
  };
  const data = answer.words.filter(({ group }) => group === 'data');
  useShortcuts(
    'This case',
    keys
      ? [
          ...data.slice(0, 4).map(({ tag: word }, i) => ({
            ...{ keys: String(i + 1), does: `tag as ${word}` },
            run: () => turn(word, !answer.tags.includes(word)),
          })),
          { keys: 't', does: 'add a tag of your own', run: () => ownField.current?.focus() },
          { keys: 'c', does: 'comment', run: () => textField.current?.focus() },
        ]
      : [],
  );
  const groups = [
    ['The case', data],
    ['The answer', answer.words.filter(({ group }) => group === 'error')],
    ['Your own', ownWords(answer)],
  ] as const;
  const failure = tag.error ?? comment.error;
  return (
    <section aria-label="Tags and comments" className="case-tags">
      <h3>Tags and comments</h3>
      <TextField
        label="Your name"
        value={who}
        onChange={setWho}
        {...(nameless ? { help: 'The ledger keeps who wrote each tag: say who you are first.' } : {})}
      />
      {groups.map(([title, words]) => (
        <fieldset key={title} className="tag-group" disabled={nameless}>
          <legend>{title}</legend>
          {words.map((word, i) => (
            <Chip
              key={word.tag}
              word={word}
              on={answer.tags.includes(word.tag)}
              hotkey={keys && title === 'The case' && i < 4 ? String(i + 1) : null}
              onTurn={(on) => turn(word.tag, on)}
            />
          ))}
          {title === 'Your own' ? (
            <form
              className="toolbar"
              onSubmit={(event) => {
                event.preventDefault();
                turn(own, true);
                setOwn('');
              }}
            >
              <TextField
                label="Another tag"
                value={own}
                onChange={setOwn}
                fieldRef={ownField}
                disabled={nameless}
              />
              <button type="submit" className="button" disabled={nameless || own.trim() === ''}>
                Add tag
              </button>
            </form>
          ) : null}
        </fieldset>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          comment.mutate({ caseId, text, who }, { onSuccess: () => setText('') });
        }}
      >
        <TextField
          label="Comment"
          type="area"
          value={text}
          onChange={setText}
          maxLength={20_000}
          fieldRef={textField}
          disabled={nameless}
        />
        <button
          type="submit"
          className="button"
          disabled={nameless || text.trim() === '' || comment.isPending}
        >
          Add comment
        </button>
      </form>
      <div role="status">{failure ? <Failed error={failure} /> : null}</div>
      <details>
        <summary>Put it in a queue</summary>
        <PutInQueue caseIds={[caseId]} why="picked in the studio" />
      </details>
      <Events answer={answer} />
    </section>
  );
}

/** Words of the team that are on this case or in use. */
function ownWords({ words, tags }: Recorded): readonly TagWord[] {
  const known = words.filter(({ group }) => group === 'own');
  return known.filter(({ tag }, i) => i < 12 || tags.includes(tag));
}

function Chip({
  word,
  on,
  hotkey,
  onTurn,
}: {
  readonly word: TagWord;
  readonly on: boolean;
  readonly hotkey: string | null;
  readonly onTurn: (on: boolean) => void;
}) {
  return (
    <button
      type="button"
      className="tag-chip"
      aria-pressed={on}
      title={word.means === '' ? undefined : word.means}
      onClick={() => onTurn(!on)}
    >
      <span aria-hidden="true">{on ? '✓ ' : ''}</span>
      <HostileText text={word.tag} most={60} />
      {hotkey === null ? null : <kbd>{hotkey}</kbd>}
    </button>
  );
}

const SAID = {
  tag: 'tagged it',
  untag: 'took off the tag',
  comment: 'said',
  done: 'closed it',
  skip: 'skipped it',
  reopen: 'opened it again',
} as const;

function Events({ answer }: { readonly answer: Recorded }) {
  if (answer.events.length === 0) return <p className="muted">Nobody has written anything about it yet.</p>;
  return (
    <ol className="case-events" aria-label="What was written">
      {answer.events.toReversed().map(({ kind, value, who, at, queue }, i) => (
        <li key={`${at}${i}`}>
          <span className="muted">
            {at.slice(0, 16).replace('T', ' ')} <HostileText text={who} most={80} /> {SAID[kind]}
            {queue === null ? '' : ' in queue '}
            {queue === null ? null : <HostileText text={queue} most={80} />}
          </span>{' '}
          {value === '' ? null : <HostileText text={value} block={kind === 'comment'} />}
        </li>
      ))}
    </ol>
  );
}
