/** Into which slices a loss is planted, to see which rules catch it. */

import { UsageError } from '../../errors.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import { nameSlice } from '../slice-name.ts';

/**
 * - `average`: each release has the loss in another slice, in turn.
 * - `smallest`: in the smallest slice that is gated at all.
 * - `chosen`: in the slice that was asked for.
 */
export type TargetKind = 'average' | 'smallest' | 'chosen';

/** Where the losses of one series of releases go. */
export interface Target {
  readonly kind: TargetKind;
  /** One slice, or all that take turns. */
  readonly slices: readonly SliceEvidence[];
}

/**
 * The series to simulate. Slices that never passed as much as the drop cannot lose it and are left out.
 *
 * @param chosen value of a gated slice, or null
 * @throws UsageError where no slice has that value, or it cannot lose that much
 */
export function targetsOf(tested: readonly SliceEvidence[], drop: number, chosen: string | null): Target[] {
  const able = tested.filter(({ baseline, candidate }) =>
    [baseline, candidate].every((side) => side === null || (side.estimate ?? 0) >= drop),
  );
  const inOrder = able.toSorted((a, b) => a.n - b.n || (nameSlice(a).id < nameSlice(b).id ? -1 : 1));
  const targets: Target[] = [];
  if (inOrder.length > 0) {
    targets.push({ kind: 'average', slices: inOrder }, { kind: 'smallest', slices: [inOrder[0]] });
  }
  if (chosen !== null) targets.push({ kind: 'chosen', slices: [sliceNamed(chosen, tested, able, drop)] });
  return targets;
}

function sliceNamed(
  value: string,
  tested: readonly SliceEvidence[],
  able: readonly SliceEvidence[],
  drop: number,
): SliceEvidence {
  const isMeant = (slice: SliceEvidence) => nameSlice(slice).value === value;
  const found = able.find(isMeant);
  if (found !== undefined) return found;
  if (tested.some(isMeant)) {
    throw new UsageError({
      message: `--slice-value ${value} passes less than ${drop} of its cases, so it cannot lose that much`,
      hint: 'choose a smaller --drop',
    });
  }
  const known = tested.map((slice) => nameSlice(slice).value);
  throw new UsageError({
    message: `--slice-value ${value} is no gated slice with enough cases`,
    hint: known.length > 0 ? `such slices are ${known.slice(0, 20).join(', ')}` : 'no slice has enough cases',
  });
}
