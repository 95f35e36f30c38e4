/** B-7: a class that is hardly ever found, behind an accuracy that hides it. */

import type { ClassFloor, SliceClasses } from '../../classes/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, grouped, percent, plural } from '../check.ts';
import {
  answerName,
  type Classes,
  classCount,
  classesOf,
  labelName,
  listed,
  lostEvidence,
  missingClasses,
} from '../class-words.ts';

const ID = 'class-recall';
const SOURCE = 'B-7';

/** Classes from which losing a whole one hardly moves accuracy, and the share of one class from which guessing it does well. */
const BANNER = { classes: 10, majority: 0.8 } as const;
/** Adjusted p up to which a new breach is suspected, as for the floors of slices. */
const SUSPICION = 0.1;
/** Classes with a finding of their own; the others are named together. */
const MOST_FINDINGS = 20;
const NAMES = 5;

export const classRecall: Check = {
  kind: 'model',
  practice: SOURCE,
  missing: missingClasses,
  run: (context) => {
    const classes = classesOf(context)!;
    return [
      ...floorFindings(classes, context),
      ...neverFound(classes, context),
      ...banner(classes, context),
      ...notes(classes),
    ];
  },
};

/**
 * BLOCK: confirmed and new, or without a baseline against a floor that somebody set. REVIEW: suspected and new, or without a
 * baseline against the default floor. DEBT: both runs are below.
 */
export type ClassBreach = 'BLOCK' | 'REVIEW' | 'DEBT';

function floorFindings(classes: Classes, context: CheckContext): readonly Finding[] {
  if (classes.floors === null) return [];
  const { policy } = context.config;
  const breaches = classes.floors.classes.flatMap((entry) => {
    const verdict = classBreach(entry, classes.floor, policy);
    return verdict === null ? [] : [{ entry, verdict }];
  });
  const tested = classes.floors.tested;
  const method = `one-sided exact binomial, Holm over ${classCount(tested)}, family-wise ${blockAlpha(policy)} for a block and ${SUSPICION} for a review`;
  return (['BLOCK', 'REVIEW', 'DEBT'] as const).flatMap((verdict) => {
    const found = breaches.filter((breach) => breach.verdict === verdict).map(({ entry }) => entry);
    const own = found.slice(0, MOST_FINDINGS).map((entry) => breachFinding(entry, verdict, classes, method));
    const rest = found.slice(MOST_FINDINGS);
    return rest.length === 0 ? own : [...own, restFinding(rest, verdict, classes, method)];
  });
}

/**
 * What the floor says of one class.
 *
 * @returns null where the class is not tested, is not below the floor, or may well be above it
 */
export function classBreach(
  { adjusted, recall, baselineRecall }: ClassFloor,
  { value, configured }: Classes['floor'],
  policy: FloorPolicy,
): ClassBreach | null {
  if (adjusted === null || adjusted > SUSPICION || (recall.estimate ?? 1) >= value) return null;
  if (baselineRecall !== null && baselineRecall < value) return 'DEBT';
  return adjusted <= blockAlpha(policy) && (configured || baselineRecall !== null) ? 'BLOCK' : 'REVIEW';
}

type FloorPolicy = Pick<CheckContext['config']['policy'], 'blockBudget' | 'floorShare'>;

/** Adjusted p up to which a new breach is confirmed: the part of the error budget that floors have. */
function blockAlpha({ blockBudget, floorShare }: FloorPolicy): number {
  return blockBudget * floorShare;
}

function breachFinding(entry: ClassFloor, verdict: ClassBreach, classes: Classes, method: string): Finding {
  const { label, n, hits, recall, baselineRecall, adjusted, instead } = entry;
  const before =
    baselineRecall === null
      ? ''
      : `; the baseline ${verdict === 'DEBT' ? 'is below it too' : 'held it'} (${percent(baselineRecall)})`;
  return finding({
    check: ID,
    kind: 'model',
    verdict,
    estimate: recall,
    ...lostEvidence(classes, label),
    reason: `class ${labelName(label)}: recall ${percent(hits / n)}, ${grouped(hits)} of ${plural(n, 'case')} (upper bound ${recall.upper!.toFixed(2)}), below the floor ${floorText(classes)}; adjusted p ${adjusted!.toPrecision(2)}${before}`,
    remedy: `read the cases of ${labelName(label)}, mostly answered ${instead.map(({ answer, cases }) => `${answerName(answer)} (${grouped(cases)})`).join(', ')}; another floor is classes: {floor: ...}`,
    method,
    source: SOURCE,
  });
}

function restFinding(
  entries: readonly ClassFloor[],
  verdict: ClassBreach,
  classes: Classes,
  method: string,
): Finding {
  return finding({
    check: ID,
    kind: 'model',
    verdict,
    reason: `${classCount(entries.length)} more below the floor ${floorText(classes)}: ${listed(entries.map(hitsText), NAMES)}`,
    method,
    source: SOURCE,
  });
}

function floorText({ floor }: Classes): string {
  return `${floor.value}${floor.configured ? '' : ' (the default)'}`;
}

function hitsText({ label, hits, n }: ClassFloor): string {
  return `${labelName(label)} (${grouped(hits)} of ${grouped(n)})`;
}

