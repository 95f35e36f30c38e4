/** Evidence of slices for tests, made from counts by the product's own code. */

import { DEFAULT_POLICY, type MetricConfig, type Policy, type SliceRules } from '../src/config/index.ts';
import type { OutcomeCell, OutcomeMeasure, SideOutcome } from '../src/counts/index.ts';
import { tallyCells } from '../src/counts/index.ts';
import type { Pairing, SliceEvidence } from '../src/evidence/index.ts';
import { sliceEvidence } from '../src/evidence/slice-evidence.ts';
import type { ScopedGrouping } from '../src/scope/index.ts';

/** How many cases of a slice passed in both runs, in the old one only, in the new one only, and in neither. */
export interface FlipCounts {
  readonly value?: string;
  readonly kept?: number;
  readonly lost?: number;
  readonly gained?: number;
  readonly failed?: number;
  readonly rules?: SliceRules;
}

export interface EvidenceOptions {
  readonly policy?: Partial<Policy>;
  readonly pairing?: Pairing;
  readonly metric?: Partial<MetricConfig>;
  readonly scoped?: Partial<ScopedGrouping>;
}

/** One trial of one case. */
export function outcome(result: 'passed' | 'failed' | 'error' | 'unscored'): SideOutcome {
  return {
    passed: Number(result === 'passed'),
    failed: Number(result === 'failed'),
    errors: Number(result === 'error'),
    unscored: Number(result === 'unscored'),
  };
}

/** A column that gates, named `segment` unless told otherwise. */
export function scopedColumn(changes: Partial<ScopedGrouping> = {}): ScopedGrouping {
  const column = changes.dimension ?? 'segment';
  return {
    grouping: { kind: 'column', id: column, column },
    role: 'gated',
    dimension: column,
    definition: null,
    rules: {},
    values: new Map(),
    ignore: new Set(),
    expected: null,
    remainder: null,
    familyOf: null,
    families: null,
    ...changes,
  };
}

/** The pass rate, gated, without margin or floor of its own. */
export const PASS_RATE: MetricConfig = {
  id: 'passRate',
  gate: true,
  margin: null,
  floor: null,
  measure: { kind: 'passRate' },
};

/** Evidence of one slice of single trials. */
export function evidenceOf(counts: FlipCounts, options: EvidenceOptions = {}): SliceEvidence {
  const { kept = 0, lost = 0, gained = 0, failed = 0 } = counts;
  const pass = outcome('passed');
  const fail = outcome('failed');
  const pairing = options.pairing ?? 'paired';
  const cell = (baseline: SideOutcome | null, candidate: SideOutcome | null, cases: number): OutcomeCell => ({
    baseline,
    candidate,
    edited: false,
    cases,
  });
  const paired = [
    cell(pass, pass, kept),
    cell(pass, fail, lost),
    cell(fail, pass, gained),
    cell(fail, fail, failed),
  ];
  const apart = [
    ...(pairing === 'unpaired' ? [cell(pass, null, kept + lost), cell(fail, null, gained + failed)] : []),
    cell(null, pass, kept + gained),
    cell(null, fail, lost + failed),
  ];
  return evidenceFromCells(pairing === 'paired' ? paired : apart, counts, options);
}

/** Evidence of one slice from its outcome cells. */
export function evidenceFromCells(
  cells: readonly OutcomeCell[],
  { value = 'a', rules = {} }: Pick<FlipCounts, 'value' | 'rules'>,
  options: EvidenceOptions = {},
): SliceEvidence {
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const metric = { ...PASS_RATE, ...options.metric };
  const scoped = scopedColumn(options.scoped);
  const occupied = cells.filter((cell) => cell.cases > 0);
  return sliceEvidence({
    key: { grouping: scoped.grouping.id, state: 'value', value },
    scoped,
    metric,
    rules,
    policy,
    pairing: options.pairing ?? 'paired',
    tally: tallyCells(occupied, metric.measure as OutcomeMeasure, { errors: policy.errors }),
    clusters: null,
  });
}
