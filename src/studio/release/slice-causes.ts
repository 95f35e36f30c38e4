/** What stands behind the change of a slice: its part in the whole, what each condition carries, what its lost cases share. */

import {
  isOutcomeMeasure,
  type OutcomeMeasure,
  type Tally,
  tallyCells,
  type ValueCount,
} from '../../counts/index.ts';
import { mixShift, type ValuePeriods } from '../../discovery/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import { type Expression, formatExpression, type Grouping } from '../../slices/index.ts';
import { shapleyValues } from '../../stats/index.ts';
import type { SliceCausesAnswer } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { type KnownSlice, knownSlice } from './known-slice.ts';
import { sliceFeatures } from './slice-features.ts';
import { conditionsOf } from './slice-relations.ts';

/** Conjunctions of more conditions are not split: the work doubles with each. */
const MOST_CONDITIONS = 6;

/** All three parts; each is null where it cannot be told. */
export async function sliceCauses(id: string, session: StudioSession): Promise<SliceCausesAnswer> {
  const slice = await knownSlice(id, session);
  return {
    mix: mixOf(slice, session),
    parts: await partsOf(slice, session),
    features: await sliceFeatures(slice, session),
  };
}

/** How much of the change of all cases is this slice getting worse inside, and how much its share. */
function mixOf({ evidence }: KnownSlice, session: StudioSession): SliceCausesAnswer['mix'] {
  const all = overallOf(evidence, session);
  if (evidence === null || all === undefined) return null;
  const before = sums(evidence.tally.baselineValues);
  const after = sums(evidence.tally.candidateValues);
  const [allBefore, allAfter] = [sums(all.tally.baselineValues), sums(all.tally.candidateValues)];
  const shift = mixShift([
    { label: 'in', before, after },
    { label: 'rest', before: less(allBefore, before), after: less(allAfter, after) },
  ]);
  const own = shift?.values[0];
  return own === undefined ? null : { ...own, change: shift!.change };
}

type Sums = ValuePeriods['before'];

function sums(values: readonly ValueCount[]): Sums {
  return values.reduce(
    (total, { value, cases }) => ({ cases: total.cases + cases, sum: total.sum + value * cases }),
    { cases: 0, sum: 0 },
  );
}

function less(all: Sums, own: Sums): Sums {
  return { cases: all.cases - own.cases, sum: all.sum - own.sum };
}

function overallOf(evidence: SliceEvidence | null, { release }: StudioSession): SliceEvidence | undefined {
  return release.measured.overall.find(({ metric }) => metric.id === evidence?.metric.id);
}

/** Shapley values of the conditions: what each adds to how far the slice's change lies from that of all cases. */
async function partsOf(
  { evidence, where }: KnownSlice,
  session: StudioSession,
): Promise<SliceCausesAnswer['parts']> {
  const all = overallOf(evidence, session);
  if (evidence === null || where === null || all === undefined) return null;
  const { measure } = evidence.metric;
  const conditions = conditionsOf(where);
  if (!isOutcomeMeasure(measure) || conditions.length < 2 || conditions.length > MOST_CONDITIONS) return null;
  const changes = await teamChanges(conditions, measure, session);
  changes[0] = changeOf(all.tally);
  if (changes.some(Number.isNaN)) return null;
  const values = shapleyValues(conditions.length, (team) => changes[team]!);
  return conditions.map((condition, i) => ({ name: formatExpression(condition), contribution: values[i]! }));
}

/** The mean change of the cases that meet some of the conditions, by the bits of the team; 0 is filled in by the caller. */
async function teamChanges(
  conditions: readonly Expression[],
  measure: OutcomeMeasure,
  { inTurn }: StudioSession,
): Promise<number[]> {
  const groupings = Array.from({ length: 2 ** conditions.length - 1 }, (_, i): Grouping => {
    const parts = conditions.filter((_, bit) => (((i + 1) >> bit) & 1) === 1);
    const where: Expression = parts.length === 1 ? parts[0]! : { kind: 'and', parts };
    return { kind: 'predicate', id: `team ${i + 1}`, name: 'in', where };
  });
  return inTurn(async ({ comparison, config }) => {
    const counts = await comparison.engine.count({ groupings });
    const changes = [Number.NaN];
    for (const { id } of groupings) {
      const own = counts.find(({ grouping, state }) => grouping === id && state === 'value');
      const tally = own && tallyCells(own.cells, measure, { errors: config.policy.errors });
      changes.push(tally === undefined ? Number.NaN : changeOf(tally));
    }
    return changes;
  });
}

/** Mean change over the compared cases; NaN without any. */
function changeOf({ pairs, compared }: Tally): number {
  const sum = pairs.reduce(
    (total, { baseline, candidate, cases }) => total + (candidate - baseline) * cases,
    0,
  );
  return sum / compared;
}
