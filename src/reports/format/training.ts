/** How the share of a slice in the training data is worded; nothing is concluded from it. */

import { type SliceReport, sliceLabel } from '../../gate/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { formatCount } from './numbers.ts';
import { formatDelta, scaleOf } from './scale.ts';

/**
 * The mix of one slice; empty where no training data say.
 *
 * @example trainingOf(slice) // 'training mix 12.0% -> 31.0% (of 1,000 -> 1,200 rows)'
 */
export function trainingOf({ train }: SliceReport): string {
  if (train === undefined || (train.baseline === null && train.candidate === null)) return '';
  const share = (one: Estimate | null) =>
    one === null || one.estimate === null ? '?' : `${(one.estimate * 100).toFixed(1)}%`;
  const rows = (one: Estimate | null) => (one === null ? '?' : formatCount(one.n));
  return `training mix ${share(train.baseline)} -> ${share(train.candidate)} (of ${rows(train.baseline)} -> ${rows(train.candidate)} rows)`;
}

/** The mix of every slice that has one, beside its delta; of each slice once, whatever the metrics. */
export function trainingRows(
  slices: readonly SliceReport[],
): readonly { readonly name: string; readonly text: string }[] {
  const seen = new Set<string>();
  return slices.flatMap((slice) => {
    const mix = slice.role === 'gated' ? trainingOf(slice) : '';
    const name = sliceLabel(slice, false);
    if (mix === '' || seen.has(name)) return [];
    seen.add(name);
    const scale = scaleOf(slice.metric);
    const delta = slice.delta === null ? '' : `; delta ${formatDelta(scale, slice.delta)}${scale.unit}`;
    return [{ name, text: `${mix}${delta}` }];
  });
}
