/** `slicewise power`: what each gated slice could see, how many cases would settle it, and what this gate cannot see. */

import type { Config } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import {
  casesToSee,
  type Pairing,
  powerBasis,
  powerToSee,
  type SliceEvidence,
  smallestDropSeen,
} from '../../evidence/index.ts';
import type { Ports } from '../../stages/index.ts';
import { type Study, withStudy } from '../open-study.ts';
import { type NamedSlice, nameSlice } from '../slice-name.ts';
import { type Family, familyOf, isBlind } from './threshold.ts';

/** What to ask. */
export interface PowerRequest {
  readonly config: Config;
  /** A drop in the metric's unit, above 0; null asks for three margins. */
  readonly drop: number | null;
  /** Share of cases that flip when nothing changes, in [0,1]; null takes what was observed, or .1 where nothing was. */
  readonly churn: number | null;
}

/** What one slice can show. Rates, drops and powers are in [0,1]; null is unknown, with the reason in the notes. */
export interface SlicePowerRow extends NamedSlice {
  readonly critical: boolean;
  readonly n: number;
  readonly lost: number;
  readonly gained: number;
  /** Share of cases that flipped either way, and that were won back; null where the runs share no case. */
  readonly churn: number | null;
  readonly gains: number | null;
  /** One-sided level that the slice has for itself. */
  readonly share: number;
  readonly drop: number;
  readonly margin: number;
  /** Chance that the test sees such a drop at the slice's share. */
  readonly powerAtDrop: number | null;
  readonly powerAtMargin: number | null;
  /** The same at the family's threshold: with all that the other slices lend. */
  readonly bestPowerAtDrop: number | null;
  readonly bestPowerAtMargin: number | null;
  /** Smallest drop seen with 80 % power. */
  readonly minimumDetectableDrop: number | null;
  /** Cases that see the drop, and the margin, with 80 % power. */
  readonly casesForDrop: number | null;
  readonly casesForMargin: number | null;
  /** So few cases flipped that the slice could not have blocked, had every one of them been lost. */
  readonly blind: boolean | null;
}

/** A gated slice below the minimum. */
export interface SmallSlice extends NamedSlice {
  readonly n: number;
  readonly lacks: number;
}

/** The answer, as plain data. */
export interface PowerResult {
  readonly study: 'power';
  readonly schemaVersion: '1.0';
  readonly runHash: string;
  readonly pairing: Pairing;
  /** Churn that was assumed in place of what was observed; null where it was observed. */
  readonly assumedChurn: number | null;
  readonly blockBudget: number;
  readonly minCases: number;
  readonly adjustment: string;
  /** Largest one-sided p-value with which one slice alone blocks, for critical and for other slices. */
  readonly thresholds: { readonly critical: number | null; readonly other: number | null };
  /** Slices with enough cases, those that see least first. */
  readonly slices: readonly SlicePowerRow[];
  readonly small: readonly SmallSlice[];
  readonly notes: readonly string[];
}

/** Assumed where there is nothing to observe: a tenth of the cases flips when nothing changes. */
const USUAL_CHURN = 0.1;

/** Drops asked for by default, in margins. */
const DROP_IN_MARGINS = 3;

/**
 * Says what every gated slice could see.
 *
 * @throws UsageError where the drop or the churn is no such share; else as the gate does
 */
export async function runPower(request: PowerRequest, ports: Ports): Promise<PowerResult> {
  checkShares(request);
  return withStudy(request.config, ports, (study) => powerOf(study, request));
}

/**
 * The same of a comparison that is open and judged.
 *
 * @throws UsageError where the drop or the churn is no such share
 */
