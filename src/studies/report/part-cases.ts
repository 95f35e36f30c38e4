/** Sums over cases whose answers are lists, spans or JSON objects: expected, given and right parts, and whole cases. */

import type { Cell } from '../../cases/index.ts';
import type { Compared } from '../../classes/index.ts';
import { compareText } from '../../slices/index.ts';
import { matchLists, matchSpans, type PartCounts, wilsonInterval } from '../../stats/index.ts';
import type { SumMetric } from './case-bootstrap.ts';
import { type CellParts, readParts } from './cell-parts.ts';
import type { PartFigures, PartsTable } from './parts-report.ts';
import type { PartKind } from './request.ts';

/** Places of the sums. */
const EXPECTED = 0;
const GIVEN = 1;
const RIGHT = 2;
const FOUND = 3;
const WHOLE = 4;
const CASES = 5;
const SUMS = 6;

/** Why an answer has no parts. */
export type Unanswered = 'missing' | 'errors' | 'unreadable';

/** The answers of one run. */
export interface RunAnswers {
  /** Null: the case has no answer. */
  readonly given: readonly (CellParts | null)[];
  readonly present: Uint8Array;
  readonly failed: Uint8Array;
}

/** The answers of one run, counted. */
interface RunTable {
  readonly sums: readonly Float64Array[];
  readonly unanswered: Record<Unanswered, number>;
  readonly parts: ReadonlyMap<string, PartTally>;
}

interface PartTally {
  expected: number;
  given: number;
  right: number;
  found: number;
}

/** Metrics over parts; where nothing was given or expected, 0/0 is undefined. */
const METRICS: readonly { readonly name: string; readonly of: SumMetric }[] = [
  { name: 'whole case', of: (sums) => ratio(sums[WHOLE]!, sums[CASES]!) },
  { name: 'precision', of: (sums) => ratio(sums[RIGHT]!, sums[GIVEN]!) },
  { name: 'recall', of: (sums) => ratio(sums[FOUND]!, sums[EXPECTED]!) },
  { name: 'f1', of: f1Of },
];

const NOTHING: PartCounts = { expected: 0, given: 0, givenRight: 0, expectedFound: 0, whole: false };

/** Everything that a report needs of answers with parts. */
export interface PartCases {
  readonly table: PartsTable;
  readonly parts: readonly PartFigures[];
  readonly unanswered: Record<Unanswered, { readonly baseline: number | null; readonly candidate: number }>;
}

/**
 * Matches the answers of both runs against what was expected.
 *
 * @param expected parts by case; null where nobody said
 * @param match spans match exactly, or where they overlap
 */
export function partCases(
  expected: readonly (CellParts | null)[],
  runs: { readonly baseline: RunAnswers | null; readonly candidate: RunAnswers },
  cluster: Int32Array | null,
  level: number,
): PartCases {
  const { baseline, candidate } = runs;
  const labelled = Uint8Array.from(expected, (parts) => (parts === null ? 0 : 1));
  const paired = Uint8Array.from(expected, (_, place) =>
    candidate.present[place] === 1 && (baseline === null || baseline.present[place] === 1) ? 1 : 0,
  );
  const used = (place: number) => labelled[place] === 1 && paired[place] === 1;
  const after = tableOf(expected, candidate, used);
  const before = baseline && tableOf(expected, baseline, used);
  const count = (why: Unanswered) => ({
    baseline: before?.unanswered[why] ?? null,
    candidate: after.unanswered[why],
  });
  return {
    table: {
      cases: { baseline: before?.sums ?? null, candidate: after.sums, cluster },
      whole: { sum: WHOLE, name: 'whole case' },
      metrics: METRICS,
      labelled,
      paired,
    },
    parts: partFigures(before?.parts ?? null, after.parts, level),
    unanswered: { missing: count('missing'), errors: count('errors'), unreadable: count('unreadable') },
  };
}

function tableOf(
  expected: readonly (CellParts | null)[],
  { given, failed }: RunAnswers,
  used: (place: number) => boolean,
): RunTable {
  const sums = Array.from({ length: SUMS }, () => new Float64Array(expected.length));
  const unanswered = { missing: 0, errors: 0, unreadable: 0 };
  const parts = new Map<string, PartTally>();
  for (const [place, wanted] of expected.entries()) {
    if (wanted === null || !used(place)) continue;
    const answer = given[place] ?? null;
    const readable = answer !== null && answer.kind !== 'fault' && failed[place] === 0;
    if (!readable) unanswered[failed[place] === 1 ? 'errors' : answer === null ? 'missing' : 'unreadable']++;
    const counts = matched(wanted, readable ? answer : null);
    const row = [
      counts.expected,
      counts.given,
      counts.givenRight,
      counts.expectedFound,
      Number(counts.whole),
      1,
    ];
    for (const [sum, value] of row.entries()) sums[sum]![place] = value;
    tallyParts(parts, wanted, readable ? answer : null);
  }
  return { sums, unanswered, parts };
}

