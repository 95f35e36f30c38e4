/** Turns the counts of a comparison into evidence, slice by slice and metric by metric. */

import type { MetricConfig, Policy } from '../config/index.ts';
import {
  isOutcomeMeasure,
  type SliceCount,
  type Tally,
  tallyCells,
  type UnitTable,
} from '../counts/index.ts';
import { InternalError } from '../errors.ts';
import { allCases, rulesOf, type Scope, type ScopedGrouping } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { atOnce, type Steps } from '../steps.ts';
import type { ClassCounts } from './class-cells.ts';
import { classEvidence } from './class-evidence.ts';
import { clusterUnits } from './clustered.ts';
import { bootstrapDelta } from './delta-estimate.ts';
import { tallyUnits } from './from-units.ts';
import { ownSignFlip } from './loss-test.ts';
import { sliceEvidence } from './slice-evidence.ts';
import type { Pairing, SliceEvidence } from './types.ts';

export interface CollectInput {
  readonly scope: Scope;
  readonly policy: Policy;
  readonly pairing: Pairing;
  /** Counts of every grouping of the scope and of all cases. */
  readonly counts: readonly SliceCount[];
  /** Case values of the metrics that need them. */
  readonly units: ReadonlyMap<string, UnitTable>;
  /** Answers by label, where a metric is about classes. */
  readonly classes?: ClassCounts | null;
  readonly clustered: boolean;
  readonly withoutErrorPairs?: boolean;
  /** Leave out the intervals, which no decision looks at. */
  readonly withoutIntervals?: boolean;
  /** Read outcomes from the case values too, where those are not the ones that were counted. */
  readonly outcomesFromUnits?: boolean;
  /** Evidence of the very same counts, collected before under the same rules; what is new is added. Only where units are not looked at. */
  readonly known?: WeakMap<SliceCount, readonly SliceEvidence[]>;
}

/** Evidence of every slice and of all cases together. */
export interface Evidence {
  readonly slices: readonly SliceEvidence[];
  readonly overall: readonly SliceEvidence[];
}

/** Evidence of every slice, in the order of groupings, slices and metrics, and of all cases together. */
export function collectEvidence(input: CollectInput): Evidence {
  return atOnce(evidenceSteps(input));
}

/** Slices after which others may have their turn. */
const AT_ONCE = 500;

/** The same in steps: with very many slices others have their turn in between. */
export function* evidenceSteps(input: CollectInput): Steps<Evidence> {
  const byGrouping = Map.groupBy(input.counts, ({ grouping }) => grouping);
  const { groupings, metrics } = input.scope;
  const overall: SliceEvidence[] = [];
  const slices: SliceEvidence[] = [];
  for (const count of byGrouping.get(ALL_CASES.grouping.id) ?? []) {
    for (const metric of metrics) overall.push(onItsOwn(evidenceFor(count, ALL_CASES, metric, input), input));
  }
  for (const scoped of groupings) {
    for (const count of byGrouping.get(scoped.grouping.id) ?? []) {
      if (slices.length % AT_ONCE === 0) yield;
      const own =
        input.known?.get(count) ?? metrics.map((metric) => evidenceFor(count, scoped, metric, input));
      input.known?.set(count, own);
      slices.push(...own);
    }
  }
  return { slices, overall };
}

const ALL_CASES = allCases('shown');

/** All cases together are one row without a family: a bootstrap interval, and its own sign flips for graded values. */
function onItsOwn(evidence: SliceEvidence, input: CollectInput): SliceEvidence {
  const { tally, metric, test, direction } = evidence;
  if (metric.measure.kind === 'class') return evidence;
  if (input.pairing !== 'paired' || input.clustered || input.withoutIntervals) return evidence;
  const pending = test !== null && test.pValue === null && metric.measure.kind !== 'quantile';
  return {
    ...evidence,
    delta: bootstrapDelta(tally, metric.measure, input.policy),
    test: pending ? ownSignFlip(tally, direction === 'higher' ? -1 : 1, input.policy) : test,
  };
}

function evidenceFor(
  count: SliceCount,
  scoped: ScopedGrouping,
  metric: MetricConfig,
  input: CollectInput,
): SliceEvidence {
  const units = input.units.get(metric.id);
  const members = units && membersOf(units, count);
  const { floor, margin } = scoped.rules;
  const rules = count.state === 'value' ? rulesOf(scoped, count.value) : { floor, margin };
  const { policy, pairing, withoutIntervals, withoutErrorPairs, classes } = input;
  const key = { grouping: count.grouping, state: count.state, value: count.value };
  const common = { key, scoped, metric, rules, policy, pairing, withoutIntervals };
  const { measure } = metric;
  if (measure.kind === 'class') {
    if (!classes) throw new InternalError({ message: `no answers were counted for ${metric.id}` });
    const errorRules = { errors: policy.errors, withoutErrorPairs };
    return classEvidence({ ...common, measure, classes, errorRules });
  }
  return sliceEvidence({
    ...common,
    tally: tallyFor(count, metric, input, units, members),
    clusters: input.clustered && units && members ? clusterUnits(units, members, input.pairing) : null,
  });
}

function tallyFor(
  count: SliceCount,
  { measure }: MetricConfig,
  { policy, withoutErrorPairs, outcomesFromUnits }: CollectInput,
  units: UnitTable | undefined,
  members: Int32Array | undefined,
): Tally {
  if (isOutcomeMeasure(measure) && !outcomesFromUnits) {
    return tallyCells(count.cells, measure, { errors: policy.errors, withoutErrorPairs });
  }
  return tallyUnits(units as UnitTable, members as Int32Array, count);
}

/** Unit indexes of a slice; none of its cases may have a usable value. */
function membersOf(units: UnitTable, count: SliceCount): Int32Array {
  const index = indexOf(units);
  const at = index.get(sliceId('', count));
  return at === undefined ? new Int32Array() : units.members[at];
}

const INDEXES = new WeakMap<UnitTable, Map<string, number>>();

function indexOf(units: UnitTable): Map<string, number> {
  const known = INDEXES.get(units);
  if (known) return known;
  const index = new Map(units.slices.map((key, i) => [sliceId('', key), i]));
  INDEXES.set(units, index);
  return index;
}
