/** Two texts side by side, with the words that differ marked. */

import { useMemo } from 'react';
import type { OverlapPairRow, PairSide } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { CaseLink } from '../../ui/CaseLink.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { legible } from '../../ui/legible.ts';
import { type DiffPart, diffTexts } from '../cases/word-diff.ts';

export function PairTexts({ pair: { left, right } }: { readonly pair: OverlapPairRow }) {
  const diff = useMemo(
    () => (left.text === null || right.text === null ? null : diffTexts(left.text.text, right.text.text)),
    [left, right],
  );
  return (
    <div className="health-pair">
      <PairText name="Case" side={left} parts={diff?.before ?? null} />
      <PairText
        name={right.caseId === null ? 'Row' : 'Other case'}
        side={right}
        parts={diff?.after ?? null}
        isAfter
      />
    </div>
  );
}

function PairText({
  name,
  side,
  parts,
  isAfter = false,
}: {
  readonly name: string;
  readonly side: PairSide;
  /** Null where one of the texts is not there. */
  readonly parts: readonly DiffPart[] | null;
  readonly isAfter?: boolean;
}) {
  const Mark = isAfter ? 'ins' : 'del';
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <p className="muted">
        {side.caseId === null ? <HostileText text={side.place ?? ''} /> : <CaseLink id={side.caseId} />}
        {side.label === null ? null : (
          <>
            {' '}
            label <HostileText text={side.label} most={200} />
          </>
        )}
      </p>
      {side.text === null ? (
        <p className="muted">The text is not there, as in a file of hashes.</p>
      ) : (
        <>
          <div className="hostile-block">
            <bdi>
              {(parts ?? [{ text: side.text.text, differs: false }]).map(({ text, differs }, at) =>
                differs ? <Mark key={at}>{legible(text)}</Mark> : <span key={at}>{legible(text)}</span>,
              )}
            </bdi>
          </div>
          {side.text.length > side.text.text.length ? (
            <p className="muted">Cut: the whole text has {countText(side.text.length)} characters.</p>
          ) : null}
        </>
      )}
    </section>
  );
}
