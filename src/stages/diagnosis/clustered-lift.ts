/** The lift over constant answers where cases come in clusters: the same figures, with intervals that clusters decide. */

import type { OutcomeMeasure } from '../../counts/index.ts';
import { labelOfCell } from '../../derived/index.ts';
import { clusteredDelta, clusteredSide } from '../../evidence/index.ts';
import { liftFailure, type TrivialLift } from '../../models/index.ts';
import { allGrouping } from '../../scope/index.ts';
import type { Grouping, SliceKey } from '../../slices/index.ts';
import { rowsOf } from '../run-rows.ts';
import type { DiagnoseInput } from './input.ts';

/** A lift with the intervals of clusters; `key` is null for all cases. */
export type LiftWidener = (lift: TrivialLift, key: SliceKey | null) => TrivialLift;

/**
 * Cases of one cluster (a conversation, a customer) tend to pass or fail together, so that intervals for independent cases are too narrow.
 *
 * @param share of the model's score that a constant answer must not reach
 * @returns lifts as they are where cases come in no clusters
 */
export async function clusteredLifts(
  { comparison, config }: Pick<DiagnoseInput, 'comparison' | 'config'>,
  measure: OutcomeMeasure,
  groupings: readonly Grouping[],
  share: number,
): Promise<LiftWidener> {
  const { engine, candidate } = comparison;
  const { cluster: column, expected } = candidate.opened.mapping;
  if (column === undefined || expected === undefined) return (lift) => lift;
  const all = allGrouping();
  const units = await engine.units({
    groupings: [all, ...groupings],
    measure: { kind: 'outcome', of: measure, errors: config.policy.errors },
    onlyDiscordant: false,
  });
  const { cluster } = units;
  if (cluster === null) return (lift) => lift;
  const labels = new Map<string, string>();
  for await (const { caseId, attributes } of rowsOf(candidate, [expected]).chunks) {
    caseId.forEach((id, row) => {
      const label = labelOfCell(attributes.get(expected)?.[row] ?? null);
      if (label !== null && !labels.has(id)) labels.set(id, label);
    });
  }
  const places = new Map(units.slices.map((key, at) => [nameOf(key), units.members[at]!]));
  return (lift, key) => {
    const members =
      key === null
        ? units.members[units.slices.findIndex(({ grouping }) => grouping === all.id)]
        : places.get(nameOf(key));
    const guess = new Set(lift.baselines[0]?.guess);
    const usable = (members ?? new Int32Array()).filter(
      (place) => labels.has(units.ids[place]!) && !Number.isNaN(units.candidate[place]!),
    );
    if (usable.length === 0) return lift;
    const cases = {
      baseline: Float64Array.from(usable, (place) => (guess.has(labels.get(units.ids[place]!)!) ? 1 : 0)),
      candidate: Float64Array.from(usable, (place) => units.candidate[place]!),
      cluster: Int32Array.from(usable, (place) => cluster[place]!),
    };
    const wide = clusteredDelta(cases, config.policy, true);
    return {
      ...lift,
      model: clusteredSide(cases, 'candidate', config.policy, true),
      lift: wide,
      fails: liftFailure(lift.reached, wide, share),
    };
  };
}

function nameOf({ grouping, state, value }: SliceKey): string {
  return `${grouping}\n${state}\n${value}`;
}
