/** How a slice is defined: as the predicate that slicewise.yaml takes, and as SQL for elsewhere. */

import { Link } from '@tanstack/react-router';
import type { SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { useHasPage } from '../../data/use-has-page.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';

export function SliceDefinition({ answer: { definition } }: { readonly answer: SliceAnswer }) {
  const { predicate, sql, why, dimension } = definition;
  const hasExplore = useHasPage('/explore');
  return (
    <section aria-label="Definition">
      <h3>Definition</h3>
      {dimension === null ? null : (
        <p className="muted">
          <HostileText text={dimension} most={600} />
        </p>
      )}
      {predicate === null ? null : (
        <>
          <p className="label">
            Predicate, for <code>where:</code> and <code>--where</code>
          </p>
          <Copyable text={predicate} what="the predicate" />
          {!hasExplore ? null : (
            <p>
              <Link className="button" to="/explore" search={{ where: predicate } as never}>
                Explore these cases
              </Link>
            </p>
          )}
        </>
      )}
      {sql === null ? null : (
        <>
          <p className="label">SQL, for a WHERE clause</p>
          <Copyable text={sql} what="the SQL" />
        </>
      )}
      {why === null ? null : <p className="muted">{`${why[0]?.toUpperCase()}${why.slice(1)}.`}</p>}
    </section>
  );
}