/** An answer that is not there gives nothing, and is not right as a whole even where nothing was expected. */
function matched(expected: CellParts, given: CellParts | null): PartCounts {
  if (expected.kind === 'texts') {
    if (given?.kind !== 'texts') return { ...NOTHING, expected: expected.texts.length };
    return matchLists(expected.texts, given.texts);
  }
  if (expected.kind !== 'spans') return NOTHING;
  if (given?.kind !== 'spans') return { ...NOTHING, expected: expected.spans.length };
  return matchSpans(expected.spans, given.spans, 'exact');
}

/** What a part is called: the item of a list, the label of a span, the path of a field. */
function partNames(
  parts: CellParts,
  place: 'texts' | 'paths',
): readonly (readonly [name: string, whole: string])[] {
  if (parts.kind === 'spans') {
    return parts.spans.map(({ start, end, label }) => [
      label === '' ? '(no label)' : label,
      `${start} ${end} ${label}`,
    ]);
  }
  if (parts.kind === 'fault') return [];
  return parts.texts.map((text) => [place === 'paths' ? pathOf(text) : text, text]);
}

/** The path of a field `.address.city = "Bern"`, without the list marks. */
function pathOf(field: string): string {
  const path = /^((?:\.(?:[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")|\[\])*) = /su.exec(field)?.[1] ?? field;
  return path.replace(/^\./, '') || '(whole)';
}

function tallyParts(tallies: Map<string, PartTally>, expected: CellParts, given: CellParts | null): void {
  const style = expected.kind === 'texts' && expected.fields === true ? 'paths' : 'texts';
  const left = new Map<string, number>();
  const tallyOf = (name: string) => {
    const known = tallies.get(name) ?? { expected: 0, given: 0, right: 0, found: 0 };
    tallies.set(name, known);
    return known;
  };
  for (const [name, whole] of partNames(expected, style)) {
    tallyOf(name).expected++;
    left.set(whole, (left.get(whole) ?? 0) + 1);
  }
  for (const [name, whole] of given === null ? [] : partNames(given, style)) {
    const tally = tallyOf(name);
    tally.given++;
    const open = left.get(whole) ?? 0;
    if (open === 0) continue;
    left.set(whole, open - 1);
    tally.right++;
    tally.found++;
  }
}

/** Parts that are listed; the others only count in the sums. */
const MOST_PARTS = 1_000;

function partFigures(
  before: ReadonlyMap<string, PartTally> | null,
  after: ReadonlyMap<string, PartTally>,
  level: number,
): readonly PartFigures[] {
  const none: PartTally = { expected: 0, given: 0, right: 0, found: 0 };
  const names = [...new Set([...after.keys(), ...(before?.keys() ?? [])])];
  const compared = (of: (tally: PartTally) => readonly [number, number], name: string): Compared => {
    const rate = (tally: PartTally) => wilsonInterval(...of(tally), level);
    const candidate = rate(after.get(name) ?? none);
    const baseline = before === null ? null : rate(before.get(name) ?? none);
    // The difference of two shares over different answers has no interval without the single cases.
    return { baseline, candidate, delta: null, pValue: null };
  };
  return names
    .map((part) => ({
      part,
      expected: after.get(part)?.expected ?? before?.get(part)?.expected ?? 0,
      precision: compared(({ right, given }) => [right, given], part),
      recall: compared(({ found, expected }) => [found, expected], part),
    }))
    .toSorted((a, b) => b.expected - a.expected || compareText(a.part, b.part))
    .slice(0, MOST_PARTS);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Of precision and recall over all parts; 0 where nothing is right, undefined where there is no part at all. */
function f1Of(sums: Float64Array): number | null {
  if (sums[EXPECTED]! + sums[GIVEN]! === 0) return null;
  const precision = ratio(sums[RIGHT]!, sums[GIVEN]!) ?? 0;
  const recall = ratio(sums[FOUND]!, sums[EXPECTED]!) ?? 0;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/**
 * The parts of a column of cells.
 *
 * @returns null where a cell is missing
 */
export function cellParts(cells: readonly Cell[], kind: PartKind): readonly (CellParts | null)[] {
  return cells.map((cell) => (cell === null ? null : readParts(cell, kind)));
}