export function powerOf(
  study: Pick<Study, 'config' | 'judgement' | 'measured' | 'described'>,
  request: Pick<PowerRequest, 'drop' | 'churn'>,
): PowerResult {
  checkShares(request);
  const { drop, churn } = request;
  const { config, judgement, measured, described } = study;
  const { policy } = config;
  const assumedChurn = churn ?? (measured.pairing === 'single run' ? USUAL_CHURN : null);
  const gated = [...judgement.decisions.keys()];
  const neededBy = ({ leastCases = 1 }: SliceEvidence): number => Math.max(policy.minCases, leastCases);
  const tested = gated.filter((slice) => slice.n >= neededBy(slice));
  const [critical, other] = [true, false].map((isCritical) =>
    familyOf(
      tested.filter(({ rules }) => (rules.critical ?? false) === isCritical),
      isCritical ? judgement.budgets.critical : judgement.budgets.other,
      policy,
    ),
  );
  const rows = [critical, other].flatMap((family) =>
    family.slices.map((slice) => rowOf(slice, family, { drop, assumedChurn, pairing: measured.pairing })),
  );
  return {
    study: 'power',
    schemaVersion: '1.0',
    runHash: described.runHash,
    pairing: measured.pairing,
    assumedChurn,
    blockBudget: policy.blockBudget,
    minCases: policy.minCases,
    adjustment: judgement.adjustment,
    thresholds: { critical: critical.threshold, other: other.threshold },
    slices: rows.sort(byLeastSeen),
    small: gated
      .filter((slice) => slice.n < neededBy(slice))
      .map((slice) => ({ ...nameSlice(slice), n: slice.n, lacks: neededBy(slice) - slice.n }))
      .sort((a, b) => a.lacks - b.lacks || (a.id < b.id ? -1 : 1)),
    notes: [...described.notes, ...notesOf(rows)],
  };
}

interface RowContext {
  readonly drop: number | null;
  readonly assumedChurn: number | null;
  readonly pairing: Pairing;
}

function rowOf(slice: SliceEvidence, family: Family, context: RowContext): SlicePowerRow {
  const { n, lost, gained, margin } = slice;
  const { assumedChurn, pairing } = context;
  const drop = context.drop ?? Number((DROP_IN_MARGINS * margin).toPrecision(12));
  const basis = powerBasis(slice, assumedChurn);
  const alpha = family.share;
  const lent = Math.max(alpha, family.threshold ?? alpha);
  const ask = <T>(question: (known: NonNullable<typeof basis>) => T): T | null =>
    basis === null ? null : question(basis);
  const observed = pairing === 'paired' && n > 0;
  return {
    ...nameSlice(slice),
    critical: slice.rules.critical ?? false,
    n,
    lost,
    gained,
    churn: assumedChurn ?? (observed ? (lost + gained) / n : null),
    gains: assumedChurn === null ? (observed ? gained / n : null) : assumedChurn / 2,
    share: alpha,
    drop,
    margin,
    powerAtDrop: ask((known) => powerToSee(known, n, drop, alpha)),
    powerAtMargin: ask((known) => powerToSee(known, n, margin, alpha)),
    bestPowerAtDrop: ask((known) => powerToSee(known, n, drop, lent)),
    bestPowerAtMargin: ask((known) => powerToSee(known, n, margin, lent)),
    minimumDetectableDrop: ask((known) => smallestDropSeen(known, n, alpha)),
    casesForDrop: ask((known) => casesToSee(known, drop, alpha)),
    casesForMargin: ask((known) => casesToSee(known, margin, alpha)),
    blind: assumedChurn === null ? isBlind(slice, family) : null,
  };
}

function byLeastSeen(a: SlicePowerRow, b: SlicePowerRow): number {
  return (
    (a.powerAtDrop ?? -1) - (b.powerAtDrop ?? -1) ||
    (b.minimumDetectableDrop ?? 2) - (a.minimumDetectableDrop ?? 2) ||
    (a.id < b.id ? -1 : 1)
  );
}

function notesOf(rows: readonly SlicePowerRow[]): string[] {
  const unknown = rows.filter(
    ({ minimumDetectableDrop, powerAtDrop }) => minimumDetectableDrop === null && powerAtDrop === null,
  );
  if (unknown.length === 0) return [];
  return [
    `the power of ${unknown.length} of ${rows.length} rows is not known: quantiles, looks at growing cases, numbers without a baseline or without any spread, or no room for such a drop`,
  ];
}

function checkShares({ drop, churn }: Pick<PowerRequest, 'drop' | 'churn'>): void {
  if (drop !== null && !(drop > 0 && Number.isFinite(drop))) {
    throw new UsageError({ message: `--drop is ${drop}, must be above 0, such as 0.15 for 15 points` });
  }
  if (churn !== null && !(churn >= 0 && churn <= 1)) {
    throw new UsageError({
      message: `--churn is ${churn}, must be from 0 to 1`,
      hint: 'the share of cases that flip when nothing changes, such as 0.1',
    });
  }
}
