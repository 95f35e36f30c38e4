/** The facts of cases as columns of numbers: what to select, and how to read it. */

import type { TablePlan } from '../../counts/index.ts';
import { type CaseFacts, FATES } from '../case-facts.ts';
import { halfPrefix, rowHalves } from '../halves.ts';
import { textLiteral } from '../sql/literal.ts';
import type { CaseTable } from './case-table.ts';
import type { NumberColumn } from './database.ts';
import type { KeyTable } from './key-table.ts';
import type { FactsSql } from './table-facts.ts';
import { outcomeValues } from './values.ts';

/** Reads the columns of a statement. */
export interface FactColumns {
  /** Puts all columns into the order of the table. */
  inOrder(columns: readonly NumberColumn[]): readonly NumberColumn[];
  read(columns: readonly NumberColumn[]): CaseFacts;
}

/**
 * Adds what is to be selected.
 *
 * @param add takes an expression and says in which column it comes
 */
export function factsOf(
  table: CaseTable,
  facts: FactsSql,
  clusters: KeyTable | null,
  { measure, split }: TablePlan,
  add: (expression: string) => number,
): FactColumns {
  const number = (expression: string): number => add(`coalesce(${expression}, CAST('NaN' AS DOUBLE))`);
  const row = facts.row === null ? null : add(`CAST(${facts.row} AS UINTEGER)`);
  const outcome = add('CAST(c.o AS UINTEGER)');
  // Without another run there is nothing to fetch of it.
  const values = facts.values?.map((value, i) => (i === 0 && table.baseline === null ? null : number(value)));
  const weight = facts.weight === null ? null : number(facts.weight);
  const cluster = clusters === null ? null : add(clusters.code);
  const isKnown =
    clusters === null ? null : add(`CAST(CASE WHEN ${facts.cluster} IS NULL THEN 0 ELSE 1 END AS UTINYINT)`);
  const half = split === null || (cluster === null && row !== null) ? null : add(halfSql(split, facts));
  return {
    inOrder: (columns) => (facts.orderBy === null ? sorted(columns, columns[row!]!) : columns),
    read(columns) {
      const column = (at: number | null): NumberColumn | null => (at === null ? null : columns[at]!);
      const outcomes = columns[outcome]!;
      const weights = column(weight) as Float64Array | null;
      const [before, after] =
        measure.kind === 'outcome'
          ? sharesOf(table, measure, outcomes)
          : values!.map((at) => column(at) as Float64Array | null);
      const baseline = table.baseline === null ? null : (before ?? null);
      return {
        cases: outcomes.length,
        fate: fatesOf(table, outcomes, baseline, after!, weights),
        baseline: baseline ?? (before ?? new Float64Array(outcomes.length)).fill(Number.NaN),
        candidate: after!,
        weight: weights,
        half: split === null ? null : halvesOf(split, column(half), column(row), column(isKnown)),
        cluster: cluster === null ? null : ownClusters(columns[cluster]!, column(isKnown)!, clusters!.size),
      };
    },
  };
}

/** See `CodedTable.half`; DuckDB's number has the digest's first byte lowest. */
function halfSql(split: number, { id, cluster, row }: FactsSql): string {
  const own = row === null ? id : "''";
  const text = cluster === null ? own : `coalesce(${cluster}, ${own})`;
  return `CAST(md5_number(${textLiteral(halfPrefix(split))} || ${text}) & 1 AS UTINYINT)`;
}

/** The halves that the database gave, and for rows without a cluster those of their numbers. */
function halvesOf(
  split: number,
  given: NumberColumn | null,
  rows: NumberColumn | null,
  isKnown: NumberColumn | null,
): Uint8Array {
  if (rows === null) return given as Uint8Array;
  const own = rowHalves(split, rows);
  if (given !== null && isKnown !== null) {
    for (let i = 0; i < own.length; i++) if (isKnown[i]) own[i] = given[i]!;
  }
  return own;
}

function sharesOf(
  table: CaseTable,
  measure: Extract<TablePlan['measure'], { kind: 'outcome' }>,
  outcomes: NumberColumn,
): readonly Float64Array[] {
  const shares = outcomeValues(table, measure.of, measure.errors);
  return (['baseline', 'candidate'] as const).map((side) => {
    const byOutcome = Float64Array.from(shares, (share) => share[side]);
    const values = new Float64Array(outcomes.length);
    for (let i = 0; i < values.length; i++) values[i] = byOutcome[outcomes[i]!]!;
    return values;
  });
}

function fatesOf(
  table: CaseTable,
  outcomes: NumberColumn,
  baseline: Float64Array | null,
  candidate: Float64Array,
  weights: Float64Array | null,
): Uint8Array {
  const byOutcome = Uint8Array.from(table.outcomes, (outcome) => {
    if (outcome.candidate === null) return FATES.onlyBaseline;
    if (baseline !== null && outcome.baseline === null) return FATES.onlyCandidate;
    return outcome.edited ? FATES.edited : FATES.in;
  });
  const fates = new Uint8Array(outcomes.length);
  for (let i = 0; i < fates.length; i++) {
    const fate = byOutcome[outcomes[i]!]!;
    if (fate !== FATES.in) fates[i] = fate;
    else if (Number.isNaN(candidate[i]!) || (baseline !== null && Number.isNaN(baseline[i]!)))
      fates[i] = FATES.unscored;
    else if (weights !== null && Number.isNaN(weights[i]!)) fates[i] = FATES.unweighted;
  }
  return fates;
}

/** A case without a cluster is a cluster of its own. */
function ownClusters(codes: NumberColumn, isKnown: NumberColumn, clusters: number): Int32Array {
  return Int32Array.from(codes, (code, i) => (isKnown[i] ? code : clusters + i));
}

/** Puts rows into ascending order of their numbers, which differ. */
function sorted(columns: readonly NumberColumn[], numbers: NumberColumn): readonly NumberColumn[] {
  const places = placesOf(numbers);
  if (places === null) return columns;
  return columns.map((column) => {
    const found = new (column.constructor as new (length: number) => NumberColumn)(column.length);
    for (let i = 0; i < column.length; i++) found[places[i]!] = column[i]!;
    return found;
  });
}

/** Per row its place in ascending order; null where all are in their places. */
function placesOf(numbers: NumberColumn): Uint32Array | null {
  let isSorted = true;
  let last = 0;
  for (let i = 0; i < numbers.length; i++) {
    if (numbers[i]! < last) isSorted = false;
    else last = numbers[i]!;
  }
  if (isSorted) return null;
  const places = new Uint32Array(last + 1);
  for (let i = 0; i < numbers.length; i++) places[numbers[i]!] = 1;
  let next = 0;
  for (let number = 0; number <= last; number++) if (places[number]) places[number] = next++;
  const found = new Uint32Array(numbers.length);
  for (let i = 0; i < found.length; i++) found[i] = places[numbers[i]!]!;
  return found;
}
