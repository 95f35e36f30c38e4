/** Hyperparameters as axes of a parallel-coordinates chart. */

import { parseDecimal } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import type { ExperimentAxis } from '../contract/index.ts';

/** Axes beyond which nobody follows a line. */
const MOST_AXES = 10;
/** Different texts beyond which an axis is a list of names. */
const MOST_TEXTS = 24;
/** Largest over smallest value from which a logarithm reads better. */
const LOG_RATIO = 100;

/**
 * Parameters that vary and that most runs have; those of most runs first.
 *
 * @returns the axes, and how many parameters were left out
 */
export function parameterAxes(runs: readonly Readonly<Record<string, string>>[]): {
  readonly axes: readonly ExperimentAxis[];
  readonly leftOut: number;
} {
  const names = [...new Set(runs.flatMap((params) => Object.keys(params)))].sort(compareText);
  const axes = names
    .flatMap((name) => axisOf(name, runs) ?? [])
    .toSorted((a, b) => a.missing - b.missing || compareText(a.name, b.name))
    .slice(0, MOST_AXES);
  return { axes, leftOut: names.length - axes.length };
}

function axisOf(name: string, runs: readonly Readonly<Record<string, string>>[]): ExperimentAxis | null {
  const cells = runs.flatMap((params) => (Object.hasOwn(params, name) ? [params[name]!] : []));
  const missing = runs.length - cells.length;
  const distinct = [...new Set(cells)].sort(compareText);
  if (distinct.length < 2 || missing > runs.length / 2) return null;
  const numbers = distinct.map((cell) => parseDecimal(cell));
  if (numbers.every((number) => number !== null)) {
    const min = Math.min(...numbers);
    const max = Math.max(...numbers);
    const isLog = min > 0 && max / min > LOG_RATIO;
    return { name, kind: isLog ? 'log' : 'number', values: [], min, max, missing };
  }
  if (distinct.length > MOST_TEXTS) return null;
  return { name, kind: 'text', values: distinct, min: 0, max: distinct.length - 1, missing };
}
