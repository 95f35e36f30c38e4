/** Simulates unchanged releases of one kind and counts what the gate would have done. */

import { setImmediate } from 'node:timers/promises';
import { judgeDrawn } from '../judge-drawn.ts';
import type { Study } from '../open-study.ts';
import { type Cause, outcomeOf } from '../outcome.ts';
import { isAbove, type SimulatedRate, simulatedRate } from '../rate.ts';
import { type NamedSlice, nameSlice } from '../slice-name.ts';
import type { UnchangedMode, UnchangedModel } from '../unchanged/model.ts';

/** How often one slice raised an alarm in unchanged releases. */
export interface SliceAlarms extends NamedSlice {
  readonly blocks: number;
  readonly reviews: number;
}

/** What the gate did with unchanged releases of one kind. */
export interface AaMode {
  readonly mode: UnchangedMode;
  readonly pairing: 'paired' | 'unpaired';
  readonly method: string;
  readonly releases: number;
  /** Slices with enough cases to be tested, on average. */
  readonly testedSlices: number;
  readonly blocked: SimulatedRate;
  /** Not blocked, and called for review because of a suspected loss or floor. */
  readonly reviewed: SimulatedRate;
  /** Blocked or reviewed: what the review budget bounds. */
  readonly flagged: SimulatedRate;
  /** Held up by nothing but critical slices without evidence either way. */
  readonly undecidedCritical: SimulatedRate;
  /** No slice had enough cases to be tested. */
  readonly nothingTested: SimulatedRate;
  /** Releases in which some slice blocks, or asks for review, for this cause. */
  readonly blockedBy: Readonly<Record<Cause, number>>;
  readonly reviewedFor: Readonly<Record<Cause, number>>;
  /** Slices that raised any alarm, most blocks first. */
  readonly slices: readonly SliceAlarms[];
  readonly aboveBlockBudget: boolean;
  readonly aboveReviewBudget: boolean;
}

/** Releases between two breaths, in which an interruption is heard. */
export const BREATH = 50;

/** Judges `runs` unchanged releases. The result does not depend on the order of slices or files. */
export async function simulateMode(
  study: Study,
  model: UnchangedModel,
  runs: number,
  onProgress: (share: number) => void,
): Promise<AaMode> {
  const { blockBudget, reviewBudget } = study.config.policy;
  const counts = { BLOCK: 0, REVIEW: 0, critical: 0, PASS: 0, nothing: 0 };
  const blockedBy = { loss: 0, floor: 0 };
  const reviewedFor = { loss: 0, floor: 0 };
  const slices = new Map<string, { readonly name: NamedSlice; blocks: number; reviews: number }>();
  let tested = 0;
  for (let replicate = 0; replicate < runs; replicate++) {
    const { judgement } = judgeDrawn(study, model, model.draw(replicate), replicate);
    const { outcome, alarms } = outcomeOf(judgement);
    tested += judgement.tested;
    counts[outcome]++;
    for (const cause of ['loss', 'floor'] as const) {
      const of = alarms.filter((alarm) => alarm.cause === cause);
      if (of.some(({ verdict }) => verdict === 'BLOCK')) blockedBy[cause]++;
      if (of.some(({ verdict }) => verdict === 'REVIEW')) reviewedFor[cause]++;
    }
    for (const { slice, verdict } of alarms) {
      const name = nameSlice(slice);
      const entry = slices.get(name.id) ?? { name, blocks: 0, reviews: 0 };
      if (verdict === 'BLOCK') entry.blocks++;
      else entry.reviews++;
      slices.set(name.id, entry);
    }
    if ((replicate + 1) % BREATH === 0) {
      onProgress((replicate + 1) / runs);
      await setImmediate();
    }
  }
  const rate = (count: number) => simulatedRate(count, runs);
  const blocked = rate(counts.BLOCK);
  const flagged = rate(counts.BLOCK + counts.REVIEW);
  return {
    mode: model.mode,
    pairing: model.pairing,
    method: model.method,
    releases: runs,
    testedSlices: tested / runs,
    blocked,
    reviewed: rate(counts.REVIEW),
    flagged,
    undecidedCritical: rate(counts.critical),
    nothingTested: rate(counts.nothing),
    blockedBy,
    reviewedFor,
    slices: [...slices.values()]
      .map(({ name, blocks, reviews }) => ({ ...name, blocks, reviews }))
      .sort((a, b) => b.blocks - a.blocks || b.reviews - a.reviews || (a.id < b.id ? -1 : 1)),
    aboveBlockBudget: isAbove(blocked, blockBudget),
    aboveReviewBudget: isAbove(flagged, reviewBudget),
  };
}
