/** What a slice is called in a table: its value, then its column and what else is known of it. */

import type { SliceRow } from '../../../../src/studio/contract/index.ts';
import { MiddleCut } from '../../ui/MiddleCut.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { sliceName, valueName } from './reading.ts';

/** Of a name in the narrow table, where the verdict stands below it. */
const NARROW_TAIL = 10;

/**
 * @param withVerdict whether the verdict stands here too, where there is no column for it
 * @param withDimension whether rows of other dimensions stand beside it
 */
export function SliceLabel({
  row,
  withVerdict,
  withDimension,
}: {
  readonly row: SliceRow;
  readonly withVerdict: boolean;
  readonly withDimension: boolean;
}) {
  const { dimension, value, critical, owner, family, waiver, role } = row;
  const tags = [
    withDimension && value !== dimension ? dimension : null,
    critical ? 'critical' : null,
    role === 'shown' ? 'not gated' : null,
    family,
    owner === null ? null : `owner ${owner}`,
    waiver,
  ].filter((tag) => tag !== null);
  return (
    <span className="slice-label" title={[sliceName(row), ...tags].join(', ')}>
      <span className="slice-value">
        <MiddleCut text={valueName(row)} {...(withVerdict ? { tail: NARROW_TAIL } : {})} />
      </span>
      <span className="slice-tags muted">
        {withVerdict ? (
          <VerdictBadge verdict={row.verdict} grade={row.grade === 'undecided' ? row.grade : null} />
        ) : null}
        {tags.map((tag, i) => (
          <span key={tag}>
            {i > 0 || withVerdict ? ' · ' : ''}
            <bdi>{tag}</bdi>
          </span>
        ))}
      </span>
    </span>
  );
}
