/** Chooses all cases or one slice. */

import type { ClassSlice } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { Select } from '../../ui/controls.tsx';
import { shortened } from '../../ui/foreign-name.ts';

/** Slices that the list holds; others are reached from the slices page. */
const MOST = 400;
/** Code points of a name in the list. */
const LONGEST = 60;

/** @param value id of the slice; empty for all cases */
export function SliceChooser({
  slices,
  value,
  onChange,
}: {
  readonly slices: readonly ClassSlice[];
  readonly value: string;
  readonly onChange: (slice: string) => void;
}) {
  const listed = slices.filter(({ id }, at) => at < MOST || id === value);
  const unknown = value !== '' && !slices.some(({ id }) => id === value);
  return (
    <Select
      label="Cases"
      value={value}
      choices={[
        { value: '', label: 'All cases' },
        ...(unknown ? [{ value, label: shortened(value, LONGEST) }] : []),
        ...listed.map(({ id, dimension, value: own, cases, gated }) => ({
          value: id,
          label: `${shortened(`${dimension} = ${own}`, LONGEST)} (${countText(cases)}${gated ? '' : ', not gated'})`,
        })),
      ]}
      onChange={onChange}
    />
  );
}
