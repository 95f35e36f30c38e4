/** B-13: dimensions that must stay equal, such as language, judged by the largest gap between two of their values. */

import type { ValueGap } from '../../discovery/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Check, type EqualGap, finding, percent, plural } from '../check.ts';

const ID = 'equal-dimensions';

export const equalDimensions: Check = {
  kind: 'evaluation',
  practice: 'B-13',
  missing: ({ equal }) =>
    equal === null || equal === undefined ? 'a pass rate and equal: [COLUMN] in slicewise.yaml' : null,
  run: ({ equal }) =>
    (equal ?? []).flatMap((entry) =>
      entry.gap.state === 'review' ? [breach(entry)] : entry.gap.state === 'equal' ? [] : [undecided(entry)],
    ),
};

function breach({ gap, margin, metric }: EqualGap) {
  const [first] = gap.breaches;
  const more = gap.breaches.length - 1;
  return finding({
    check: ID,
    kind: 'evaluation',
    verdict: 'REVIEW',
    slice: sliceId(metric, { grouping: gap.id, state: 'value', value: first!.low }),
    estimate: first!.gap,
    reason: `${gap.id} must stay equal, and ${gapText(first!)}; the margin is ${percent(margin)}${more > 0 ? `; ${plural(more, 'more pair')} beyond it` : ''}`,
    remedy: `look at the lost cases of '${first!.low}', or accept a larger gap with equal: [{ column: ${JSON.stringify(gap.id)}, margin: ... }]`,
    method: first!.gap.method,
    source: 'B-13',
  });
}

function undecided({ gap, margin, metric }: EqualGap) {
  const { largest } = gap;
  return finding({
    check: ID,
    kind: 'evaluation',
    slice:
      largest === null ? null : sliceId(metric, { grouping: gap.id, state: 'value', value: largest.low }),
    estimate: largest?.gap ?? null,
    reason:
      largest === null
        ? `${gap.id} must stay equal, and cannot be compared: ${gap.state}`
        : `whether ${gap.id} stays equal is open: ${gapText(largest)}; the margin is ${percent(margin)}`,
    remedy: 'more cases of the values that differ would settle it',
    method: largest?.gap.method ?? null,
    source: 'B-13',
  });
}

function gapText({ high, low, gap }: ValueGap): string {
  const size = percent(gap.estimate ?? 0);
  return `'${low}' lies ${size} below '${high}' (${percent(gap.lower ?? 0)} to ${percent(gap.upper ?? 0)}, corrected for all pairs)`;
}
