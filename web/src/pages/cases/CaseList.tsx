/** The cases under all conditions: a list of any length of which only what is in sight is drawn and asked for. */

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CaseItem } from '../../../../src/studio/contract/index.ts';
import { countOf, rateText, valueText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed } from '../../ui/states.tsx';
import { ClassBadge } from './case-class.tsx';
import type { CaseQuestion } from './cases-view.ts';
import { useCaseWindow } from './use-case-window.ts';
import { useLongList } from './use-long-list.ts';

/** Pixels of a row. */
const ROW = 62;

export interface CaseListProps {
  readonly question: CaseQuestion;
  readonly total: number;
  readonly hasBaseline: boolean;
  readonly isRate: boolean;
  /** The case that is open; empty for none. */
  readonly open: string;
  /** Whether the mark opens what it reaches: the case stands beside the list. */
  readonly opensAtOnce: boolean;
  readonly onOpen: (ref: string) => void;
  /** Whether the list is being made anew. */
  readonly isBusy: boolean;
}

/** j and k move wherever the focus is; in the list arrows, Home, End and Page keys move, Enter opens. */
export function CaseList(props: CaseListProps) {
  const { question, total, hasBaseline, open, opensAtOnce, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const key = useMemo(() => JSON.stringify(question), [question]);
  const list = useLongList(scroller, total, ROW, key);
  const window = useCaseWindow(question, list.first, list.end, total > 0);
  const [marked, setMarked] = useState(-1);
  const shownMark = useMemo(() => ({ key, at: -1 }), [key]);
  // The row of the open case becomes the mark as soon as it is seen.
  const openAt = rowsBetween(list.first, list.end).find((index) => window.at(index)?.ref === open) ?? -1;
  useEffect(() => {
    if (open !== '' && openAt >= 0) setMarked(openAt);
  }, [open, openAt]);
  useEffect(() => setMarked(shownMark.at), [shownMark]);
  const wanted = useRef(-1);
  const reach = (index: number) => {
    if (total === 0) return;
    const at = Math.max(0, Math.min(total - 1, index));
    setMarked(at);
    list.show(at);
    const item = window.at(at);
    wanted.current = opensAtOnce && item === undefined ? at : -1;
    if (opensAtOnce && item !== undefined) onOpen(item.ref);
  };
  // A case that was not known when the mark reached it opens when it comes.
  const late = wanted.current >= 0 ? window.at(wanted.current) : undefined;
  useEffect(() => {
    if (late === undefined) return;
    wanted.current = -1;
    onOpen(late.ref);
  }, [late, onOpen]);
  const openMarked = () => {
    const item = window.at(marked);
    if (item !== undefined) onOpen(item.ref);
  };
  useShortcuts('Cases', [
    { keys: 'j', does: 'next case', run: () => reach(marked + 1) },
    { keys: 'k', does: 'previous case', run: () => reach(Math.max(0, marked - 1)) },
  ]);
  const onKey = (event: KeyboardEvent) => {
    const to = MOVES[event.key]?.(marked, total, list.page);
    if (to !== undefined) reach(to);
    else if (event.key === 'Enter') openMarked();
    else return;
    event.preventDefault();
  };
  const isInSight = marked >= list.first && marked < list.end;
  return (
    <div className="case-list">
      <div
        ref={scroller}
        className={props.isBusy ? 'case-scroll busy' : 'case-scroll'}
        role="listbox"
        aria-label="Cases"
        aria-busy={props.isBusy}
        aria-activedescendant={isInSight ? `case-${marked}` : undefined}
        tabIndex={0}
        onScroll={list.onScroll}
        onKeyDown={onKey}
      >
        <div className="case-rows" role="presentation" style={{ height: list.height }}>
          {rowsBetween(list.first, list.end).map((index) => {
            const item = window.at(index);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and the keys of all its options
              <div
                key={index}
                tabIndex={-1}
                id={`case-${index}`}
                role="option"
                aria-posinset={index + 1}
                aria-setsize={total}
                aria-selected={item !== undefined && item.ref === open}
                aria-busy={item === undefined}
                className={index === marked ? 'case-row marked' : 'case-row'}
                style={{ height: ROW, transform: `translateY(${list.topOf(index)}px)` }}
                onClick={() => {
                  // The list keeps the focus: an option that scrolls away would take it along.
                  scroller.current?.focus({ preventScroll: true });
                  setMarked(index);
                  if (item !== undefined) onOpen(item.ref);
                }}
              >
                {item === undefined ? (
                  <span className="case-waits">
                    <span className="visually-hidden">Loading case {index + 1}</span>
                  </span>
                ) : (
                  <Row item={item} hasBaseline={hasBaseline} isRate={props.isRate} />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {/* Cases come from the studio as they are scrolled to: what is not there cannot be put on paper. */}
      {list.end - list.first >= total ? null : (
        <p className="only-printed">
          Printed: some of {countOf(total, 'case')}, those in sight. Scroll or filter the list to print
          others.
        </p>
      )}
      {window.error === null ? null : <Failed error={window.error} />}
    </div>
  );
}

const MOVES: Readonly<Record<string, (index: number, count: number, page: number) => number>> = {
  ArrowDown: (index) => index + 1,
  ArrowUp: (index) => index - 1,
  PageDown: (index, _, page) => index + page,
  PageUp: (index, _, page) => index - page,
  Home: () => 0,
  End: (_, count) => count - 1,
};

function rowsBetween(first: number, end: number): readonly number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function Row({
  item,
  hasBaseline,
  isRate,
}: {
  readonly item: CaseItem;
  readonly hasBaseline: boolean;
  readonly isRate: boolean;
}) {
  const trials = Math.max(item.trialsBefore, item.trialsAfter);
  return (
    <>
      <span className="case-row-head">
        <ClassBadge of={item.class} hasBaseline={hasBaseline} />
        {item.hasError ? (
          <span className="badge bad">
            <span aria-hidden="true">! </span>error
          </span>
        ) : null}
        <code className="case-id">
          <HostileText text={item.id} most={120} />
        </code>
        <span className="case-values number">
          {item.sorted === null ? null : (
            <span className="case-sorted">
              <HostileText text={item.sorted} most={40} />
            </span>
          )}
          {trials > 1 ? <span className="muted">{trials} trials </span> : null}
          <CaseValues {...{ item, hasBaseline, isRate }} />
        </span>
      </span>
      <span className="case-snippet muted">
        {item.input === null ? (
          'no input text'
        ) : (
          <HostileText text={item.input.replaceAll(/\s+/g, ' ')} most={200} />
        )}
        {item.inputIsCut ? '…' : ''}
      </span>
    </>
  );
}

/** The values of a case; passed and failed need no number. */
export function CaseValues({
  item: { before, after, class: name },
  hasBaseline,
  isRate,
}: {
  readonly item: Pick<CaseItem, 'before' | 'after' | 'class'>;
  readonly hasBaseline: boolean;
  readonly isRate: boolean;
}) {
  const isPlain = isRate && [before, after].every((value) => value === null || value === 0 || value === 1);
  if (isPlain && name !== 'edited') return null;
  const text = (value: number | null) => (isRate ? rateText(value) : valueText(value));
  return (
    <span>
      {hasBaseline ? `${text(before)} → ` : ''}
      {text(after)}
    </span>
  );
}
