/** Words that the lost cases of a slice have more often. It takes a pass over the inputs: of many cases only on demand. */

import { useState } from 'react';
import { useSource, useStudio } from '../../data/hooks.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Loading, PartFailed } from '../../ui/states.tsx';
import { share } from './SliceCauses.tsx';

/** With more cases than this in the comparison the inputs are read when somebody asks. */
const READ_AT_ONCE = 200_000;

export function SliceWords({ id }: { readonly id: string }) {
  const { data: status } = useStudio('status', {});
  const [wanted, setWanted] = useState('');
  const isSmall = status?.state === 'ready' && status.cases <= READ_AT_ONCE;
  const enabled = useSource().kind === 'embedded' || isSmall || wanted === id;
  const { data, error, refetch, isPlaceholderData } = useStudio('slice-words', { id }, { enabled });
  return (
    <section aria-label="Words of the lost cases">
      <h3>Words over-represented</h3>
      {error !== null && enabled ? (
        <PartFailed error={error} retry={() => void refetch()} />
      ) : !enabled ? (
        <button type="button" className="button" onClick={() => setWanted(id)}>
          Read the inputs of this slice
        </button>
      ) : data === undefined || isPlaceholderData ? (
        <Loading height={60} what="Reading the inputs" />
      ) : data.words === null ? (
        <p className="muted">{data.why}</p>
      ) : data.words.inSlice.length === 0 ? (
        <p className="muted">
          No word stands out in the inputs of the {countText(data.words.lost)} {data.words.what} cases against
          the other {countText(data.words.others)} of the slice.
        </p>
      ) : (
        <>
          <ul className="words">
            {data.words.inSlice.map(({ token, lost, others }) => (
              <li key={token}>
                <HostileText text={token} most={60} />{' '}
                <span className="muted">
                  {share(lost, data.words?.lost ?? 0)} {data.words?.what}, {countText(others)} of{' '}
                  {countText(data.words?.others ?? 0)} others
                </span>
              </li>
            ))}
          </ul>
          {data.words.step > 1 ? (
            <p className="muted">Counted in every {countText(data.words.step)}th case.</p>
          ) : null}
        </>
      )}
    </section>
  );
}
