/** One row of two aligned traces: the step of each run, marked where words or arguments differ. */

import { useMemo } from 'react';
import type { TraceRow, TraceStep } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { legible } from '../../ui/legible.ts';
import { type DiffPart, diffTexts } from './word-diff.ts';

const KINDS = {
  same: { sign: '=', word: 'the same' },
  changed: { sign: '≠', word: 'different' },
  removed: { sign: '−', word: 'before only' },
  added: { sign: '+', word: 'after only' },
} as const;

export function TraceRowView({
  row,
  hasBaseline,
}: {
  readonly row: TraceRow;
  readonly hasBaseline: boolean;
}) {
  const { before, after, changes } = row;
  const { sign, word } = KINDS[row.kind];
  const marks = useMemo(() => marksOf(row), [row]);
  if (!hasBaseline) return <Step step={after} />;
  if (row.kind === 'same') {
    return (
      <div className="trace-one">
        <TraceMark sign={sign} word={word} />
        <Step step={after} />
      </div>
    );
  }
  return (
    <div className="trace-two">
      <TraceMark sign={sign} word={word} />
      <Step step={before} side="Before" marked={marks?.before} />
      <Step step={after} side="After" marked={marks?.after} />
      {changes.length === 0 ? null : <Changes changes={changes} />}
    </div>
  );
}

/** Longer steps are shown in parts, without marks. */
const MOST_MARKED = 2_000;

/** The words that differ; arguments are told apart one by one instead. */
function marksOf({ kind, before, after }: TraceRow) {
  if (kind !== 'changed' || before === null || after === null || before.kind === 'call') return null;
  if (Math.max(before.length, after.length) > MOST_MARKED || before.text === '' || after.text === '')
    return null;
  return diffTexts(before.text, after.text);
}

function Changes({ changes }: Pick<TraceRow, 'changes'>) {
  return (
    <div className="trace-changes-place">
      <table className="plain-table trace-changes">
        <caption className="visually-hidden">Arguments that differ</caption>
        <thead>
          <tr>
            <th scope="col">Argument</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">
                <code>
                  <HostileText text={path} most={120} />
                </code>
              </th>
              <td>
                {before === null ? (
                  <None />
                ) : (
                  <del>
                    <HostileText text={before} most={400} />
                  </del>
                )}
              </td>
              <td>
                {after === null ? (
                  <None />
                ) : (
                  <ins>
                    <HostileText text={after} most={400} />
                  </ins>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function None() {
  return <span className="muted">none</span>;
}

function TraceMark({ sign, word }: { readonly sign: string; readonly word: string }) {
  return (
    <span className="trace-mark">
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{word}</span>
    </span>
  );
}

interface StepProps {
  readonly step: TraceStep | null;
  /** Which run, where both stand apart. */
  readonly side?: 'Before' | 'After';
  /** The text with what differs. */
  readonly marked?: readonly DiffPart[] | undefined;
}

function Step({ step, side, marked }: StepProps) {
  const run = side === undefined ? null : <span className="trace-run">{side}: </span>;
  if (step === null) return <div className="trace-step nothing muted">{run}nothing here</div>;
  const { kind, tool, text, length, failed } = step;
  return (
    <div className={`trace-step ${kind}`}>
      <p className="trace-name">
        {run}
        {nameOf(step)}
        {tool === null ? null : (
          <>
            {' '}
            <code>
              <HostileText text={tool} most={80} />
            </code>
          </>
        )}
        {failed ? <strong className="trace-failed"> failed</strong> : null}
      </p>
      {text === '' ? (
        <span className="muted">{kind === 'call' ? 'no arguments' : 'nothing said'}</span>
      ) : marked === undefined ? (
        <HostileText text={text} most={600} block />
      ) : (
        <Marked parts={marked} isAfter={side === 'After'} />
      )}
      {length > text.length ? <p className="muted">{countText(length)} characters in all</p> : null}
    </div>
  );
}

function nameOf({ kind, role }: TraceStep): string {
  if (kind === 'call') return role === 'assistant' ? 'calls' : `${role} calls`;
  if (kind === 'result') return 'answer of';
  return kind === 'reasoning' ? `${role} thinks` : role;
}

function Marked({ parts, isAfter }: { readonly parts: readonly DiffPart[]; readonly isAfter: boolean }) {
  const Mark = isAfter ? 'ins' : 'del';
  return (
    <div className="hostile-block">
      <bdi>
        {parts.map(({ text, differs }, i) =>
          differs ? <Mark key={i}>{legible(text)}</Mark> : <span key={i}>{legible(text)}</span>,
        )}
      </bdi>
    </div>
  );
}
