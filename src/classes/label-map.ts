/** A hierarchy of labels: scores every level, and ranks which classes to merge by the confusion that it removes. */

import type { LabelCells, LabelCounts, LabelSlice } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';
import { type ClassOptions, classFigures } from './class-figures.ts';
import { comparedCells } from './compared-cells.ts';
import { mapLabels, sameFor } from './map-labels.ts';
import type { ClassPairing, SliceClasses } from './types.ts';

/** Label to parent; a parent may have a parent of its own. A label without a parent stays itself at every level. */
export type LabelParents = ReadonlyMap<string, string>;

/** The classes of one slice at one level of the hierarchy. */
export interface LevelClasses {
  /** 0: the labels themselves; 1: their parents; and so on. */
  readonly level: number;
  readonly labels: number;
  readonly classes: SliceClasses;
}

/** Two classes as one. */
export interface Merge {
  readonly first: string;
  readonly second: string;
  /** Cases that a run answers with the other of the two: its mistakes that the merge removes. */
  readonly baseline: number | null;
  readonly candidate: number;
  /** Share of the candidate's mistakes with an answer that this is; null without such a mistake. */
  readonly share: number | null;
}

/**
 * The parent of a label so many levels up; a label without that many parents stays at its last one.
 *
 * @throws RangeError where the map has a cycle
 * @example ancestor(new Map([['refund', 'billing']]), 'refund', 1) // 'billing'
 */
export function ancestor(parents: LabelParents, label: string, levels: number): string {
  let current = label;
  const seen = new Set([label]);
  for (let level = 0; level < levels; level++) {
    const parent = parents.get(current);
    if (parent === undefined) return current;
    if (seen.has(parent)) throw new RangeError(`label ${JSON.stringify(parent)} is its own parent`);
    seen.add(parent);
    current = parent;
  }
  return current;
}

/** How many levels lie above the labels. @example levelsAbove(new Map([['a', 'b'], ['b', 'c']]), ['a', 'c']) // 2 */
export function levelsAbove(parents: LabelParents, labels: readonly string[]): number {
  const depth = (label: string): number => {
    let levels = 0;
    while (ancestor(parents, label, levels + 1) !== ancestor(parents, label, levels)) levels++;
    return levels;
  };
  return labels.reduce((most, label) => Math.max(most, depth(label)), 0);
}

/**
 * Scores one slice at every level, labels first. At each level an answer is right where it has the ancestor of the true label.
 *
 * @throws RangeError where the map has a cycle
 */
export function classLevels(
  counts: LabelCounts,
  slice: number,
  parents: LabelParents,
  options: ClassOptions,
): readonly LevelClasses[] {
  const levels = levelsAbove(parents, counts.labels);
  return Array.from({ length: levels + 1 }, (_, level): LevelClasses => {
    const mapped =
      level === 0
        ? counts
        : mapLabels(
            counts,
            sameFor((label) => ancestor(parents, label, level)),
          );
    return {
      level,
      labels: mapped.labels.length,
      classes: classFigures(mapped.slices[slice]!, mapped.labels, options),
    };
  });
}

/**
 * Every pair of classes that a run confuses, by the candidate's mistakes that one class in their place would remove, most
 * first; then the baseline's, then names.
 */
export function rankMerges(
  slice: LabelSlice,
  labels: readonly string[],
  pairing: ClassPairing,
): readonly Merge[] {
  const { answers } = comparedCells(slice, pairing);
  const found = new Map<string, { first: number; second: number; baseline: number; candidate: number }>();
  let mistakes = 0;
  for (let i = 0; i < answers.cases.length; i++) {
    for (const side of ['baseline', 'candidate'] as const) {
      const [truth, answer, cases] = [answers.expected[i]!, answers[side][i]!, answers.cases[i]!];
      if (answer < 0 || answer === truth) continue;
      if (side === 'candidate') mistakes += cases;
      const [first, second] = truth < answer ? [truth, answer] : [answer, truth];
      const key = `${first} ${second}`;
      const merge = found.get(key) ?? { first, second, baseline: 0, candidate: 0 };
      merge[side] += cases;
      found.set(key, merge);
    }
  }
  return [...found.values()]
    .map(
      ({ first, second, baseline, candidate }): Merge => ({
        first: labels[first]!,
        second: labels[second]!,
        baseline: pairing === 'single run' ? null : baseline,
        candidate,
        share: mistakes === 0 ? null : candidate / mistakes,
      }),
    )
    .sort(
      (a, b) =>
        b.candidate - a.candidate ||
        (b.baseline ?? 0) - (a.baseline ?? 0) ||
        compareText(a.first, b.first) ||
        compareText(a.second, b.second),
    );
}

/** How the labels of two framings of a task become outcomes that both share; a label that is absent becomes no answer. */
export interface Framings {
  readonly expected: ReadonlyMap<string, string>;
  readonly baseline: ReadonlyMap<string, string>;
  readonly candidate: ReadonlyMap<string, string>;
}

/**
 * Two framings of one task (other label sets, other granularity) on one shared end outcome: both runs' answers and the true
 * labels become outcomes, and are compared there.
 *
 * @returns counts for `classFigures`, and the labels of each side that no outcome is given for
 */
export function onSharedOutcome(
  counts: LabelCounts,
  framings: Framings,
): { readonly counts: LabelCounts; readonly unmapped: Readonly<Record<keyof Framings, readonly string[]>> } {
  const rename = (side: keyof Framings) => (label: string) => framings[side].get(label) ?? null;
  const unmapped = (side: keyof Framings): readonly string[] => {
    const used = new Set<number>(counts.slices.flatMap(({ cells }) => usedCodes(cells, side)));
    return counts.labels.filter((label, code) => used.has(code) && !framings[side].has(label));
  };
  return {
    counts: mapLabels(counts, {
      expected: rename('expected'),
      baseline: rename('baseline'),
      candidate: rename('candidate'),
    }),
    unmapped: {
      expected: unmapped('expected'),
      baseline: unmapped('baseline'),
      candidate: unmapped('candidate'),
    },
  };
}

function usedCodes(cells: LabelCells, side: keyof Framings): readonly number[] {
  return [...new Set(cells[side])].filter((code) => code >= 0);
}
