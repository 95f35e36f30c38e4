/** What a threshold gives: plain arithmetic on counts that the studio answered. */

import type { MistakeCosts, ThresholdPoint, ThresholdSweep } from '../../../../src/studio/contract/index.ts';

export type Sweep = Extract<ThresholdSweep, { kind: 'sweep' }>;

/** One run at one threshold. */
export interface AtThreshold {
  readonly point: ThresholdPoint;
  /** Null where nothing is called positive. */
  readonly precision: number | null;
  readonly recall: number;
  readonly f1: number;
  readonly falseAlarmRate: number;
  /** Share of the cases that are called positive. */
  readonly called: number;
  readonly costPer1000: number;
}

/** What a threshold gives under these costs. */
export function atThreshold(
  point: ThresholdPoint,
  { positives, others }: Pick<Sweep, 'positives' | 'others'>,
  { miss, falseAlarm }: MistakeCosts,
): AtThreshold {
  const { truePositives, falsePositives } = point;
  const called = truePositives + falsePositives;
  const n = positives + others;
  return {
    point,
    precision: called === 0 ? null : truePositives / called,
    recall: truePositives / positives,
    f1: (2 * truePositives) / (positives + called),
    falseAlarmRate: falsePositives / others,
    called: called / n,
    costPer1000: (1000 * (miss * (positives - truePositives) + falseAlarm * falsePositives)) / n,
  };
}

/**
 * Place of the point that a threshold of the address means: the lowest listed one that is not below it.
 *
 * @param text empty for the one nearest to a half; `none` calls nothing positive
 */
export function placeOf(points: readonly ThresholdPoint[], text: string): number {
  if (text === 'none') return 0;
  const wanted = text === '' ? 0.5 : Number(text);
  if (!Number.isFinite(wanted)) return placeOf(points, '');
  const at = points.findLastIndex(({ threshold }) => threshold === null || threshold >= wanted - 1e-12);
  return Math.max(0, at);
}

/** A threshold as the address keeps it. */
export function thresholdKey({ threshold }: ThresholdPoint): string {
  return threshold === null ? 'none' : String(threshold);
}

/** A threshold for people. */
export function thresholdText(threshold: number | null): string {
  return threshold === null ? 'nothing is called positive' : String(Number(threshold.toPrecision(4)));
}

/** A cost that was typed; null where it is none. */
export function readCost(text: string): number | null {
  const trimmed = text.trim();
  if (!/^\d{1,9}(?:\.\d{1,6})?$/.test(trimmed)) return null;
  return Number(trimmed);
}
