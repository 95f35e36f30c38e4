/** A-4: slices that look level because the results differ along a dimension that nobody gates on. */

import type { RankedDimension } from '../../discovery/index.ts';
import { type Grouping, sliceId } from '../../slices/index.ts';
import { type Check, finding, percent, plural } from '../check.ts';

export const wrongDimension: Check = {
  kind: 'evaluation',
  practice: 'A-4',
  missing: ({ dimensions }) =>
    dimensions === null
      ? 'a pass rate and a dimension beside the gated one, such as an input, whose length is one'
      : null,
  run: ({ dimensions }) => {
    if (dimensions === null) return [];
    const { ranking, groupings, metric } = dimensions;
    return ranking.dimensions
      .filter(({ proposed }) => proposed)
      .map((dimension) => {
        const { id, omegaSquared, worst } = dimension;
        return finding({
          check: 'wrong-dimension',
          kind: 'evaluation',
          slice: worst && sliceId(metric, { grouping: id, state: 'value', value: worst.label }),
          estimate: omegaSquared,
          reason: reasonOf(dimension),
          remedy: `gate on it from the next data on: ${declarationOf(groupings.get(id))}`,
          method: omegaSquared.method,
          source: 'A-4',
        });
      });
  },
};

function reasonOf({ id, omegaSquared, worst, lead }: RankedDimension): string {
  const own = omegaSquared.estimate ?? 0;
  const than = lead?.over == null ? '' : ` (${lead.over}: ${percent(Math.max(0, own - lead.estimate))})`;
  const lowest =
    worst?.rate.estimate == null
      ? ''
      : `; lowest is ${worst.label} with ${percent(worst.rate.estimate)} of ${plural(worst.rate.n, 'case')}`;
  return `${id} is not gated and explains ${percent(own)} of how cases differ${than}${lowest}`;
}

/** How the dimension is declared: a flag, or an entry of `slices:`. */
function declarationOf(grouping: Grouping | undefined): string {
  if (grouping?.kind !== 'bins') return `--slice ${JSON.stringify(grouping?.id ?? '')}`;
  const { column, of, edges } = grouping;
  const cut = `column: ${JSON.stringify(column)}, ${of === 'number' ? '' : `unit: ${of}, `}edges: [${edges.join(', ')}]`;
  return `slices: [{ ${of === 'number' ? 'bins' : 'length'}: { ${cut} } }] in slicewise.yaml`;
}
