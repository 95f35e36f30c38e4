/** The facts of cases as columns of numbers: what to select, and how to read it. */

import type { TablePlan } from '../../counts/index.ts';
import { type CaseFacts, FATES } from '../case-facts.ts';
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
  const position = facts.position === null ? null : add(`CAST(${facts.position} AS UINTEGER)`);
  const outcome = add('CAST(c.o AS UINTEGER)');
  const values = facts.values?.map(number);
  const weight = facts.weight === null ? null : number(facts.weight);
  const cluster = clusters === null ? null : add(clusters.code);
  const half = split === null ? null : add(halfSql(split, facts));
  const known =
    clusters === null ? null : add(`CAST(CASE WHEN ${facts.cluster} IS NULL THEN 0 ELSE 1 END AS UTINYINT)`);
  return {
    inOrder: (columns) => (position === null ? columns : sorted(columns, columns[position]!)),
    read(columns) {
      const outcomes = columns[outcome]!;
      const weights = weight === null ? null : (columns[weight] as Float64Array);
      const [baseline, candidate] =
        measure.kind === 'outcome'
          ? sharesOf(table, measure, outcomes)
          : values!.map((i) => columns[i] as Float64Array);
      const isAlone = table.baseline === null;
      return {
        cases: outcomes.length,
        fate: fatesOf(table, outcomes, isAlone ? [candidate!] : [baseline!, candidate!], weights),
        baseline: isAlone ? baseline!.fill(Number.NaN) : baseline!,
        candidate: candidate!,
        weight: weights,
        half: half === null ? null : (columns[half] as Uint8Array),
        cluster: cluster === null ? null : ownClusters(columns[cluster]!, columns[known!]!, clusters!.size),
      };
    },
  };
}

/** See `CodedTable.half`; DuckDB's number has the digest's first byte lowest. */
function halfSql(split: number, { id, cluster }: FactsSql): string {
  const text = cluster === null ? id : `coalesce(${cluster}, ${id})`;
  return `CAST(md5_number(${textLiteral(`split:${split}\u001f`)} || ${text}) & 1 AS UTINYINT)`;
}

function sharesOf(
  table: CaseTable,
  measure: Extract<TablePlan['measure'], { kind: 'outcome' }>,
  outcomes: NumberColumn,
): readonly Float64Array[] {
  const shares = outcomeValues(table, measure.of, measure.errors);
  return (['baseline', 'candidate'] as const).map((side) => {
    const byOutcome = Float64Array.from(shares, (share) => share[side]);
    return Float64Array.from(outcomes, (o) => byOutcome[o]!);
  });
}

function fatesOf(
  table: CaseTable,
  outcomes: NumberColumn,
  values: readonly Float64Array[],
  weights: Float64Array | null,
): Uint8Array {
  const byOutcome = Uint8Array.from(table.outcomes, ({ baseline, candidate, edited }) => {
    if (candidate === null) return FATES.onlyBaseline;
    if (table.baseline !== null && baseline === null) return FATES.onlyCandidate;
    return edited ? FATES.edited : FATES.in;
  });
  const fates = new Uint8Array(outcomes.length);
  for (let i = 0; i < fates.length; i++) {
    let fate: number = byOutcome[outcomes[i]!]!;
    if (fate === FATES.in) {
      if (values.some((side) => Number.isNaN(side[i]!))) fate = FATES.unscored;
      else if (weights !== null && Number.isNaN(weights[i]!)) fate = FATES.unweighted;
    }
    fates[i] = fate;
  }
  return fates;
}

/** A case without a cluster is a cluster of its own. */
function ownClusters(codes: NumberColumn, known: NumberColumn, clusters: number): Int32Array {
  return Int32Array.from(codes, (code, i) => (known[i] ? code : clusters + i));
}

/** Puts rows into ascending order of their positions, which differ. */
function sorted(columns: readonly NumberColumn[], positions: NumberColumn): readonly NumberColumn[] {
  let isSorted = true;
  let last = -1;
  for (const position of positions) {
    if (position < last) isSorted = false;
    last = Math.max(last, position);
  }
  if (isSorted) return columns;
  const ranks = new Uint32Array(last + 1);
  for (const position of positions) ranks[position] = 1;
  let next = 0;
  for (let i = 0; i <= last; i++) if (ranks[i]) ranks[i] = next++;
  return columns.map((column) => {
    const found = column.slice();
    for (let i = 0; i < column.length; i++) found[ranks[positions[i]!]!] = column[i]!;
    return found;
  });
}
