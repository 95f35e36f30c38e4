/** Words that the lost cases of a slice have more often; read on demand, since it takes a pass over the inputs. */

import { useStudio } from '../../data/hooks.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { share } from './SliceCauses.tsx';

export function SliceWords({ id }: { readonly id: string }) {
  const { data, error, refetch, isPlaceholderData } = useStudio('slice-words', { id });
  return (
    <section aria-label="Words of the lost cases">
      <h3>Words over-represented</h3>
      {error !== null ? (
        <Failed error={error} retry={() => void refetch()} />
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
