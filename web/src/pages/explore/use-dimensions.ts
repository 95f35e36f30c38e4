/** The dimensions: those at hand at once, all of them as soon as they are read. */

import { useMemo } from 'react';
import { useSource, useStudio } from '../../data/hooks.ts';

/** @param metric empty for the first @param where empty for no condition */
export function useDimensions(metric: string, where: string) {
  const { kind } = useSource();
  const asked = useMemo(
    () => ({ metric: metric === '' ? null : metric, where: where === '' ? null : where }),
    [metric, where],
  );
  const first = useStudio('explore-dimensions', { ...asked, depth: 'first' });
  const isMore = first.data !== undefined && first.data.pending.length > 0;
  const all = useStudio('explore-dimensions', { ...asked, depth: 'all' }, { enabled: isMore });
  const isAll = isMore && all.data !== undefined && !all.isPlaceholderData && all.error === null;
  // A file answers at once, and holds counts for one of the two alone.
  const isWaiting = kind === 'embedded' && isMore && all.isPending && all.error === null;
  const scope = useMemo(
    () => ({ ...asked, depth: isAll ? ('all' as const) : ('first' as const) }),
    [asked, isAll],
  );
  return {
    dimensions: first,
    data: isWaiting ? undefined : isAll ? all.data : first.data,
    scope,
  };
}
