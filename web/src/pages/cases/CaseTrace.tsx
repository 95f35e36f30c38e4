/** Turns and tool calls of both runs side by side, with the first place where they part. */

import { useRef, useState } from 'react';
import type { CaseAnswer, CaseTraceAnswer, TraceSide } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { TraceRowView } from './TraceRowView.tsx';
import type { TrialPair } from './trial-pairs.ts';

type Aligned = Extract<CaseTraceAnswer, { readonly state: 'aligned' }>;

export interface CaseTraceProps {
  readonly answer: CaseAnswer;
  readonly pair: TrialPair;
  /** Whether a trace that is only offered was asked for. */
  readonly isAsked: boolean;
  readonly onAsk: () => void;
}

export function CaseTrace({ answer, pair, isAsked, onAsk }: CaseTraceProps) {
  const isShown = isAsked || answer.trace === 'shown';
  const { data, error, refetch } = useStudio(
    'case-trace',
    { ref: answer.ref, trial: pair.label },
    { enabled: isShown },
  );
  if (!isShown) {
    return (
      <p>
        <button type="button" className="button" onClick={onAsk}>
          Read the transcript
        </button>{' '}
        <span className="muted">System prompt, thoughts and turns, out of the run's own file.</span>
      </p>
    );
  }
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={360} what="Aligning the steps of both runs" />;
  if (data.state === 'none') {
    return data.why.map((why) => (
      <p key={why} className="muted">
        <HostileText text={why} />
      </p>
    ));
  }
  return <Rows key={pair.label} trace={data} hasBaseline={answer.hasBaseline} />;
}

/** Rows shown at first; the parting is always among them. */
const FIRST = 40;

function Rows({ trace, hasBaseline }: { readonly trace: Aligned; readonly hasBaseline: boolean }) {
  const { rows, divergence, callDivergence } = trace;
  const [most, setMost] = useState(Math.max(FIRST, (callDivergence ?? divergence ?? 0) + 10));
  const list = useRef<HTMLOListElement>(null);
  const goTo = (index: number) => {
    const row = list.current?.children[index];
    if (!(row instanceof HTMLElement)) return;
    row.scrollIntoView({ block: 'center' });
    row.focus({ preventScroll: true });
  };
  useShortcuts('This case', [
    ...(divergence === null ? [] : [{ keys: 'd', does: 'first divergence', run: () => goTo(divergence) }]),
    ...(callDivergence === null
      ? []
      : [{ keys: 'f', does: 'first different call of a tool', run: () => goTo(callDivergence) }]),
  ]);
  return (
    <div className="trace">
      <div className="trace-head">
        <p>
          {hasBaseline
            ? `${countOf(trace.before?.steps ?? 0, 'step')} before, ${countText(trace.after?.steps ?? 0)} after. `
            : `${countOf(trace.after?.steps ?? 0, 'step')}. `}
          {divergence === null ? (
            samenessOf(trace)
          ) : (
            <button type="button" className="button quiet" onClick={() => goTo(divergence)}>
              They part at row {divergence + 1}
            </button>
          )}
          {callDivergence === null ? null : (
            <button type="button" className="button quiet" onClick={() => goTo(callDivergence)}>
              First different call at row {callDivergence + 1}
            </button>
          )}
        </p>
        {hasBaseline ? <Side side={trace.before} name="before" /> : null}
        <Side side={trace.after} name={hasBaseline ? 'after' : ''} />
      </div>
      <ol className="trace-rows" ref={list}>
        {rows.slice(0, most).map((row, i) => (
          <li
            key={i}
            tabIndex={i === divergence || i === callDivergence ? -1 : undefined}
            className={`trace-row ${row.kind}${i === divergence ? ' parting' : ''}`}
          >
            {i === divergence ? <p className="trace-parting">First divergence</p> : null}
            {i === callDivergence ? <p className="trace-parting">First different call</p> : null}
            <TraceRowView row={row} hasBaseline={hasBaseline} />
          </li>
        ))}
      </ol>
      {rows.length > most ? (
        <button type="button" className="button" onClick={() => setMost(most + 200)}>
          Show {countText(Math.min(200, rows.length - most))} of {countText(rows.length - most)} more rows
        </button>
      ) : null}
      {trace.omitted > 0 ? (
        <p className="muted">{countOf(trace.omitted, 'later step')} not compared.</p>
      ) : null}
    </div>
  );
}

/** What is said where nothing parts; nothing of what was not compared. */
function samenessOf({ before, after, omitted, rows }: Aligned): string {
  if ((before?.steps ?? 0) === 0 || (after?.steps ?? 0) === 0) return '';
  if (omitted > 0) return 'The same as far as they were compared.';
  return rows.every(({ kind }) => kind === 'same')
    ? 'Both did the same.'
    : 'Both did the same; their thoughts differ.';
}

/** Where the steps of a run were read, what is missing, and where to look at them at their source. */
function Side({ side, name }: { readonly side: TraceSide | null; readonly name: string }) {
  if (side === null) return null;
  const { from, notes, link, id } = side;
  return (
    <div className="trace-side muted">
      {from === null ? null : (
        <span>
          {name === '' ? 'Read' : `Read ${name}`} from <HostileText text={from} most={300} />.
        </span>
      )}
      {notes.map((note) => (
        <span key={note}>
          {from === null && name !== '' ? `${name}: ` : ''}
          <HostileText text={note} />
        </span>
      ))}
      {link === null ? null : (
        <a href={link} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
          Source trace {name}
        </a>
      )}
      {id === null || link !== null ? null : (
        <span className="trace-id">
          <HostileText text={id.column} most={40} /> {name}:{' '}
          <Copyable text={id.text} what={`the ${id.column} ${name}`.trim()} />
        </span>
      )}
    </div>
  );
}
