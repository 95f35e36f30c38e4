/** Draws on single cases: every case (or cluster) keeps one number of its own in a replicate, in all slices and metrics. */

import type { UnitTable } from '../../counts/index.ts';
import { compareText, type SliceKey, sliceId } from '../../slices/index.ts';
import { philox4x32Into, seedWords } from '../../stats/index.ts';
import { STREAMS } from './model.ts';

/** The cases of several tables, each with its place among all of them in order of id. */
export interface Places {
  readonly size: number;
  /** Place of each unit of a table. */
  readonly of: ReadonlyMap<UnitTable, Int32Array>;
}

/** Gives every case, or every cluster where cases are clustered, a place that depends on the ids alone. */
export function placesOf(tables: Iterable<UnitTable>, clustered: boolean): Places {
  const all = [...tables];
  const nameOf = (table: UnitTable, unit: number) =>
    clustered && table.cluster !== null ? `cluster ${table.cluster[unit]}` : table.ids[unit];
  const names = new Set(all.flatMap((table) => table.ids.map((_, unit) => nameOf(table, unit))));
  const order = new Map([...names].sort(compareText).map((name, place) => [name, place]));
  return {
    size: order.size,
    of: new Map(
      all.map((table) => [table, Int32Array.from(table.ids, (_, i) => order.get(nameOf(table, i)) ?? 0)]),
    ),
  };
}

/** Marks each place with the given probability; four places share one block of random words. */
export function markPlaces(size: number, probability: number, seed: number, replicate: number): Uint8Array {
  const [low, high] = seedWords(seed);
  const words = new Uint32Array(4);
  const marks = new Uint8Array(size);
  const bound = probability * 2 ** 32;
  for (let place = 0; place < size; place++) {
    if (place % 4 === 0) philox4x32Into(words, 0, replicate, place >>> 2, STREAMS.units, 2, low, high);
    marks[place] = words[place % 4] < bound ? 1 : 0;
  }
  return marks;
}

/** Marked cases that both runs have swap their two values. */
export function swapUnits(table: UnitTable, places: Int32Array, marks: Uint8Array): UnitTable {
  const baseline = table.baseline.slice();
  const candidate = table.candidate.slice();
  for (let i = 0; i < baseline.length; i++) {
    if (marks[places[i]] === 0 || Number.isNaN(baseline[i]) || Number.isNaN(candidate[i])) continue;
    baseline[i] = table.candidate[i];
    candidate[i] = table.baseline[i];
  }
  return { ...table, baseline, candidate };
}

/** Marked cases go to the baseline, the others to the candidate. */
export function dealUnits(
  table: UnitTable,
  places: Int32Array,
  marks: Uint8Array,
  pick: (unit: number) => number,
): UnitTable {
  const baseline = new Float64Array(table.ids.length).fill(Number.NaN);
  const candidate = baseline.slice();
  for (let i = 0; i < baseline.length; i++) {
    (marks[places[i]] === 1 ? baseline : candidate)[i] = pick(i);
  }
  return { ...table, baseline, candidate };
}

/** Units of a slice that have a value in the candidate (and in the baseline, where pairs are compared). */
export function usableMembers(table: UnitTable, slice: SliceKey, paired: boolean): Int32Array {
  const target = sliceId('', slice);
  const at = table.slices.findIndex((key) => sliceId('', key) === target);
  if (at < 0) return new Int32Array();
  return table.members[at].filter(
    (unit) => !Number.isNaN(table.candidate[unit]) && !(paired && Number.isNaN(table.baseline[unit])),
  );
}
