/** Draws by one or several designs and says with which probability each row got in. */

import { UsageError } from '../../errors.ts';
import {
  type Allocation,
  allocate,
  certainty,
  type Draw,
  drawProportional,
  drawSimple,
  drawStratified,
  type Stratum,
  unionOf,
} from '../../sampling/index.ts';
import { meanDistances } from './distances.ts';
import type { Population } from './population.ts';
import type { Design, SampleRequest, WantedDesign } from './sample-request.ts';

/** How many each design draws, and by which rule. */
export interface DrawPlan {
  readonly designs: readonly { readonly name: Design; readonly size: number }[];
  readonly floor: number;
  readonly rule: SampleRequest['rule'];
  readonly seed: number;
  readonly existing: ReadonlyMap<string, number>;
  /** Standard deviation per stratum key, for Neyman; null without. */
  readonly spreads: ReadonlyMap<string, number> | null;
  /** Level of the strata alone: the draw is what floors need. */
  readonly onlyFloors: boolean;
}

/** What was drawn. */
export interface DrawnRows {
  /** Positions in the population, in the order of their names in the draw. */
  readonly rows: readonly number[];
  /** Of the whole design; null where it does not reach every row, so that no rate can use it. */
  readonly probability: (row: number) => number | null;
  readonly why: (row: number) => string;
  /** Designs that took a row. */
  readonly designs: (row: number) => readonly Design[];
  /** Allocation of the stratified design; null without it. */
  readonly allocations: readonly Allocation[] | null;
  /** Classes of the class design with what they gave. */
  readonly classes: readonly Allocation[] | null;
  /** Rows that the design cannot reach. */
  readonly unreached: number;
  /** The one design with strata that the variance may use. */
  readonly isStratified: boolean;
}

interface OneDraw {
  readonly name: Design;
  readonly draw: Draw;
  readonly why: (row: number) => string;
}

/** Bins of entropy, from sure to unsure. */
const BINS = 5;

/**
 * Draws. The same names and seed give the same rows, whatever their order.
 *
 * @throws UsageError where a design lacks the column that it needs
 */
export function drawDesigns(population: Population, plan: DrawPlan): DrawnRows {
  let allocations: readonly Allocation[] | null = null;
  let classes: readonly Allocation[] | null = null;
  let measured: ReadonlyMap<number, number> | null = null;
  const distances = () => (measured ??= distancesOf(population));
  const draws = plan.designs.map(({ name, size }): OneDraw => {
    switch (name) {
      case 'stratified': {
        const found = stratified(population, plan, size);
        allocations = found.allocations;
        return found;
      }
      case 'class': {
        const found = byClass(population, plan, size);
        classes = found.allocations;
        return found;
      }
      default:
        return simpleDesign(name, population, plan, size, distances);
    }
  });
  const union = unionOf(draws.map(({ draw }) => draw));
  const rows = population.names.flatMap((_, row) => (union.selected[row] === 1 ? [row] : []));
  const unreached = union.probability.reduce((count, one) => count + (one > 0 ? 0 : 1), 0);
  const tookIt = (row: number): readonly OneDraw[] => draws.filter(({ draw }) => draw.selected[row] === 1);
  return {
    rows,
    probability: (row) => (unreached === 0 ? union.probability[row]! : null),
    why: (row) =>
      tookIt(row)
        .map(({ why }) => why(row))
        .join('; '),
    designs: (row) => tookIt(row).map(({ name }) => name),
    allocations,
    classes,
    unreached,
    isStratified: draws.length === 1 && ['stratified', 'metadata', 'class'].includes(draws[0]!.name),
  };
}

function simpleDesign(
  name: Design,
  population: Population,
  { seed }: DrawPlan,
  size: number,
  distances: () => ReadonlyMap<number, number>,
): OneDraw {
  const { names, entropy } = population;
  switch (name) {
    case 'random':
      return { name, draw: drawSimple(names, size, seed, name), why: () => 'random' };
    case 'metadata': {
      const strata = stratumTable(population, null, null);
      const sizes = allocate(strata, size, 0, 'equal').map(({ draw }) => draw);
      const draw = drawStratified(names, population.stratum, sizes, seed, name);
      return { name, draw, why: (row) => `metadata: level over ${keyOf(population, row)}` };
    }
    case 'fringe':
    case 'dense': {
      const measure = new Float64Array(names.length);
      for (const [row, distance] of distances()) measure[row] = name === 'fringe' ? distance : 1 / distance;
      const draw = drawProportional(names, measure, size, seed, name);
      return { name, draw, why: (row) => `${name}: mean distance ${distanceText(name, measure[row]!)}` };
    }
    case 'entropy-top':
      return {
        name,
        draw: certainty(names, entropy, size),
        why: (row) => `entropy-top: ${entropy[row]!.toFixed(3)} bits`,
      };
    default: {
      const bins = entropyBins(entropy);
      const strata = bins.counts.map((available, at) => ({ key: String(at), available, existing: 0 }));
      const sizes = allocate(strata, size, 0, 'equal').map(({ draw }) => draw);
      const draw = drawStratified(names, bins.bin, sizes, seed, 'entropy-binned');
      return { name: 'entropy-binned', draw, why: (row) => `entropy-binned: ${binText(bins.bin[row]!)}` };
    }
  }
}

