/** Sums over cases whose answers are lists, spans or JSON objects: expected, given and right parts, and whole cases. */

import type { Cell } from '../../cases/index.ts';
import { matchLists, matchSpans, type PartCounts, type Span } from '../../stats/index.ts';
import type { SumMetric } from './case-bootstrap.ts';
import { type CellParts, readParts } from './cell-parts.ts';
import { type PartCounter, type PartTallies, partFigures } from './part-figures.ts';
import type { PartFigures, PartsTable } from './parts-report.ts';
import type { PartKind, SpanMatch } from './request.ts';

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
  readonly parts: PartTallies;
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
 * @param seed of the bootstrap of cases
 * @param match spans match exactly, or where they overlap and have the same label
 */
export function partCases(
  expected: readonly (CellParts | null)[],
  runs: { readonly baseline: RunAnswers | null; readonly candidate: RunAnswers },
  cluster: Int32Array | null,
  level: number,
  seed = 1,
  match: SpanMatch = 'exact',
): PartCases {
  const { baseline, candidate } = runs;
  const labelled = Uint8Array.from(expected, (parts) => (parts === null ? 0 : 1));
  const paired = Uint8Array.from(expected, (_, place) =>
    candidate.present[place] === 1 && (baseline === null || baseline.present[place] === 1) ? 1 : 0,
  );
  const used = (place: number) => labelled[place] === 1 && paired[place] === 1;
  const after = tableOf(expected, candidate, used, match);
  const before = baseline && tableOf(expected, baseline, used, match);
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
    parts: partFigures({ baseline: before?.parts ?? null, candidate: after.parts, cluster, level, seed }),
    unanswered: { missing: count('missing'), errors: count('errors'), unreadable: count('unreadable') },
  };
}

function tableOf(
  expected: readonly (CellParts | null)[],
  { given, failed }: RunAnswers,
  used: (place: number) => boolean,
  match: SpanMatch,
): RunTable {
  const sums = Array.from({ length: SUMS }, () => new Float64Array(expected.length));
  const unanswered = { missing: 0, errors: 0, unreadable: 0 };
  const parts: PartTallies = new Map();
  for (const [place, wanted] of expected.entries()) {
    if (wanted === null || !used(place)) continue;
    const answer = given[place] ?? null;
    const readable = answer !== null && answer.kind !== 'fault' && failed[place] === 0;
    if (!readable) unanswered[failed[place] === 1 ? 'errors' : answer === null ? 'missing' : 'unreadable']++;
    const counts = matched(wanted, readable ? answer : null, match);
    const row = [
      counts.expected,
      counts.given,
      counts.givenRight,
      counts.expectedFound,
      Number(counts.whole),
      1,
    ];
    for (const [sum, value] of row.entries()) sums[sum]![place] = value;
    tallyParts(parts, place, wanted, readable ? answer : null, match);
  }
  return { sums, unanswered, parts };
}

/** An answer that is not there gives nothing, and is not right as a whole even where nothing was expected. */
function matched(expected: CellParts, given: CellParts | null, match: SpanMatch): PartCounts {
  if (expected.kind === 'texts') {
    if (given?.kind !== 'texts') return { ...NOTHING, expected: expected.texts.length };
    return matchLists(expected.texts, given.texts);
  }
  if (expected.kind !== 'spans') return NOTHING;
  if (given?.kind !== 'spans') return { ...NOTHING, expected: expected.spans.length };
  return matchSpans(expected.spans, given.spans, match);
}

const NO_SPAN_LABEL = '(no label)';

/** What a part is called: the item of a list, the label of a span, the path of a field. */
function partNames(
  parts: CellParts,
  place: 'texts' | 'paths',
): readonly (readonly [name: string, whole: string])[] {
  if (parts.kind === 'spans') {
    return parts.spans.map(({ start, end, label }) => [
      label === '' ? NO_SPAN_LABEL : label,
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

/** Counts each part of one case under its name. */
function tallyParts(
  tallies: PartTallies,
  place: number,
  expected: CellParts,
  given: CellParts | null,
  match: SpanMatch,
): void {
  const style = expected.kind === 'texts' && expected.fields === true ? 'paths' : 'texts';
  const left = new Map<string, number>();
  const tallyOf = (name: string) => {
    const own = tallies.get(name) ?? new Map<number, PartCounter>();
    tallies.set(name, own);
    const known = own.get(place) ?? { expected: 0, given: 0, right: 0, found: 0 };
    own.set(place, known);
    return known;
  };
  const wanted = partNames(expected, style);
  const answered = given === null ? [] : partNames(given, style);
  for (const [name, whole] of wanted) {
    tallyOf(name).expected++;
    left.set(whole, (left.get(whole) ?? 0) + 1);
  }
  if (match === 'overlap' && expected.kind === 'spans') {
    tallyOverlaps(expected.spans, given?.kind === 'spans' ? given.spans : [], tallyOf);
    return;
  }
  for (const [name, whole] of answered) {
    const tally = tallyOf(name);
    tally.given++;
    const open = left.get(whole) ?? 0;
    if (open === 0) continue;
    left.set(whole, open - 1);
    tally.right++;
    tally.found++;
  }
}

/** One given span may find several expected ones, and the other way round: each is counted on its own. */
function tallyOverlaps(
  expected: readonly Span[],
  given: readonly Span[],
  tallyOf: (name: string) => PartCounter,
): void {
  const nameOf = ({ label }: Span) => (label === '' ? NO_SPAN_LABEL : label);
  const isMet = (span: Span, others: readonly Span[]) =>
    matchSpans([span], others, 'overlap').expectedFound > 0;
  for (const span of given) {
    const tally = tallyOf(nameOf(span));
    tally.given++;
    if (isMet(span, expected)) tally.right++;
  }
  for (const span of expected) if (isMet(span, given)) tallyOf(nameOf(span)).found++;
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
