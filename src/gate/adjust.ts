/** Corrects the p-values of all gated slices for their number. */

import type { Multiplicity } from '../config/index.ts';
import type { LossTest } from '../evidence/index.ts';
import { benjaminiHochberg, benjaminiYekutieli, holm, minPDiscrete, tarone } from '../stats/index.ts';

/** One hypothesis of a family: "this slice is no worse". */
export interface Hypothesis {
  readonly test: LossTest;
  /** From joint resampling, where the family needs it. */
  readonly joint: { readonly pValue: number; readonly adjusted: number } | null;
}

export interface AdjustedP {
  readonly pValue: number | null;
  readonly adjusted: number | null;
  readonly holm: number | null;
}

/** How the p-values were combined, in words for the report. */
export interface Adjustment {
  readonly values: readonly AdjustedP[];
  readonly method: string;
}

/**
 * Adjusts one family. Step-down discrete min-P by default: in closed form where slices are disjoint, from joint sign flips
 * where they overlap. Slices that overlap without joint resampling fall back to Holm, which holds under any dependence.
 *
 * @param disjoint whether no case is in two slices of the family
 * @param alpha the family's budget, which Tarone's factor depends on
 */
export function adjustFamily(
  family: readonly Hypothesis[],
  method: Multiplicity,
  disjoint: boolean,
  alpha: number,
): Adjustment {
  const p = family.map(({ test, joint }) => joint?.pValue ?? test.pValue);
  const holmValues = holm(p);
  const adjusted = (values: readonly (number | null)[], name: string): Adjustment => ({
    method: name,
    values: p.map((pValue, i) => ({ pValue, adjusted: values[i], holm: holmValues[i] })),
  });
  switch (method) {
    case 'holm':
      return adjusted(holmValues, 'Holm');
    case 'bh':
      return adjusted(benjaminiHochberg(p), 'Benjamini-Hochberg');
    case 'by':
      return adjusted(benjaminiYekutieli(p), 'Benjamini-Yekutieli');
    case 'none':
      return adjusted(p, 'none');
    case 'tarone': {
      const { k, testable } = tarone(
        family.map(({ test }) => smallestAttainable(test)),
        alpha,
      );
      return adjusted(
        p.map((value, i) => (value === null ? null : testable[i] ? Math.min(1, value * k) : 1)),
        `Tarone (factor ${k})`,
      );
    }
    case 'min-p': {
      if (family.length > 0 && family.every(({ joint }) => joint !== null)) {
        return adjusted(
          family.map(({ joint }) => joint?.adjusted ?? null),
          'step-down min-P, joint sign flips',
        );
      }
      if (!disjoint) return adjusted(holmValues, 'Holm (overlapping slices without joint resampling)');
      return adjusted(
        minPDiscrete(p.map((value, i) => ({ p: value, attainable: family[i].test.attainable }))),
        'step-down discrete min-P',
      );
    }
  }
}

/** The smallest p-value a test can give: the smallest t with any mass below it, found by halving the exponent. */
export function smallestAttainable({ attainable }: Pick<LossTest, 'attainable'>): number {
  for (let t = 1; t > 1e-300; t /= 2) {
    const below = attainable(t);
    if (below === 0) return t * 2;
    t = Math.min(t, below);
  }
  return 1e-300;
}
