/** The lost cases of one slice in reading order, one of them open with both answers. */

import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { FailingCase, FallenItem } from '../../../../src/studio/contract/index.ts';
import { countOf } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { CaseTags } from '../cases/CaseTags.tsx';
import { PutInQueue } from '../queues/PutInQueue.tsx';
import { FlipHistory } from './FlipHistory.tsx';
import { STANDINGS } from './review-view.ts';
import { WordDiff } from './WordDiff.tsx';

export function FailingCases({
  item,
  cases,
  omitted,
  open,
  onOpen,
}: {
  readonly item: FallenItem;
  readonly cases: readonly FailingCase[];
  /** Lost cases beyond those listed. */
  readonly omitted: number;
  readonly open: FailingCase | null;
  readonly onOpen: (id: string) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const id = open?.id ?? '';
  useEffect(() => {
    if (id === '') return;
    const [box, chosen] = [list.current, list.current?.querySelector('[aria-pressed="true"]')];
    if (!box || !chosen) return;
    // The list moves, the page stays where the reader has it.
    const [around, inside] = [box.getBoundingClientRect(), chosen.getBoundingClientRect()];
    if (inside.top < around.top) box.scrollTop -= around.top - inside.top;
    else if (inside.bottom > around.bottom) box.scrollTop += inside.bottom - around.bottom;
  }, [id]);
  if (item.slice === null) return <CheckAdvice item={item} />;
  if (cases.length === 0) {
    return (
      <p className="muted">
        No single case was lost: the verdict rests on the rate alone (a floor, a single run, or runs without
        common cases).
      </p>
    );
  }
  return (
    <div className="failing">
      <div>
        <ol ref={list} className="failing-list" aria-label="Lost cases, in reading order">
          {cases.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className="failing-case"
                aria-pressed={one.id === id}
                onClick={() => onOpen(one.id)}
              >
                <span className="failing-sign" title={STANDINGS[one.standing].text}>
                  {STANDINGS[one.standing].sign}
                </span>
                <HostileText text={one.id} most={80} />
                <span className="visually-hidden">, {STANDINGS[one.standing].text}</span>
                {one.standing === 'flaky' ? <span className="standing-flaky"> flaky</span> : null}
                {one.tags.length === 0 ? null : (
                  <span className="muted">
                    {' '}
                    <HostileText text={one.tags.join(', ')} most={60} />
                  </span>
                )}
              </button>
            </li>
          ))}
        </ol>
        <p className="muted">
          {countOf(cases.length, 'case')}, those that never flipped before first, flaky ones last
          {omitted > 0 ? (
            <>
              ; {countOf(omitted, 'more is', 'more are')} in{' '}
              <Link to="/cases" search={{ slice: item.target.id, flip: 'lost' } as never}>
                Cases
              </Link>
            </>
          ) : null}
          .
        </p>
        <details>
          <summary>Put them in a queue</summary>
          <PutInQueue caseIds={cases.map(({ id: one }) => one)} why={`lost in ${item.title}`.slice(0, 500)} />
        </details>
      </div>
      {open === null ? null : <OpenCase of={open} slice={item.target.id} />}
    </div>
  );
}

function OpenCase({ of, slice }: { readonly of: FailingCase; readonly slice: string }) {
  const [tagging, setTagging] = useState(false);
  return (
    <article className="failing-open" aria-label="The open case">
      <h3>
        <HostileText text={of.id} most={200} />
      </h3>
      <FlipHistory of={of} />
      {of.input === null ? null : (
        <>
          <h4>Input</h4>
          <HostileText text={of.input} block />
        </>
      )}
      <WordDiff before={of.before} after={of.after} />
      <p>
        <Link to="/cases" search={{ slice, case: of.id } as never}>
          Open the whole case: expected answer, trials, neighbours
        </Link>
      </p>
      <details open={tagging} onToggle={({ currentTarget }) => setTagging(currentTarget.open)}>
        <summary>
          Tag or comment this case{of.tags.length > 0 ? ` (${countOf(of.tags.length, 'tag')})` : ''}
        </summary>
        {tagging ? <CaseTags caseId={of.id} /> : null}
      </details>
    </article>
  );
}

function CheckAdvice({ item }: { readonly item: FallenItem }) {
  return (
    <div>
      <p>
        <HostileText text={item.reason} />
      </p>
      <p>
        What to do: <HostileText text={item.remedy} />
      </p>
      <p>
        <Link to="/findings">All findings</Link>
      </p>
    </div>
  );
}
