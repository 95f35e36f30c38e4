/** Rates weighted by a column, such as each case's share of production traffic; shown, never gated. */

import type { Policy } from '../config/index.ts';
import type { UnitTable } from '../counts/index.ts';
import { type Estimate, weightedWilsonInterval } from '../stats/index.ts';

/** Both runs' weighted pass rates over the cases that have a value, with intervals from the effective number of cases. */
export function weightedRates(
  units: UnitTable,
  { level }: Policy,
): { readonly baseline: Estimate | null; readonly candidate: Estimate | null } {
  const rate = (values: Float64Array): Estimate | null => {
    let successWeight = 0;
    let weight = 0;
    let squaredWeight = 0;
    let cases = 0;
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i])) continue;
      successWeight += values[i] * units.weight[i];
      weight += units.weight[i];
      squaredWeight += units.weight[i] ** 2;
      cases++;
    }
    if (!(weight > 0)) return null;
    // The interval rests on the effective n, which is no whole number; readers are told of the cases.
    return { ...weightedWilsonInterval({ successWeight, weight, squaredWeight }, level), n: cases };
  };
  return { baseline: rate(units.baseline), candidate: rate(units.candidate) };
}