/** Mean distance of each row whose text was kept; a copy of others stays drawable. */
function distancesOf({ texts }: Population): ReadonlyMap<number, number> {
  const distances = meanDistances([...texts.values()]);
  return new Map([...texts.keys()].map((row, at) => [row, Math.max(1e-3, distances[at]!)]));
}

function distanceText(name: Design, measure: number): string {
  return (name === 'fringe' ? measure : 1 / measure).toFixed(3);
}

function stratified(
  population: Population,
  plan: DrawPlan,
  size: number,
): OneDraw & { readonly allocations: readonly Allocation[] } {
  const strata = stratumTable(population, plan.existing, plan.rule === 'neyman' ? plan.spreads : null);
  const budget = plan.onlyFloors ? floorNeeds(strata, plan.floor) : size;
  const allocations = allocate(strata, budget, plan.floor, plan.rule);
  const sizes = allocations.map(({ draw }) => draw);
  const draw = drawStratified(population.names, population.stratum, sizes, plan.seed, 'stratified');
  const why = (row: number): string => {
    const own = allocations[population.stratum[row]!]!;
    const key = own.key === '' ? 'all rows' : own.key;
    const part =
      own.forFloor > 0
        ? `floor ${own.forFloor} and ${plan.rule} ${own.draw - own.forFloor}`
        : `${plan.rule} ${own.draw}`;
    return `stratified: ${part} of ${key}`;
  };
  return { name: 'stratified', draw, why, allocations };
}

/** Every class gets the floor or all that it has; the rest goes by size. */
function byClass(
  population: Population,
  { floor, seed }: DrawPlan,
  size: number,
): OneDraw & { readonly allocations: readonly Allocation[] } {
  const { labels, label, names } = population;
  const available = labels.map(() => 0);
  let without = 0;
  for (const at of label) {
    if (at >= 0) available[at]! += 1;
    else without += 1;
  }
  // Rows without a label are a class of their own, so that every row can be drawn.
  const strata = [
    ...labels.map((key, at) => ({ key, available: available[at]!, existing: 0 })),
    ...(without === 0 ? [] : [{ key: '(no label)', available: without, existing: 0 }]),
  ];
  const allocations = allocate(strata, size, floor, 'proportional');
  const stratum = label.map((at) => (at >= 0 ? at : labels.length));
  const draw = drawStratified(
    names,
    stratum,
    allocations.map((one) => one.draw),
    seed,
    'class',
  );
  const why = (row: number): string => {
    const own = allocations[stratum[row]!]!;
    return `class: ${own.draw} of ${own.key}`;
  };
  return { name: 'class', draw, why, allocations };
}

/** Strata as the allocation wants them; `size` is the production, so that floors do not bend the proportions. */
function stratumTable(
  { strata }: Population,
  existing: ReadonlyMap<string, number> | null,
  spreads: ReadonlyMap<string, number> | null,
): readonly Stratum[] {
  return strata.map(({ key, available, rows }) => ({
    key,
    available,
    existing: existing?.get(key) ?? 0,
    size: rows,
    ...(spreads === null ? {} : { spread: spreads.get(key) ?? 0.5 }),
  }));
}

/** Cases that bring every stratum to the floor, as far as there are rows. */
export function floorNeeds(
  strata: readonly Pick<Stratum, 'available' | 'existing'>[],
  floor: number,
): number {
  return strata.reduce(
    (sum, { available, existing }) => sum + Math.min(available, Math.max(0, floor - existing)),
    0,
  );
}

function keyOf({ strata, stratum }: Population, row: number): string {
  const { key } = strata[stratum[row]!]!;
  return key === '' ? 'all rows' : key;
}

/** Five bins of equal numbers of rows by entropy; rows without probabilities are a bin of their own. */
function entropyBins(entropy: readonly number[]): {
  readonly bin: readonly number[];
  readonly counts: readonly number[];
} {
  const known = entropy.filter((one) => !Number.isNaN(one)).toSorted((a, b) => a - b);
  const edges = Array.from(
    { length: BINS - 1 },
    (_, at) => known[Math.floor(((at + 1) * known.length) / BINS)] ?? 0,
  );
  const bin = entropy.map((one) => (Number.isNaN(one) ? BINS : edges.filter((edge) => one >= edge).length));
  const counts = Array.from({ length: BINS + 1 }, () => 0);
  for (const at of bin) counts[at]! += 1;
  return { bin, counts };
}

function binText(bin: number): string {
  return bin === BINS ? 'no probabilities' : `fifth ${bin + 1} of ${BINS}, from sure to unsure`;
}

/**
 * Sizes of the designs: their own, or equal parts of what is left.
 *
 * @throws UsageError where the parts come to more than the whole
 */
export function designSizes(designs: readonly WantedDesign[], size: number): DrawPlan['designs'] {
  const said = designs.reduce((sum, one) => sum + (one.size ?? 0), 0);
  const open = designs.filter((one) => one.size === null).length;
  if (open > 0 && said >= size && size > 0) {
    throw new UsageError({
      message: `the designs with a size of their own take ${said} of ${size}, and ${open} more have none left`,
      hint: 'make --size larger, or give every design its size, as in --design random:100',
    });
  }
  const left = Math.max(0, size - said);
  let at = 0;
  return designs.map(({ name, size: own }) => {
    if (own !== null) return { name, size: own };
    at += 1;
    return { name, size: Math.floor((left * at) / open) - Math.floor((left * (at - 1)) / open) };
  });
}
