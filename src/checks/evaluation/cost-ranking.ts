/** B-8: whether cost ranks the runs as F does. */

import type { Compared, CostComparison } from '../../classes/index.ts';
import type { Finding } from '../../findings/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Check, finding } from '../check.ts';
import { classesOf, labelName, missingClasses } from '../class-words.ts';

const ID = 'cost-ranking';
const SOURCE = 'B-8';

export const costRanking: Check = {
  kind: 'evaluation',
  practice: SOURCE,
  missing: (context) => {
    if (context.profile.baseline === null) return 'a baseline run';
    const missing = missingClasses(context);
    if (missing !== null) return missing;
    const costs = context.config.classes?.costs ?? null;
    if (costs === null) return 'classes: {positive: LABEL, costs: {miss, falseAlarm}} in slicewise.yaml';
    return classesOf(context)!.costs.length === 0
      ? 'one label per case: sets of labels have no cost table'
      : null;
  },
  run: (context) => classesOf(context)!.costs.map(costFinding),
};

/** Every comparison is a line; none has a verdict: what a mistake costs is the owner's word, not a measurement. */
function costFinding(comparison: CostComparison, index: number): Finding {
  const { costPer1000, key } = comparison;
  return finding({
    check: ID,
    kind: 'evaluation',
    slice: index === 0 ? null : sliceId('passRate', key),
    estimate: costPer1000.delta,
    reason: `${headline(comparison)}: ${costText(costPer1000)}; ${fText(comparison)}${flipText(comparison)}`,
    remedy:
      comparison.ranking === 'differs' ? 'decide by cost if these costs are right; else correct them' : null,
    method: `expected cost, paired bootstrap of counted answers (${costPer1000.delta?.method ?? 'none'})`,
    source: SOURCE,
  });
}

function headline({ ranking, costPer1000 }: CostComparison): string {
  const cheaper = (costPer1000.delta?.estimate ?? 0) < 0 ? 'candidate' : 'baseline';
  if (ranking === 'differs') return `RANKING DIFFERS: cost prefers the ${cheaper}, F does not`;
  if (ranking === 'agrees') return `cost and F both prefer the ${cheaper}`;
  return 'no run is shown to be cheaper';
}

function costText({ baseline, candidate, delta, pValue }: Compared): string {
  const limits = delta?.lower == null ? '' : ` (${signed(delta.lower)} to ${signed(delta.upper!)})`;
  return `expected cost per 1,000 cases ${amount(baseline?.estimate ?? null)} to ${amount(candidate.estimate)}, ${signed(delta?.estimate ?? 0)}${limits}${pValue === null ? '' : `, p ${pValue < 0.0001 ? 'below .0001' : pValue.toPrecision(2)}`}`;
}

function fText({ f, fOf }: CostComparison): string {
  const name = fOf === null ? 'macro F1' : `F1 of ${labelName(fOf)}`;
  const rate = (value: number | null | undefined): string => (value == null ? 'undefined' : value.toFixed(4));
  const limits =
    f.delta?.lower == null ? '' : ` (change ${signedRate(f.delta.lower)} to ${signedRate(f.delta.upper!)})`;
  return `${name} ${rate(f.baseline?.estimate)} to ${rate(f.candidate.estimate)}${limits}`;
}

function flipText({ flipRatio, costs, errors }: CostComparison): string {
  if (costs === null || errors === null || errors.baseline === null) return '';
  const counts = `; misses ${errors.baseline.misses} to ${errors.candidate.misses}, false alarms ${errors.baseline.falseAlarms} to ${errors.candidate.falseAlarms}`;
  const given = costs.falseAlarm > 0 ? ` (here ${amount(costs.miss / costs.falseAlarm)})` : '';
  return flipRatio === null
    ? `${counts}; one run is cheaper whatever a miss costs`
    : `${counts}; the ranking flips where a miss costs ${flipRatio.toPrecision(3)} false alarms${given}`;
}

/** Up to four digits, without an exponent where it can be helped. */
function amount(value: number | null): string {
  if (value === null) return 'undefined';
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${amount(Math.abs(value))}`;
}

function signedRate(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
