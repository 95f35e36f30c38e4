/** The classes of a report: figures per slice, pairs that are confused, levels of a label map, and what mistakes cost. */

import type {
  ClassFigures,
  Compared,
  ConfusionPair,
  CostComparison,
  LevelClasses,
  Merge,
  SliceClasses,
} from '../../classes/index.ts';
import { type Estimate, holm } from '../../stats/index.ts';
import type { NamedClasses, NamedKey } from './named.ts';
import type { OutcomeReport } from './outcome-report.ts';
import type { ClassMetric } from './request.ts';

/** A kind of mistake in a slice, named. */
export interface NamedPair extends NamedKey {
  readonly pair: ConfusionPair;
}

/** Two classes that are taken for each other, by the mistakes that one name for both would take away. */
export interface NamedMerge extends Merge {
  /** Whether the label map has both under one name. */
  readonly inMap: boolean;
}

/** What the mistakes of one slice cost. */
export interface NamedCosts extends NamedKey {
  readonly figures: CostComparison;
}

/** Mistakes and what they cost. */
export interface CostReport {
  /** In words, such as `a miss costs 100, a false alarm 1`. */
  readonly costs: string;
  readonly positive: string | null;
  /** All cases first, then the slices. */
  readonly slices: readonly NamedCosts[];
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
  /** Of all cases, the labels first; empty without a label map. */
  readonly levels: readonly LevelClasses[];
  /** Of all cases, the most mistakes first. */
  readonly merges: readonly NamedMerge[];
  readonly costs: CostReport | null;
  /** On shared outcomes; null without a map to them. */
  readonly outcome: OutcomeReport | null;
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
  const adjusted = holm(cells.map(({ value }) => value.pValue));
  const rank = ({ value: { delta, candidate } }: { readonly value: Compared }) => upperOf(delta ?? candidate);
  return cells
    .map((cell, i) => ({ ...cell, adjusted: adjusted[i]! }))
    .toSorted((a, b) => rank(a) - rank(b) || b.support - a.support);
}

function upperOf({ upper, estimate }: Estimate): number {
  return upper ?? estimate ?? Number.POSITIVE_INFINITY;
}

/** The first figures, which are those of all cases. */
export function allClasses({ slices }: ReportedClasses): SliceClasses {
  return slices[0]!.figures;
}
