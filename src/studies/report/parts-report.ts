/** Answers with several parts, and ranked lists: rates over parts beside the share of cases that are right as a whole. */

import type { Compared } from '../../classes/index.ts';
import { exactChangeP, type PairedCounts, tangoInterval, wilsonInterval } from '../../stats/index.ts';
import { bootstrapCases, type SumMetric, type SummedCases } from './case-bootstrap.ts';
import type { NamedKey } from './named.ts';
import type { PartKind } from './request.ts';

/** One metric of one slice. */
export interface PartsValue {
  readonly metric: string;
  readonly value: Compared;
}

/** One slice. `n` + `unlabelled` + `unpaired` = cases of the slice that are not edited. */
export interface PartsSlice extends NamedKey {
  readonly n: number;
  /** Cases without expected parts. */
  readonly unlabelled: number;
  /** Cases that only one of two runs has. */
  readonly unpaired: number;
  /** The share of cases that are right as a whole comes first. */
  readonly values: readonly PartsValue[];
}

/** How often one part is expected, given and right: an item of lists, the label of spans, the path of a field. */
export interface PartFigures {
  readonly part: string;
  readonly expected: number;
  readonly precision: Compared;
  readonly recall: Compared;
}

/** What was found out of answers with parts. */
export interface PartsReport {
  readonly kind: PartKind | 'ranking';
  /** Columns of the expected and the given parts. */
  readonly columns: { readonly expected: string; readonly given: string };
  /** All cases first, then the slices. */
  readonly slices: readonly PartsSlice[];
  /** By how often they are expected; empty for rankings. */
  readonly parts: readonly PartFigures[];
  /** Compared cases whose answer is missing, is an error, or cannot be read as parts: nothing in them is right. */
  readonly unanswered: Record<'missing' | 'errors' | 'unreadable', RunCounts>;
}

/** A count for each run; null without an old one. */
export interface RunCounts {
  readonly baseline: number | null;
  readonly candidate: number;
}

/** The sums of all cases, with the metrics that are functions of them. */
export interface PartsTable {
  readonly cases: SummedCases;
  /** Which sum is 1 for cases that are right as a whole; it is the first metric. */
  readonly whole: { readonly sum: number; readonly name: string };
  readonly metrics: readonly { readonly name: string; readonly of: SumMetric }[];
  /** 1 where the case has expected parts, and is in every run that exists. */
  readonly labelled: Uint8Array;
  readonly paired: Uint8Array;
}

/**
 * The rows of every slice.
 *
 * @param slices names and places of cases, all cases first
 */
export function partsSlices(
  table: PartsTable,
  slices: readonly { readonly named: NamedKey; readonly members: ArrayLike<number> }[],
  options: { readonly level: number; readonly seed: number },
): readonly PartsSlice[] {
  const { labelled, paired, metrics, cases } = table;
  return slices.map(({ named, members }) => {
    const all = Array.from(members);
    const known = all.filter((place) => labelled[place] === 1);
    const used = known.filter((place) => paired[place] === 1);
    const values = bootstrapCases(
      cases,
      used,
      metrics.map(({ of }) => of),
      options,
    );
    return {
      ...named,
      n: used.length,
      unlabelled: all.length - known.length,
      unpaired: known.length - used.length,
      values: [
        { metric: table.whole.name, value: wholeRate(table, used, options.level) },
        ...metrics.map(({ name }, i) => ({ metric: name, value: values[i]! })),
      ].filter(({ metric }, i) => i === 0 || metric !== table.whole.name),
    };
  });
}

/** The share of whole cases: Wilson and exact McNemar, or the bootstrap where cases come in clusters. */
function wholeRate(
  { cases, whole, metrics }: PartsTable,
  members: readonly number[],
  level: number,
): Compared {
  if (cases.cluster !== null) {
    const own = metrics.find(({ name }) => name === whole.name);
    if (own !== undefined) return bootstrapCases(cases, members, [own.of], { level, seed: 0 })[0]!;
  }
  const after = cases.candidate[whole.sum]!;
  const before = cases.baseline?.[whole.sum];
  const sumOf = (values: Float64Array) => members.reduce((sum, place) => sum + values[place]!, 0);
  const candidate = wilsonInterval(sumOf(after), members.length, level);
  if (before === undefined) return { baseline: null, candidate, delta: null, pValue: null };
  const counts = pairedCounts(before, after, members);
  return {
    baseline: wilsonInterval(sumOf(before), members.length, level),
    candidate,
    delta: tangoInterval(counts, level),
    pValue: members.length === 0 ? null : exactChangeP(counts.baselineOnly, counts.candidateOnly),
  };
}

function pairedCounts(before: Float64Array, after: Float64Array, members: readonly number[]): PairedCounts {
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (const place of members) {
    if (before[place] === 1) counts[after[place] === 1 ? 'both' : 'baselineOnly']++;
    else counts[after[place] === 1 ? 'candidateOnly' : 'neither']++;
  }
  return counts;
}
