/** What an overlap means for the eval: the base verdict, and the sentence that says why. */

import type { Finding } from '../../findings/index.ts';
import { type CheckContext, finding, percent, plural } from '../check.ts';
import type { OverlapScore, OverlapStore, StoreOverlap } from '../diagnosis-overlap.ts';

/** Share of the compared cases from which on the eval cannot be trusted. A default of Slicewise. */
export const INVALID_SHARE = 0.1;

/** How much a score differs without the overlapping cases; null where it has no value. */
export function scoreShift({ all, clean }: OverlapScore): number | null {
  return all.estimate === null || clean.estimate === null ? null : all.estimate - clean.estimate;
}

/** How much the difference between the runs differs without the overlapping cases. */
export function deltaShift({ baseline, candidate }: StoreOverlap): number | null {
  const before = baseline === null ? null : scoreShift(baseline);
  const after = candidate === null ? null : scoreShift(candidate);
  return before === null || after === null ? null : after - before;
}

/**
 * REVIEW for any exact or near pair; INVALID where a tenth of the compared cases overlap, or where the candidate's score or
 * the difference between the runs moves by the margin without them. Null where nothing overlaps.
 */
export function overlapVerdict(
  overlap: StoreOverlap,
  margin: number,
  invalidShare = INVALID_SHARE,
): 'REVIEW' | 'INVALID' | null {
  const copied = overlap.overlapping.length;
  if (copied === 0) return null;
  // Without a clean case there is no score that could be trusted.
  const isMost = copied >= invalidShare * overlap.compared;
  const shifts = [overlap.candidate && scoreShift(overlap.candidate), deltaShift(overlap)];
  const isShifted = shifts.some((shift) => shift !== null && Math.abs(shift) >= margin);
  return isMost || (overlap.candidate !== null && isShifted) ? 'INVALID' : 'REVIEW';
}

/** The score with and without the overlapping cases, in words. */
export function scoreSentence({ metric, candidate, baseline }: StoreOverlap): string | null {
  const sides = [candidate, baseline];
  const [of, before] = sides.map((score) =>
    score === null || score.all.estimate === null
      ? null
      : `${number(score.all.estimate)} on all and ${number(score.clean.estimate)} on clean cases`,
  );
  if (of == null) return null;
  return `${metric} is ${of}${before == null ? '' : ` (baseline: ${before})`}`;
}

function number(value: number | null): string {
  return value === null ? 'undefined' : value.toFixed(3);
}

/** Words for a store and its check. */
export interface OverlapWords {
  readonly check: string;
  readonly practice: string;
  /** `BLEED`, `LEAK`. */
  readonly state: string;
  readonly store: OverlapStore;
  /** `the training data`. */
  readonly name: string;
  readonly remedy: string;
}

/** What must be added before the check can look; null where it can. */
export function missingForOverlap({ store }: OverlapWords, input: string) {
  return ({ config, diagnosis }: CheckContext): string | null => {
    if (config.inputs[store].length === 0) return input;
    return diagnosis?.overlap?.notComparable.find((one) => one.store === store)?.reason ?? null;
  };
}

/** The findings about one store: copies first, then notices. */
export function overlapFindings(words: OverlapWords) {
  return ({ config, diagnosis }: CheckContext): readonly Finding[] => {
    const overlap = diagnosis?.overlap?.stores.find(({ store }) => store === words.store);
    if (overlap === undefined) return [];
    const common = { check: words.check, kind: 'data', source: words.practice } as const;
    const method = `exact join of ${overlap.grams} sets, Jaccard at least ${overlap.threshold}`;
    const findings: Finding[] = [];
    const copied = overlap.overlapping.length;
    if (overlap.compared === 0) {
      findings.push(
        finding({
          ...common,
          verdict: 'UNTESTED',
          reason: `none of ${plural(overlap.cases, 'case')} has ${overlap.minWords} words or more that are no boilerplate, so none was compared with ${words.name}`,
          remedy: 'overlap: { minWords: 2 } in slicewise.yaml compares short texts as well',
          method,
        }),
      );
    }
    if (copied > 0) {
      findings.push(
        finding({
          ...common,
          verdict: overlapVerdict(overlap, config.policy.margin, config.overlap?.invalidShare),
          reason: [
            `${words.state}: ${plural(copied, 'case')} of ${overlap.compared} compared (${percent(copied / overlap.compared)}) stand in ${words.name}, ${overlap.casesBy.exact} of them word for word`,
            conflictText(overlap),
            failingText(overlap),
            scoreSentence(overlap),
          ]
            .filter((part) => part !== null)
            .join('; '),
          evidence: overlap.overlapping.slice(0, 100),
          evidenceTotal: copied,
          remedy: words.remedy,
          method,
        }),
      );
    }
    if (overlap.casesBy.similar > 0) {
      findings.push(
        finding({
          ...common,
          reason: `${plural(overlap.casesBy.similar, 'case')} resemble a row of ${words.name} (Jaccard ${overlap.notice} to ${overlap.threshold}); a notice, nothing follows from it`,
          remedy: 'slicewise splits overlap --texts shows them side by side',
          method,
        }),
      );
    }
    const { short, shortEqual } = overlap.leftOut;
    if (shortEqual > 0) {
      findings.push(
        finding({
          ...common,
          reason: `${shortEqual} of ${plural(short, 'case')} of fewer than ${overlap.minWords} words stand in ${words.name} as well; so short, equal texts are no copies`,
          evidence: overlap.shortCopies.slice(0, 100).map(({ caseId }) => caseId),
          evidenceTotal: shortEqual,
          method,
        }),
      );
    }
    return findings;
  };
}

function conflictText({ conflicting }: StoreOverlap): string | null {
  return conflicting.length === 0 ? null : `${conflicting.length} with another label there`;
}

function failingText({ failing, failingNowPass }: StoreOverlap): string | null {
  if (failing === 0) return null;
  return failingNowPass === null
    ? `${failing} of them fail`
    : `${failing} of them failed in the baseline, of which ${failingNowPass} pass now`;
}
