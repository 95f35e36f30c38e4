/** Notes of a report: things a reader should know that decide nothing. */

import type { Scope } from '../scope/index.ts';
import { grouped } from './numbers.ts';
import type { ReportCounts, SliceReport } from './report.ts';

/** So many slices cost each of them power; families of slices win it back. */
const MANY_SLICES = 40;

/** Suggests families where many slices share one budget. */
export function familyNotes({ slices }: ReportCounts, { groupings }: Scope): string[] {
  if (slices <= MANY_SLICES || groupings.some(({ familyOf }) => familyOf !== null)) return [];
  return [
    `${grouped(slices)} slices are gated: above ${MANY_SLICES}, families of slices (slices: families, in slicewise.yaml) see smaller losses`,
  ];
}

/** Says that a floor which no slice of either run reaches tells nothing about this release. */
export function floorNotes(slices: readonly SliceReport[]): string[] {
  const bars = slices.filter(({ role, floor, n }) => role === 'gated' && floor !== null && n > 0);
  const missed = bars.filter(({ baseline, candidate, floor, direction }) => {
    const below = (value: number | null | undefined) =>
      value != null && floor !== null && (direction === 'higher' ? value < floor : value > floor);
    return below(baseline?.estimate) && below(candidate?.estimate);
  });
  if (bars.length === 0 || missed.length < bars.length) return [];
  return [
    `no gated slice reaches its floor in either run: such a floor cannot tell a good candidate from a bad one`,
  ];
}