/** Classes that are never found, small ones too: they are counted although no test could decide about them. */
function neverFound(classes: Classes, { config }: CheckContext): readonly Finding[] {
  const all = classes.floors?.classes ?? [];
  const never = all.filter(({ hits }) => hits === 0);
  if (never.length === 0) return [];
  const { minCases } = config.policy;
  const small = never.filter(({ n }) => n < minCases);
  const text = (entry: ClassFloor): string =>
    `${labelName(entry.label)} 0 of ${grouped(entry.n)} (upper bound ${entry.recall.upper!.toFixed(2)}${entry.n < minCases ? ', LOW-N' : ''})`;
  return [
    finding({
      check: ID,
      kind: 'model',
      // LOW-N decides nothing; it says that these classes are too small for a verdict.
      verdict: small.length === never.length ? 'LOW-N' : null,
      reason: `${grouped(never.length)} of ${classCount(all.length)} ${never.length === 1 ? 'has' : 'have'} recall 0: ${listed(never.map(text), NAMES)}`,
      remedy:
        small.length === 0
          ? null
          : `${classCount(small.length)} below ${minCases} cases: add cases before trusting any rate of theirs`,
      method: 'Wilson interval per class, not adjusted: a count of classes, not a test',
      source: SOURCE,
    }),
  ];
}

/** Accuracy is what the gate looks at, and it can hide a class. */
function banner({ slices }: Classes, { scope }: CheckContext): readonly Finding[] {
  const gatesAccuracy = scope.metrics.some(({ gate, measure }) => gate && measure.kind === 'passRate');
  const overall = slices[0];
  if (!gatesAccuracy || overall === undefined || overall.multiLabel) return [];
  const present = overall.classes.filter(({ support }) => support > 0);
  const total = present.reduce((sum, { support }) => sum + support, 0);
  const largest = present[0];
  if (largest === undefined || present.length < 2) return [];
  const majority = largest.support / total;
  if (present.length < BANNER.classes && majority < BANNER.majority) return [];
  return [
    finding({
      check: ID,
      kind: 'model',
      estimate: overall.accuracy.candidate,
      reason: bannerText(overall, present.length, largest.label, majority, total),
      remedy: 'read recall per class; losing a whole class may be within the noise of accuracy',
      method: 'accuracy beside the majority and class-frequency answers; no test, so no error to control',
      source: SOURCE,
    }),
  ];
}

function bannerText(
  { accuracy, averages, classes }: SliceClasses,
  present: number,
  largest: string,
  majority: number,
  total: number,
): string {
  const worst = classes
    .filter(({ recall }) => recall.candidate.estimate !== null)
    .sort((a, b) => a.recall.candidate.estimate! - b.recall.candidate.estimate! || b.support - a.support)[0];
  const macro = averages.find(({ average }) => average === 'macro')?.recall.candidate.estimate ?? null;
  const frequency = classes.reduce((sum, { support }) => sum + (support / total) ** 2, 0);
  const parts = [
    `the gate looks at accuracy, which hides classes: ${present} classes, ${labelName(largest)} is ${percent(majority)} of ${grouped(total)}`,
    `accuracy ${percent(accuracy.candidate.estimate ?? 0)}`,
    ...(macro === null ? [] : [`macro recall ${percent(macro)}`]),
    ...(worst === undefined
      ? []
      : [`worst class ${labelName(worst.label)} ${percent(worst.recall.candidate.estimate!)}`]),
    `always answering ${labelName(largest)} scores ${percent(majority)}, drawing by class frequency ${percent(frequency)}`,
  ];
  return parts.join('; ');
}

/** What was left out, and what a hierarchy of labels says. */
function notes({ severalTrials, slicesLeftOut, slices, levels }: Classes): readonly Finding[] {
  const note = (reason: string, method: string): Finding =>
    finding({ check: ID, kind: 'model', reason, method, source: SOURCE });
  const overall = slices[0];
  const apart = (overall?.unlabelled ?? 0) + (overall?.edited ?? 0);
  const rate = (value: number | null | undefined): string => (value == null ? 'undefined' : percent(value));
  return [
    ...(severalTrials > 0
      ? [note(`${plural(severalTrials, 'case')} with several trials: the first one answers`, 'counts')]
      : []),
    ...(apart > 0
      ? [
          note(
            `no class holds ${plural(overall!.unlabelled, 'case')} without a true label and ${plural(overall!.edited, 'edited case')}`,
            'counts',
          ),
        ]
      : []),
    ...(slicesLeftOut > 0
      ? [
          note(
            `the classes of ${plural(slicesLeftOut, 'slice')} are not looked at: there are too many of both`,
            'counts',
          ),
        ]
      : []),
    ...(levels.length > 1
      ? [
          note(
            `accuracy by level of the label map: ${levels
              .map(({ level, labels, classes: { accuracy } }) => {
                const before = accuracy.baseline === null ? '' : `${rate(accuracy.baseline.estimate)} to `;
                return `${level === 0 ? 'labels' : `level ${level}`} (${grouped(labels)}) ${before}${rate(accuracy.candidate.estimate)}`;
              })
              .join('; ')}`,
            'one rate per level with a Wilson interval each; a higher level is never less accurate, so it proves nothing by itself',
          ),
        ]
      : []),
  ];
}
