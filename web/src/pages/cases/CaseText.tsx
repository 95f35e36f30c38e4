/** One text of a case: marked where it differs from the other run's, and read on where it is long. */

import { useMemo, useState } from 'react';
import type { CaseTextParams } from '../../../../src/studio/contract/index.ts';
import { useSource } from '../../data/hooks.ts';
import { countText } from '../../format/numbers.ts';
import { legible } from '../../ui/legible.ts';
import type { FoundText } from './trial-pairs.ts';
import { type DiffPart, diffTexts } from './word-diff.ts';

export interface CaseTextProps {
  readonly found: FoundText;
  /** The other run's text, to mark differences; null for none. */
  readonly other: FoundText | null;
  /** Whether this is the candidate's. */
  readonly isAfter?: boolean;
  readonly place: Omit<CaseTextParams, 'from'>;
}

export function CaseText({ found, other, isAfter = false, place }: CaseTextProps) {
  const [more, setMore] = useState('');
  const text = found.text + more;
  const left = found.length - text.length;
  const diff = useMemo(() => {
    if (other === null) return null;
    return isAfter ? diffTexts(other.text, found.text) : diffTexts(found.text, other.text);
  }, [found.text, other, isAfter]);
  const parts: readonly DiffPart[] =
    diff === null ? [{ text: found.text, differs: false }] : isAfter ? diff.after : diff.before;
  const Mark = isAfter ? 'ins' : 'del';
  return (
    <div className="case-text">
      <div className="case-text-body hostile-block">
        <bdi>
          {found.length === 0 ? <span className="muted">empty text</span> : null}
          {parts.map(({ text: part, differs }, i) =>
            differs ? <Mark key={i}>{legible(part)}</Mark> : <span key={i}>{legible(part)}</span>,
          )}
          {legible(more)}
        </bdi>
      </div>
      {diff !== null && diff.by !== 'words' ? (
        <p className="muted">
          {diff.by === 'lines'
            ? 'Compared line by line, words where few lines changed.'
            : 'Too long to mark what differs.'}
        </p>
      ) : null}
      {left > 0 ? (
        <More left={left} from={text.length} place={place} onMore={(part) => setMore(more + part)} />
      ) : null}
    </div>
  );
}

/** Reads on. Differences are marked in what came first. */
function More({
  left,
  from,
  place,
  onMore,
}: {
  readonly left: number;
  readonly from: number;
  readonly place: CaseTextProps['place'];
  readonly onMore: (part: string) => void;
}) {
  const source = useSource();
  const [state, setState] = useState<'idle' | 'reads' | 'failed'>('idle');
  const read = async () => {
    setState('reads');
    try {
      const answer = await source.ask('case-text', { ...place, from });
      // A part that begins earlier would repeat what is there.
      onMore(answer.text.slice(from - answer.from));
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <p className="case-more muted">
      <button type="button" className="button quiet" disabled={state === 'reads'} onClick={() => void read()}>
        {state === 'reads' ? 'Reading …' : 'Read on'}
      </button>{' '}
      {countText(left)} more characters, without marks
      {state === 'failed' ? '; they could not be read' : ''}
    </p>
  );
}
