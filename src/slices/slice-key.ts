/** Names and order of slices: stable, unambiguous, independent of row order and locale. */

import { compareText } from './compare-text.ts';
import type { SliceKey, SliceState } from './grouping.ts';

const STATE_ORDER: Readonly<Record<SliceState, number>> = { value: 0, missing: 1, untagged: 2, changed: 3 };

/**
 * The order of slices everywhere: grouping id, then state (value, missing, untagged, changed), then value; texts by code point.
 *
 * @example compareSliceKeys({ grouping: 'a', state: 'value', value: 'z' }, { grouping: 'a', state: 'missing', value: '' }) // -1
 */
export function compareSliceKeys(a: SliceKey, b: SliceKey): number {
  return (
    compareText(a.grouping, b.grouping) ||
    Math.sign(STATE_ORDER[a.state] - STATE_ORDER[b.state]) ||
    compareText(a.value, b.value)
  );
}

/**
 * The id of a slice in reports, waivers and the ledger: `metric/grouping=value`, or `metric/grouping/state` for the rest.
 * In metric and grouping `%`, `/` and `=` are written `%25`, `%2F` and `%3D`; the value keeps its spelling, so that no two
 * slices share an id.
 *
 * @example sliceId('passRate', { grouping: 'customer', state: 'value', value: 'refund_flow' }) // 'passRate/customer=refund_flow'
 * @example sliceId('passRate', { grouping: 'customer', state: 'missing', value: '' }) // 'passRate/customer/missing'
 */
export function sliceId(
  metric: string,
  key: { readonly grouping: string; readonly state: SliceState | 'ignored'; readonly value: string },
): string {
  const name = `${escapeName(metric)}/${escapeName(key.grouping)}`;
  return key.state === 'value' ? `${name}=${key.value}` : `${name}/${key.state}`;
}

function escapeName(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F').replaceAll('=', '%3D');
}
