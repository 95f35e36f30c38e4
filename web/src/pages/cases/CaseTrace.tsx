/** Turns and tool calls of both runs side by side, with the first place where they part. */

import { useRef, useState } from 'react';
import type {
  CaseAnswer,
  CaseTraceAnswer,
  TraceRow,
  TraceStep,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import type { TrialPair } from './trial-pairs.ts';

type Aligned = Extract<CaseTraceAnswer, { readonly state: 'aligned' }>;

export function CaseTrace({ answer, pair }: { readonly answer: CaseAnswer; readonly pair: TrialPair }) {
  const { data, error, refetch } = useStudio('case-trace', {
    ref: answer.ref,
    trial: pair.label,
  });
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={360} what="Aligning the steps of both runs" />;
  if (data.state === 'none') return <p className="muted">{data.why}</p>;
  return <Rows trace={data} hasBaseline={answer.hasBaseline} />;
}

/** Rows shown at first; the parting is always among them. */
const FIRST = 40;

function Rows({ trace, hasBaseline }: { readonly trace: Aligned; readonly hasBaseline: boolean }) {
  const { rows, divergence } = trace;
  const [most, setMost] = useState(Math.max(FIRST, (divergence ?? 0) + 10));
  const parting = useRef<HTMLLIElement>(null);
  const goToParting = () => {
    parting.current?.scrollIntoView({ block: 'center' });
    parting.current?.focus({ preventScroll: true });
  };
  useShortcuts(
    'This case',
    divergence === null ? [] : [{ keys: 'd', does: 'first divergence', run: goToParting }],
  );
  return (
    <div className="trace">
      <p className="trace-head">
        {hasBaseline
          ? `${countOf(trace.stepsBefore, 'step')} before, ${countText(trace.stepsAfter)} after. `
          : `${countOf(trace.stepsAfter, 'step')}. `}
        {divergence === null ? (
          hasBaseline && trace.stepsBefore > 0 && trace.stepsAfter > 0 ? (
            'Both did the same.'
          ) : (
            ''
          )
        ) : (
          <button type="button" className="button quiet" onClick={goToParting}>
            They part at row {divergence + 1}
          </button>
        )}{' '}
        <TraceLink url={trace.linkBefore} side="before" />
        <TraceLink url={trace.linkAfter} side="after" />
      </p>
      <ol className="trace-rows">
        {rows.slice(0, most).map((row, i) => (
          <li
            key={i}
            ref={i === divergence ? parting : undefined}
            tabIndex={i === divergence ? -1 : undefined}
            className={`trace-row ${row.kind}${i === divergence ? ' parting' : ''}`}
          >
            {i === divergence ? <p className="trace-parting">First divergence</p> : null}
            <Row row={row} hasBaseline={hasBaseline} />
          </li>
        ))}
      </ol>
      {rows.length > most ? (
        <button type="button" className="button" onClick={() => setMost(most + 200)}>
          Show {countText(Math.min(200, rows.length - most))} of {countText(rows.length - most)} more rows
        </button>
      ) : null}
      <p className="muted">
        Read from <HostileText text={trace.columns.join(', ')} most={200} />.
        {trace.omitted > 0 ? ` ${countOf(trace.omitted, 'later step')} not compared.` : ''}
      </p>
    </div>
  );
}

function TraceLink({ url, side }: { readonly url: string | null; readonly side: string }) {
  if (url === null) return null;
  return (
    <>
      <a href={url} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
        Source trace {side}
      </a>{' '}
    </>
  );
}

const KINDS = {
  same: { sign: '=', word: 'the same' },
  changed: { sign: '≠', word: 'different' },
  removed: { sign: '−', word: 'before only' },
  added: { sign: '+', word: 'after only' },
} as const;

function Row({ row, hasBaseline }: { readonly row: TraceRow; readonly hasBaseline: boolean }) {
  const { sign, word } = KINDS[row.kind];
  if (!hasBaseline) return <Step step={row.after} />;
  if (row.kind === 'same') {
    return (
      <div className="trace-one">
        <TraceMark sign={sign} word={word} />
        <Step step={row.after} />
      </div>
    );
  }
  return (
    <div className="trace-two">
      <TraceMark sign={sign} word={word} />
      <Step step={row.before} />
      <Step step={row.after} />
      {row.changes.length === 0 ? null : (
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
            {row.changes.map(({ path, before, after }) => (
              <tr key={path}>
                <th scope="row">
                  <code>
                    <HostileText text={path} most={120} />
                  </code>
                </th>
                <td>
                  {before === null ? (
                    <span className="muted">none</span>
                  ) : (
                    <del>
                      <HostileText text={before} most={400} />
                    </del>
                  )}
                </td>
                <td>
                  {after === null ? (
                    <span className="muted">none</span>
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
      )}
    </div>
  );
}

function TraceMark({ sign, word }: { readonly sign: string; readonly word: string }) {
  return (
    <span className="trace-mark">
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{word}</span>
    </span>
  );
}

function Step({ step }: { readonly step: TraceStep | null }) {
  if (step === null) return <div className="trace-step nothing muted">nothing here</div>;
  const { kind, role, tool, text, length } = step;
  const name = kind === 'call' ? 'calls' : kind === 'result' ? 'answer of' : role;
  return (
    <div className={`trace-step ${kind}`}>
      <p className="trace-name">
        {name}
        {tool === null ? null : (
          <>
            {' '}
            <code>
              <HostileText text={tool} most={80} />
            </code>
          </>
        )}
      </p>
      {text === '' ? (
        <span className="muted">nothing said</span>
      ) : (
        <HostileText text={text} most={600} block />
      )}
      {length > text.length ? <p className="muted">{countText(length)} characters in all</p> : null}
    </div>
  );
}
