/** B-14: a kind of mistake that doubled behind an unchanged total. */

import type { ConfusionPair, Confusions, Merge } from '../../classes/index.ts';
import type { Finding } from '../../findings/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Check, finding, grouped, percent, plural } from '../check.ts';
import {
  answerName,
  type Classes,
  classesOf,
  labelName,
  listed,
  lostEvidence,
  missingClasses,
} from '../class-words.ts';

const ID = 'confusion-pairs';
const SOURCE = 'B-14';

/** Family-wise error of each of the two families. */
const ALPHA = 0.05;
const NAMES = 5;

export const confusionPairs: Check = {
  kind: 'model',
  practice: SOURCE,
  missing: (context) => {
    if (context.profile.baseline === null) return 'a baseline run';
    const missing = missingClasses(context);
    if (missing !== null) return missing;
    return classesOf(context)!.confusions === null
      ? 'one label per case: sets of labels have no confusion table'
      : null;
  },
  run: (context) => {
    const classes = classesOf(context)!;
    const { confusions, merges, labels } = classes;
    const { overall, slices } = confusions!;
    const everywhere = overall.pairs.filter(({ alarm }) => alarm);
    const local = slices.pairs.filter(({ alarm }) => alarm);
    const isSame = (a: ConfusionPair, b: ConfusionPair) =>
      a.expected === b.expected && a.predicted === b.predicted;
    const within = (pair: ConfusionPair) =>
      local.filter((other) => isSame(other, pair)).map(({ key }) => `${key.grouping}=${key.value}`);
    return [
      ...everywhere.map((pair) => alarmFinding(pair, overall, within(pair), classes, true)),
      ...local
        .filter((pair) => !everywhere.some((other) => isSame(other, pair)))
        .map((pair) => alarmFinding(pair, slices, [], classes, false)),
      // Of two labels one class is no classification.
      ...topPairs(overall, labels > 2 ? merges : []),
    ];
  },
};

function alarmFinding(
  pair: ConfusionPair,
  family: Confusions,
  slices: readonly string[],
  classes: Classes,
  all: boolean,
): Finding {
  const { expected, predicted, support, baseline, candidate, onlyBaseline, onlyCandidate, rate, adjusted } =
    pair;
  const { delta } = rate;
  const moved =
    onlyBaseline === null ? '' : `, ${grouped(onlyCandidate!)} new and ${grouped(onlyBaseline)} gone`;
  const before = rate.baseline?.estimate ?? 0;
  const times = before > 0 ? ` (${(rate.candidate.estimate! / before).toFixed(1)} times)` : '';
  const also = slices.length === 0 ? '' : `; also within ${listed(slices, NAMES)}`;
  return finding({
    check: ID,
    kind: 'model',
    verdict: 'REVIEW',
    slice: all ? null : sliceId('passRate', pair.key),
    estimate: delta,
    ...(all ? lostEvidence(classes, expected) : {}),
    reason: `${labelName(expected)} answered as ${answerName(predicted)} went from ${grouped(baseline!)} to ${grouped(candidate)} of ${plural(support, 'case')}${times}${moved}; change ${percent(delta!.lower!)} to ${percent(delta!.upper!)}, adjusted p ${adjusted!.toPrecision(2)}${also}`,
    remedy: `read the cases of ${labelName(expected)} that are now answered as ${answerName(predicted)}`,
    method: `exact test per kind of mistake, Holm over ${plural(family.tested, all ? 'tested cell' : 'tested cell of the slices')}, family-wise ${ALPHA}; a kind with fewer than six changed cases is not tested, so a rare one may hide`,
    source: SOURCE,
  });
}

/** What is confused most, as a line without a verdict. */
function topPairs({ pairs, tested, unlisted }: Confusions, [merge]: readonly Merge[]): readonly Finding[] {
  const top = [...pairs].sort((a, b) => b.candidate - a.candidate).slice(0, NAMES);
  if (top.length === 0 || top[0]!.candidate === 0) return [];
  const text = ({ expected, predicted, baseline, candidate, support }: ConfusionPair): string =>
    `${labelName(expected)} as ${answerName(predicted)} ${baseline === null ? '' : `${grouped(baseline)} to `}${grouped(candidate)} of ${grouped(support)}`;
  const kinds = pairs.length + unlisted;
  return [
    finding({
      check: ID,
      kind: 'model',
      estimate: top[0]!.rate.delta,
      reason: `most frequent of ${plural(kinds, 'kind')} of mistakes: ${top.map(text).join('; ')}`,
      remedy:
        merge === undefined || merge.candidate === 0
          ? null
          : `one class in place of ${labelName(merge.first)} and ${labelName(merge.second)} would spare ${plural(merge.candidate, 'mistake')} (${percent(merge.share!)} of those with an answer)`,
      method: `counts; ${plural(tested, 'kind')} of mistakes could be tested for a change`,
      source: SOURCE,
    }),
  ];
}
