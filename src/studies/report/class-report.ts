/** The classes of a report: figures per slice, pairs that are confused, levels of a label map, and what mistakes cost. */

import type { ClassFigures, Compared, ConfusionPair, SliceClasses } from '../../classes/index.ts';
import { type Estimate, holm } from '../../stats/index.ts';
import type { ClassMetric } from './request.ts';
import type { NamedClasses, NamedKey } from './result.ts';

/** A kind of mistake in a slice, named. */
export interface NamedPair extends NamedKey {
  readonly pair: ConfusionPair;
}

/** One level of a label map; the labels themselves are the first. */
export interface LabelLevel {
  readonly level: string;
  readonly classes: number;
  readonly accuracy: Compared;
  readonly macroF1: Compared | null;
}

/** Two classes that are taken for each other, by the mistakes that one name for both would take away. */
export interface ClassMerge {
  readonly labels: readonly [string, string];
  /** Mistakes between the two, of the new run. */
  readonly removed: number;
  /** Of all mistakes of the new run. */
  readonly share: number;
  /** Whether the label map has both under one name. */
  readonly inMap: boolean;
}

/** What the mistakes of one slice cost. */
export interface SliceCosts extends NamedKey {
  readonly n: number;
  /** Expected cost per 1,000 cases. */
  readonly perThousand: Compared;
  /** F1 of the positive class, or the macro average. */
  readonly f1: Compared;
  /** Cost of a miss over that of a false alarm at which the runs swap ranks; null where they never do, or with several classes. */
  readonly swapRatio: number | null;
  /** Which run each measure prefers; null where they are level. */
  readonly byCost: 'old' | 'new' | null;
  readonly byF1: 'old' | 'new' | null;
}

/** Mistakes and what they cost. */
export interface CostReport {
  /** In words, such as `a miss costs 100, a false alarm 1`. */
  readonly costs: string;
  readonly positive: string | null;
  /** All cases first, then the slices. */
  readonly slices: readonly SliceCosts[];
}

/** The classes of a report. */
export interface ReportedClasses {
  /** Distinct labels, true or predicted. */
  readonly labels: number;
  /** A case may carry several labels; then whole-case rates stand beside every class. */
  readonly hasLists: boolean;
  /** Cases with several trials, of which the first answers. */
  readonly severalTrials: number;
  /** All cases first, then the slices. */
  readonly slices: readonly NamedClasses[];
  /** Of all cases and of the slices. */
  readonly pairs: readonly NamedPair[];
  readonly levels: readonly LabelLevel[];
  readonly merges: readonly ClassMerge[];
  readonly costs: CostReport | null;
}

/** The values of one metric of a class. */
export function metricOf(figures: ClassFigures, metric: ClassMetric): Compared {
  return metric === 'f1' ? figures.fScore : figures[metric];
}

/** One class of one slice under one metric, as the tables of worst cells show it. */
export interface ClassCell extends NamedKey {
  readonly label: string;
  readonly support: number;
  readonly value: Compared;
  /** Holm over all cells of the same table; null where untested. */
  readonly adjusted: number | null;
}

/**
 * Every class of every slice but all cases, with p-values adjusted over all of them.
 *
 * @returns the cells, worst first: with two runs by what is surely lost, with one by what is surely the most that it reaches
 */
export function worstCells(slices: readonly NamedClasses[], metric: ClassMetric): readonly ClassCell[] {
  const cells = slices.flatMap(({ key, dimension, name, figures }) =>
    figures.classes
      .filter(({ support }) => support > 0)
      .map((one) => ({
        key,
        dimension,
        name,
        label: one.label,
        support: one.support,
        value: metricOf(one, metric),
      })),
  );
  const adjusted = adjustAll(cells.map(({ value }) => value.pValue));
  const rank = ({ value: { delta, candidate } }: { readonly value: Compared }) => upperOf(delta ?? candidate);
  return cells
    .map((cell, i) => ({ ...cell, adjusted: adjusted[i]! }))
    .toSorted((a, b) => rank(a) - rank(b) || b.support - a.support);
}

function upperOf({ upper, estimate }: Estimate): number {
  return upper ?? estimate ?? Number.POSITIVE_INFINITY;
}

/** Holm over the values that are there; null stays null. */
export function adjustAll(pValues: readonly (number | null)[]): readonly (number | null)[] {
  const tested = pValues.flatMap((p, place) => (p === null ? [] : [{ p, place }]));
  const values = holm(tested.map(({ p }) => p));
  const adjusted: (number | null)[] = pValues.map(() => null);
  tested.forEach(({ place }, i) => {
    adjusted[place] = values[i]!;
  });
  return adjusted;
}

/** The first figures, which are those of all cases. */
export function allClasses({ slices }: ReportedClasses): SliceClasses {
  return slices[0]!.figures;
}
