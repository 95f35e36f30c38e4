/** B-10: a good score can be a property of the set; what answers score that look at nothing. */

import { metricName } from '../../counts/index.ts';
import type { Finding } from '../../findings/index.ts';
import type { TrivialLift } from '../../models/index.ts';
import { sliceId } from '../../slices/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { type Check, finding, percent, plural } from '../check.ts';
import { type BaselineDiagnosis, missingBaselines, type OtherBaseline } from '../diagnosis-baselines.ts';

const ID = 'trivial-baselines';

type Compared = BaselineDiagnosis & { readonly kind: 'compared' };

/** Slices that are named; the others are counted. */
const MOST_SLICES = 5;

export const trivialBaselines: Check = {
  kind: 'evaluation',
  practice: 'B-10',
  missing: ({ diagnosis }) =>
    diagnosis?.baselines == null ? 'true and predicted labels (columns expected and predicted)' : null,
  run: ({ diagnosis, config }) => {
    const found = diagnosis!.baselines!;
    if (found.kind === 'not applicable') {
      return [
        finding({ check: ID, kind: 'evaluation', reason: `not applicable: ${found.reason}`, source: 'B-10' }),
      ];
    }
    return [overallFinding(found, config.policy.minCases), ...otherFindings(found), ...sliceFindings(found)];
  },
};

function overallFinding(found: Compared, minCases: number): Finding {
  const { overall, metric, unlabelled } = found;
  const { model, lift, fails, n } = overall;
  const tooFew = n < minCases;
  const name = metricName(metric);
  const left = unlabelled === 0 ? '' : `; ${plural(unlabelled, 'case')} without one true label left out`;
  const figures = `${guessText(overall)} scores ${percent(overall.baselines[0]!.score)}, the candidate ${rateText(model)} (${name}, ${plural(n, 'case')}): lift ${pointsText(lift)}${left}`;
  return finding({
    check: ID,
    kind: 'evaluation',
    verdict: fails === null ? null : tooFew ? 'LOW-N' : 'INVALID',
    estimate: lift,
    reason: `${fails === null ? '' : `INVALID-METRIC: ${whyInvalid(overall)}; `}${figures}; ${kindsText(found)}`,
    remedy: remedyOf(overall),
    method: `${lift.method}; constant and random answers know the labels of these very cases; labels per answer: ${overall.k} (${found.kFrom})`,
    source: 'B-10',
  });
}

/** A lift that is there and not shown wants cases; one that is small wants another metric. */
function remedyOf({ fails, lift: { estimate, lower }, n }: TrivialLift): string | null {
  if (fails === null) return null;
  const metric =
    'gate a metric that a constant answer cannot reach: recall of the rare classes, macro F1, or top-1 in place of top-k';
  if (fails === 'share' || estimate === null || lower === null || estimate <= 0) return metric;
  // The interval shrinks by the root of the cases.
  const needed = Math.ceil(n * ((estimate - lower) / estimate) ** 2) + 1;
  return `about ${plural(needed, 'case')} like these would show a lift of ${(100 * estimate).toFixed(1)} points; or ${metric}`;
}

function whyInvalid({ fails, reached, lift, n }: TrivialLift): string {
  if (fails === 'bound') {
    const isThere = lift.estimate !== null && lift.estimate > 0;
    const few = isThere ? `, since ${plural(n, 'case')} are too few for a lift of this size` : '';
    return `the candidate is not shown to be better than a constant answer${few}`;
  }
  return reached === null
    ? 'the candidate is never right'
    : `a constant answer reaches ${percent(reached)} of the candidate's score`;
}

function guessText({ baselines, k }: TrivialLift): string {
  const [{ guess }] = baselines as readonly [TrivialLift['baselines'][number]];
  const labels = guess.map((label) => `'${label}'`).join(', ');
  return k === 1
    ? `always answering ${labels}`
    : `always answering the ${guess.length} most frequent labels ${labels}`;
}

/** Which of the five kinds of baseline are here: trivial, random, simple model, previous run, people or others. */
function kindsText(found: Compared): string {
  const random = found.overall.baselines.find(({ name }) => name === 'stratified random')!;
  const missing = missingBaselines(found);
  const absent = missing.length === 0 ? '' : `; not compared with ${missing.join(', ')}`;
  return `random answers in proportion to the labels score ${percent(random.score)}${absent}`;
}

function otherFindings({ others }: Compared): readonly Finding[] {
  return others.map((one) => {
    const figures = `${one.name} (${one.how}) scores ${rateText(one.score)}, lift of the candidate ${pointsText(one.lift)}`;
    const isTrivial = one.kind === 'trivial';
    const reason = one.fails === null ? figures : `${matchText(one)}; ${figures}`;
    return finding({
      check: ID,
      kind: 'evaluation',
      verdict: isTrivial && one.fails !== null ? 'INVALID' : null,
      estimate: one.lift,
      reason: isTrivial && one.fails !== null ? `INVALID-METRIC: ${reason}` : reason,
      method: one.lift.method,
      source: 'B-10',
    });
  });
}

function matchText({ kind, name, fails }: OtherBaseline): string {
  if (kind === 'trivial' && fails === 'share') return `${name} comes too close to the candidate`;
  return `the candidate is not shown to be better than ${name}`;
}

function sliceFindings({ slices, metric, oneClass, small }: Compared): readonly Finding[] {
  const failing = slices.filter(({ lift }) => lift.fails !== null);
  if (failing.length === 0) return [];
  const worst = failing.toSorted((a, b) => (a.lift.lift.estimate ?? 0) - (b.lift.lift.estimate ?? 0));
  const named = worst
    .slice(0, MOST_SLICES)
    .map(
      ({ key, lift }) =>
        `'${key.value}' (${guessText(lift)}: ${percent(lift.baselines[0]!.score)}, candidate ${percent(lift.model.estimate!)}, lift ${pointsText(lift.lift)})`,
    );
  const more = worst.length > MOST_SLICES ? ` and ${worst.length - MOST_SLICES} more` : '';
  const left = [
    ...(oneClass === 0 ? [] : [`${plural(oneClass, 'slice')} of one label`]),
    ...(small === 0 ? [] : [`${small} below the minimum of cases`]),
  ];
  return [
    finding({
      check: ID,
      kind: 'evaluation',
      slice: sliceId(metric, worst[0]!.key),
      estimate: worst[0]!.lift.lift,
      reason: `in ${failing.length} of ${plural(slices.length, 'slice')} with several labels the candidate is hardly better than a constant answer: ${named.join('; ')}${more}${left.length === 0 ? '' : `; not compared: ${left.join(', ')}`}`,
      remedy: 'look at recall per label in these slices: their rates say little about the model',
      method: worst[0]!.lift.lift.method,
      source: 'B-10',
    }),
  ];
}

/** `91.0% (89.1 to 92.6)`. */
function rateText(rate: Estimate): string {
  return rangeText(rate, '%');
}

/** `57.0 points (53.8 to 60.1)`. */
function pointsText(difference: Estimate): string {
  return rangeText(difference, ' points');
}

function rangeText({ estimate, lower, upper }: Estimate, unit: string): string {
  if (estimate === null) return 'undefined';
  const number = (value: number) => (value * 100).toFixed(1);
  const limits = lower === null || upper === null ? '' : ` (${number(lower)} to ${number(upper)})`;
  return `${number(estimate)}${unit}${limits}`;
}
