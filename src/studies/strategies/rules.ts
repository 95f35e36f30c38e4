/** The ways to gate that people use, as rules on one release: what the article compares, and this gate beside them. */

import type { Policy } from '../../config/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import { type Judgement, reachesMargin } from '../../gate/index.ts';
import { holm } from '../../stats/index.ts';
import { outcomeOf } from '../outcome.ts';

/** One release as a rule sees it: pass rates of all cases and of the gated slices. */
export interface ReleaseView {
  readonly overall: SliceEvidence;
  /** Slices with any case. */
  readonly slices: readonly SliceEvidence[];
  /** Slices with enough cases. */
  readonly tested: readonly SliceEvidence[];
  readonly judgement: Judgement;
}

/** What a rule says. `named` are the slices that it accuses; null where a rule cannot name one. */
export interface RuleVerdict {
  readonly verdict: 'PASS' | 'BLOCK' | 'REVIEW';
  readonly blocked: readonly SliceEvidence[] | null;
  readonly reviewed: readonly SliceEvidence[];
}

/** A way to gate. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  /** One sentence: what it does, and what that is good or bad for. */
  readonly explanation: string;
  readonly decide: (view: ReleaseView) => RuleVerdict;
}

/** Drops, in shares, beyond which the simple rules act. */
const MEAN_DROP = 0.01;
const SLICE_DROP = 0.1;

/**
 * The rules to compare, this gate last.
 *
 * @param floor lowest acceptable pass rate, or null where none is configured
 */
export function rulesFor(policy: Policy, floor: number | null): Rule[] {
  return [
    {
      id: 'weighted-mean',
      name: 'weighted mean, > 1 point',
      explanation:
        'blocks when the mean over all cases drops by more than a point: a small slice can collapse without moving it',
      decide: ({ overall }) => ofAll(exceeds(lossOf(overall), MEAN_DROP)),
    },
    ...(floor === null ? [] : [meanFloor(floor)]),
    {
      id: 'unweighted-mean',
      name: 'unweighted mean, > 1 point',
      explanation:
        'blocks when the mean over slices drops by more than a point: small slices count as much as large ones, and so does their noise',
      decide: ({ slices }) => {
        const mean = (side: 'baseline' | 'candidate') =>
          slices.reduce((sum, slice) => sum + rateOf(slice, side), 0) / slices.length;
        return ofAll(slices.length > 0 && exceeds(mean('baseline') - mean('candidate'), MEAN_DROP));
      },
    },
    rawMinimum(policy, floor),
    {
      id: 'slice-drop-review',
      name: 'slices > 10 points, review',
      explanation: 'asks a person about every slice whose point estimate drops by more than 10 points',
      decide: ({ tested }) => reviewing(tested.filter((slice) => exceeds(lossOf(slice), SLICE_DROP))),
    },
    {
      id: 'uncorrected-test',
      name: `slices tested at ${policy.blockBudget}`,
      explanation: 'blocks on an exact test of any slice, with no regard to how many slices there are',
      decide: ({ tested }) =>
        blocking(tested.filter(({ test }) => (test?.pValue ?? 1) <= policy.blockBudget)),
    },
    {
      id: 'holm',
      name: `slices tested, Holm`,
      explanation: 'the same, corrected for the number of slices as if every slice could reach any p-value',
      decide: ({ tested }) => {
        const adjusted = holm(tested.map(({ test }) => test?.pValue ?? null));
        return blocking(tested.filter((_, i) => (adjusted[i] ?? 1) <= policy.blockBudget));
      },
    },
    {
      id: 'this-gate',
      name: 'this gate',
      explanation: 'your policy: corrected tests and the margin decide, suspicions go to a person',
      decide: ({ judgement }) => ours(judgement),
    },
  ];
}

function meanFloor(floor: number): Rule {
  return {
    id: 'weighted-mean-floor',
    name: `weighted mean < ${floor}`,
    explanation:
      'blocks when the mean over all cases is below a fixed bar: blind to slices and to slow decline',
    decide: ({ overall }) => ofAll(overall.n > 0 && rateOf(overall, 'candidate') < floor),
  };
}

function rawMinimum({ margin, minCases }: Policy, floor: number | null): Rule {
  if (floor === null) {
    return {
      id: 'raw-minimum',
      name: `worst slice, >= ${points(margin)}`,
      explanation: `blocks when the worst slice of at least ${minCases} cases drops by the margin, by its point estimate: with many slices one always does by chance`,
      decide: ({ tested }) =>
        blocking(tested.filter(({ loss, margin: own }) => reachesMargin(loss ?? 0, own))),
    };
  }
  return {
    id: 'raw-minimum',
    name: `worst slice < ${floor}`,
    explanation: `the article's gate: blocks when the point estimate of the worst slice of at least ${minCases} cases is below a bar, which it may never have met`,
    decide: ({ tested }) => blocking(tested.filter((slice) => rateOf(slice, 'candidate') < floor)),
  };
}

function points(share: number): string {
  return `${Number((share * 100).toPrecision(4))} points`;
}

function ours(judgement: Judgement): RuleVerdict {
  const { outcome, alarms } = outcomeOf(judgement);
  const of = (wanted: 'BLOCK' | 'REVIEW') =>
    alarms.filter(({ verdict }) => verdict === wanted).map(({ slice }) => slice);
  const verdict =
    outcome === 'BLOCK' ? 'BLOCK' : outcome === 'REVIEW' || outcome === 'critical' ? 'REVIEW' : 'PASS';
  return { verdict, blocked: of('BLOCK'), reviewed: of('REVIEW') };
}

function ofAll(blocks: boolean): RuleVerdict {
  return { verdict: blocks ? 'BLOCK' : 'PASS', blocked: null, reviewed: [] };
}

function blocking(slices: readonly SliceEvidence[]): RuleVerdict {
  return { verdict: slices.length > 0 ? 'BLOCK' : 'PASS', blocked: slices, reviewed: [] };
}

function reviewing(slices: readonly SliceEvidence[]): RuleVerdict {
  return { verdict: slices.length > 0 ? 'REVIEW' : 'PASS', blocked: [], reviewed: slices };
}

function lossOf({ loss }: SliceEvidence): number {
  return loss ?? 0;
}

function rateOf(slice: SliceEvidence, side: 'baseline' | 'candidate'): number {
  return slice[side]?.estimate ?? 0;
}

/** More than the bound, beyond floating-point noise. */
function exceeds(loss: number, bound: number): boolean {
  return loss > bound * (1 + 1e-12);
}
