/** Cases that ask nearly the same, as links. */

import { Link } from '@tanstack/react-router';
import type { CaseNeighbour } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { ClassBadge } from './case-class.tsx';

export interface CaseNeighboursProps {
  readonly caseRef: string;
  readonly metric: string;
  readonly hasBaseline: boolean;
  /** Looked for on demand: the inputs are read once more. */
  readonly isShown: boolean;
  readonly onShow: () => void;
}

export function CaseNeighbours({ caseRef, metric, hasBaseline, isShown, onShow }: CaseNeighboursProps) {
  const { data, error, refetch, isPlaceholderData } = useStudio(
    'case-neighbours',
    { ref: caseRef, metric },
    { enabled: isShown },
  );
  if (!isShown) {
    return (
      <p>
        <button type="button" className="button" onClick={onShow}>
          Find cases that ask nearly the same
        </button>
      </p>
    );
  }
  if (error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading height={280} what="Comparing inputs by their words" />;
  if (data.state === 'none') return <p className="muted">{data.why}</p>;
  return (
    <div className={isPlaceholderData ? 'case-neighbours busy' : 'case-neighbours'}>
      <div className="case-text-two">
        <Neighbours title="Passed in the candidate" found={data.passing} hasBaseline={hasBaseline} />
        <Neighbours title="Did not pass" found={data.failing} hasBaseline={hasBaseline} />
      </div>
      <p className="muted">
        By the words of the input (cosine of hashed TF-IDF) among{' '}
        {data.step === 1 ? 'all ' : `every ${data.step}th, `}
        {countOf(data.looked, 'row')} of the candidate.
      </p>
    </div>
  );
}

function Neighbours({
  title,
  found,
  hasBaseline,
}: {
  readonly title: string;
  readonly found: readonly CaseNeighbour[];
  readonly hasBaseline: boolean;
}) {
  return (
    <div>
      <h3>{title}</h3>
      {found.length === 0 ? <p className="muted">none that is near</p> : null}
      <ul className="case-near">
        {found.map(({ item, similarity }) => (
          <li key={item.ref}>
            <span className="number muted" title="similarity, at most 1">
              {similarity.toFixed(2)}
            </span>{' '}
            <ClassBadge of={item.class} hasBaseline={hasBaseline} />{' '}
            <Link to="/cases" search={{ case: item.ref, near: true } as never}>
              <HostileText text={item.id} most={80} />
            </Link>
            <div className="muted case-near-text">
              <HostileText text={item.input ?? 'no input text'} most={160} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
