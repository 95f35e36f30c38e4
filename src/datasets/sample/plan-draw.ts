/** From what is asked for to how many each design draws: by number, margin of error, power, or what floors need. */

import { DataError, UsageError } from '../../errors.ts';
import { casesForMargin } from '../../sampling/index.ts';
import { casesNeeded } from '../../stats/index.ts';
import { type DrawPlan, designSizes, floorNeeds } from './draw-designs.ts';
import type { ExistingCases } from './existing-cases.ts';
import type { Population } from './population.ts';
import type { SampleRequest, WantedDesign } from './sample-request.ts';

/** Cases of a quality-control sample whose size nobody says. */
const USUAL_SIZE = 300;
/** Of the paired test that the drop is looked for with: level, and the share of cases that are won back meanwhile. */
const ALPHA = 0.05;
const GAINS = 0.03;

/** The plan with the reason for its floor. */
export interface PlannedDraw {
  readonly plan: DrawPlan;
  readonly floorReason: string | null;
}

/** The designs that are meant: those named, else strata where there are slice keys, else a simple random sample. */
export function wantedDesigns(
  { designs, secondPass }: Pick<SampleRequest, 'designs' | 'secondPass'>,
  hasKeys: boolean,
): readonly WantedDesign[] {
  if (designs.length > 0 && secondPass === null) return designs;
  return [{ name: hasKeys ? 'stratified' : 'random', size: null }];
}

/**
 * Plans a draw.
 *
 * @throws UsageError for a drop that no number of cases shows
 */
export function planDraw(
  request: SampleRequest,
  designs: readonly WantedDesign[],
  population: Population,
  existing: ExistingCases,
  spreads: ReadonlyMap<string, number> | null,
): PlannedDraw {
  const { drop, margin, seed } = request;
  const needed = drop === null ? null : casesNeeded({ drop, gains: GAINS, alpha: ALPHA });
  if (drop !== null && needed === null) {
    throw new UsageError({
      message: `a drop of ${drop} is no drop that any number of cases shows`,
      hint: 'name one such as --power 0.15',
    });
  }
  const floor = Math.max(request.floor, needed ?? 0);
  const { available } = population.counts;
  const onlyStrata = designs.length === 1 && designs[0]!.name === 'stratified' && designs[0]!.size === null;
  const onlyFloors = request.size === null && margin === null && onlyStrata && request.secondPass === null;
  const own = designs.reduce((sum, one) => sum + (one.size ?? 0), 0);
  const size =
    request.size ??
    (margin === null
      ? designs.every((one) => one.size !== null)
        ? own
        : own + Math.min(available, onlyFloors ? needs(population, existing, floor) : (needed ?? USUAL_SIZE))
      : casesForMargin(margin, { population: available }));
  const rule = spreads === null ? request.rule : 'neyman';
  return {
    plan: {
      designs: designSizes(designs, size),
      floor,
      rule,
      seed,
      existing: existing.byStratum,
      spreads,
      onlyFloors,
    },
    floorReason:
      needed === null
        ? null
        : `${needed} cases show a drop of ${drop} with 80% power (one-sided ${ALPHA}, ${GAINS * 100}% of cases won back)`,
  };
}

/**
 * Refuses strata that are no strata.
 *
 * @throws DataError where nobody named the column and nearly every row has a value of its own
 */
export function checkStrata(population: Population, by: readonly string[], isNamed: boolean): void {
  const { strata, counts } = population;
  if (isNamed || strata.length <= 2 || strata.length <= counts.available / 2) return;
  throw new DataError({
    message: `${by.join(', ')} has ${strata.length} values in ${counts.rows} rows and cannot serve as slices`,
    hint: 'name the slice key with --by COLUMN',
  });
}

function needs({ strata }: Population, { byStratum }: ExistingCases, floor: number): number {
  return floorNeeds(
    strata.map(({ key, available }) => ({ available, existing: byStratum.get(key) ?? 0 })),
    floor,
  );
}
