/** Slices that contain this one, lie inside it, or hold exactly the same cases. */

import { Link } from '@tanstack/react-router';
import type { RelatedSlice, SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { changeIn } from '../../format/units.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';

export function SliceRelations({ answer }: { readonly answer: SliceAnswer }) {
  const { parents, children, sameCasesAs, metric } = answer;
  if (parents.total + children.total + sameCasesAs.length === 0) return null;
  const list = (title: string, slices: readonly RelatedSlice[], total: number) =>
    total === 0 ? null : (
      <>
        <p className="label">{title}</p>
        <ul className="related">
          {slices.map((slice) => (
            <li key={slice.name}>
              {slice.id === null ? (
                <HostileText text={slice.name} most={120} />
              ) : (
                <Link
                  to="."
                  search={((before: object) => ({ ...before, slice: slice.id })) as never}
                  resetScroll={false}
                >
                  <HostileText text={slice.name} most={120} />
                </Link>
              )}{' '}
              {slice.n === null ? null : (
                <span className="muted">
                  n {countText(slice.n)}
                  {slice.delta === null ? '' : `, ${changeIn(metric, slice.delta)}`}
                </span>
              )}{' '}
              {slice.verdict === null ? null : <VerdictBadge verdict={slice.verdict} />}
            </li>
          ))}
          {total > slices.length ? (
            <li className="muted">and {countText(total - slices.length)} more</li>
          ) : null}
        </ul>
      </>
    );
  return (
    <section aria-label="Related slices">
      <h3>Related slices</h3>
      {list('Exactly the same cases', sameCasesAs, sameCasesAs.length)}
      {list('Contain it', parents.shown, parents.total)}
      {list('Inside it', children.shown, children.total)}
    </section>
  );
}
