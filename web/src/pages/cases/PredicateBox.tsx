/** A predicate as slicewise.yaml spells it, with the place of what is wrong. */

import { useEffect, useId, useRef, useState } from 'react';
import type { CaseFacts, PredicateProblem } from '../../../../src/studio/contract/index.ts';
import { Hint } from '../../ui/Hint.tsx';
import { HostileText } from '../../ui/HostileText.tsx';

/** A predicate is asked for when typing pauses, or with Enter. */
const PAUSE_MS = 500;

/** Columns named in the explanation. */
const NAMED = 12;

export function PredicateBox({
  value,
  problem,
  facts,
  onChange,
}: {
  readonly value: string;
  readonly problem: PredicateProblem | null;
  readonly facts: CaseFacts | undefined;
  readonly onChange: (where: string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const isWrong = problem !== null && typed === value && value.trim() !== '';
  return (
    <div className="field predicate-box">
      <label className="visually-hidden" htmlFor={id}>
        Predicate
      </label>
      <span className="predicate-line">
        <input
          id={id}
          className="input"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          value={typed}
          maxLength={12_000}
          placeholder="Predicate, such as length(input) > 200"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-problem` : undefined}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={({ key }) => {
            if (key !== 'Enter') return;
            told.current = typed;
            onChange(typed);
          }}
        />
        <Hint about="a predicate">
          <p>
            Compare columns: <code>plan == 'free'</code>, <code>age {'>='} 30</code>,{' '}
            <code>lang in ('de', 'fr')</code>, <code>input contains 'refund'</code>,{' '}
            <code>input matches '^Why'</code>, <code>owner is missing</code>, <code>length(input)</code>,{' '}
            <code>words(input)</code>; joined by <code>and</code>, <code>or</code>, <code>not</code>. The same
            text can stand in slicewise.yaml as <code>where</code>.
          </p>
          <p>
            Columns:{' '}
            {(facts?.columns ?? []).slice(0, NAMED).map(({ name }, i) => (
              <span key={name}>
                {i === 0 ? '' : ', '}
                <HostileText text={name} most={60} />
              </span>
            ))}
            {(facts?.columns.length ?? 0) > NAMED ? ' and more' : ''}
          </p>
        </Hint>
      </span>
      {isWrong ? <Wrong id={`${id}-problem`} text={value} problem={problem} /> : null}
    </div>
  );
}

/** The predicate with the place marked, and what is wrong there. */
function Wrong({
  id,
  text,
  problem: { message, hint, line, column },
}: {
  readonly id: string;
  readonly text: string;
  readonly problem: PredicateProblem;
}) {
  const at = offsetOf(text, line, column);
  const rest = text.slice(at);
  const word = /^(?:\w+|\W)/u.exec(rest)?.[0] ?? '';
  return (
    <div id={id} className="predicate-problem" role="alert">
      <code className="predicate-place">
        <HostileText text={text.slice(Math.max(0, at - 60), at)} />
        <mark>{word === '' ? '⟨end⟩' : <HostileText text={word} />}</mark>
        <HostileText text={rest.slice(word.length, word.length + 60)} />
      </code>
      <p>
        <HostileText text={message} />
        {hint === null ? null : (
          <>
            . <HostileText text={hint} />
          </>
        )}
      </p>
    </div>
  );
}

function offsetOf(text: string, line: number | null, column: number | null): number {
  const before = text.split('\n').slice(0, Math.max(0, (line ?? 1) - 1));
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, start + Math.max(0, (column ?? 1) - 1));
}
