/** Which classes and slices moved beyond chance, in one line each. */

import type { Compared } from '../../classes/index.ts';
import { holm } from '../../stats/index.ts';
import { metricOf, type ReportedClasses } from '../report/class-report.ts';
import type { ClassMetric } from '../report/request.ts';
import type { SliceRate } from '../report/result.ts';
import { labelName } from './report-cells.ts';

/** Family-wise chance of naming anything by mistake. */
const ALPHA = 0.05;

/** Names that a line lists. */
const LISTED = 4;

/** One thing that may have moved. */
interface Moved {
  readonly name: string;
  readonly value: Compared;
}

/**
 * What fell and rose beyond chance; null without two runs.
 *
 * @param worse sign of a change for the worse
 */
function movedText(items: readonly Moved[], what: string, worse: -1 | 1): string | null {
  if (!items.some(({ value }) => value.delta !== null)) return null;
  const adjusted = holm(items.map(({ value }) => value.pValue));
  const proven = items.filter((_, i) => (adjusted[i] ?? 1) <= ALPHA);
  const change = ({ value }: Moved) => worse * (value.delta?.estimate ?? 0);
  const lost = proven.filter((one) => change(one) > 0).toSorted((a, b) => change(b) - change(a));
  const won = proven.filter((one) => change(one) < 0).toSorted((a, b) => change(a) - change(b));
  const list = (some: readonly Moved[]) =>
    some.length === 0
      ? 'none'
      : `${some.length} (${some
          .slice(0, LISTED)
          .map(({ name }) => name)
          .join(', ')}${some.length > LISTED ? ' ...' : ''})`;
  return `of ${items.length} ${what}, beyond chance: worse ${list(lost)}; better ${list(won)}`;
}

/** The classes of all cases. */
export function movedClasses({ slices }: ReportedClasses, metric: ClassMetric): string | null {
  return movedText(
    slices[0]!.figures.classes.map((one) => ({ name: labelName(one.label), value: metricOf(one, metric) })),
    'classes',
    -1,
  );
}

/** The slices by accuracy. */
export function movedSlices({ slices }: ReportedClasses): string | null {
  const others = slices.slice(1);
  if (others.length === 0) return null;
  return movedText(
    others.map(({ name, figures }) => ({ name, value: figures.accuracy })),
    'slices',
    -1,
  );
}

/** The slices by the first metric of the rows. */
export function movedRates(rates: readonly SliceRate[], minCases: number): string | null {
  const [first] = rates;
  const others = rates.slice(1).filter(({ metric, n }) => metric === first?.metric && n >= minCases);
  if (first === undefined || others.length === 0) return null;
  const none = { estimate: null, lower: null, upper: null, level: 0.95, method: 'none', n: 0 };
  return movedText(
    others.map(({ name, baseline, candidate, delta, pValue }) => ({
      name,
      value: { baseline, candidate: candidate ?? none, delta, pValue },
    })),
    'slices',
    first.direction === 'higher' ? -1 : 1,
  );
}
