/** The cases that a slice lost and gained, with what the two runs answered. */

import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { CasesLink } from './CasesLink.tsx';

type Listed = SliceAnswer['lost'];

const AT_FIRST = 5;

export function SliceCases({ answer }: { readonly answer: SliceAnswer }) {
  const { lost, gained, row, hasBaseline } = answer;
  if (!hasBaseline) return null;
  return (
    <section aria-label="Cases that changed">
      <h3>
        {countText(lost.total)} lost, {countText(gained.total)} gained
      </h3>
      {lost.total + gained.total === 0 ? (
        <p className="muted">No case of this slice flipped.</p>
      ) : (
        <>
          <CaseList id={row.id} name="lost" cases={lost} />
          <CaseList id={row.id} name="gained" cases={gained} />
        </>
      )}
    </section>
  );
}

function CaseList({
  id,
  name,
  cases,
}: {
  readonly id: string;
  readonly name: 'lost' | 'gained';
  readonly cases: Listed;
}) {
  const [all, setAll] = useState(name === 'lost' && cases.total <= AT_FIRST * 2);
  if (cases.total === 0) return null;
  const shown = cases.shown.slice(0, all ? cases.shown.length : name === 'lost' ? AT_FIRST : 0);
  const left = cases.shown.length - shown.length;
  return (
    <div className="slice-cases">
      {shown.length === 0 ? null : (
        <ol>
          {shown.map((one) => (
            <li key={one.id}>
              <Link to="/cases" search={{ slice: id, case: one.id } as never} className={name}>
                <span aria-hidden="true">{name === 'lost' ? '▼ ' : '▲ '}</span>
                <span className="visually-hidden">{name}: </span>
                <HostileText text={one.id} most={120} />
              </Link>
              {one.record === null || one.record.comparisons === 0 ? null : (
                <span className="muted">
                  {' '}
                  flipped in {countText(one.record.flipped)} of{' '}
                  {countOf(one.record.comparisons, 'earlier comparison')}
                </span>
              )}
              {one.input === null ? null : (
                <div className="case-text">
                  <HostileText text={one.input} most={160} />
                </div>
              )}
              {one.baselineOutput === null && one.candidateOutput === null ? null : (
                <div className="case-text muted">
                  <HostileText text={one.baselineOutput ?? '–'} most={120} />{' '}
                  <span aria-hidden="true">→</span>
                  <span className="visually-hidden">became</span>{' '}
                  <HostileText text={one.candidateOutput ?? '–'} most={120} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      <p className="toolbar">
        {left > 0 ? (
          <button type="button" className="button" onClick={() => setAll(true)}>
            Show {countText(left)} {shown.length > 0 ? 'more ' : ''}
            {name} here
          </button>
        ) : null}
        <CasesLink id={id} flip={name} label={`Open the ${countText(cases.total)} ${name} side by side`} />
      </p>
    </div>
  );
}
