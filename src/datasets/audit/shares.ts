/** Production against eval set, slice by slice: who is missing, who is too small, and who cannot be helped. */

import { compareText } from '../../slices/index.ts';
import { type Estimate, wilsonInterval } from '../../stats/index.ts';

/** How often each slice occurs, and how many rows have no slice key at all. */
export interface SliceTally {
  readonly slices: ReadonlyMap<string, number>;
  /** Rows whose key is missing or an empty list. */
  readonly missing: number;
}

/**
 * `absent`: in production with enough traffic for the floor, no case. `under floor`: cases, too few, and traffic for more.
 * `cannot reach`: production itself has fewer rows than the floor. `not in production`: cases without traffic. `covered`: the rest.
 */
export type ShareState = 'absent' | 'under floor' | 'cannot reach' | 'not in production' | 'covered';

/** One slice. */
export interface ShareRow {
  readonly value: string;
  readonly production: number;
  readonly cases: number;
  /** Shares of all rows and of all cases, those without a key too. */
  readonly productionShare: Estimate;
  readonly evalShare: Estimate;
  readonly state: ShareState;
  /** What a case of this slice must weigh so that shares are those of production; null without cases. */
  readonly weight: number | null;
}

/** The audit of one dimension. */
export interface ShareAudit {
  readonly dimension: string;
  readonly floor: number;
  readonly productionRows: number;
  readonly evalCases: number;
  /** Most production first. */
  readonly rows: readonly ShareRow[];
  readonly missing: { readonly production: number; readonly cases: number; readonly alarm: boolean };
  /** Slices that raise an alarm, of `rows`. */
  readonly alarms: number;
}

/**
 * Compares the shares of one dimension (practice A-3).
 *
 * @param floor least cases of a slice
 * @param missingBudget share of production rows that may lack the key
 */
export function auditShares(
  dimension: string,
  production: SliceTally,
  evalSet: SliceTally,
  { floor = 20, missingBudget = 0.02, level = 0.95 } = {},
): ShareAudit {
  const productionRows = sum(production.slices.values()) + production.missing;
  const evalCases = sum(evalSet.slices.values()) + evalSet.missing;
  const values = new Set([...production.slices.keys(), ...evalSet.slices.keys()]);
  const rows = [...values]
    .map((value): ShareRow => {
      const traffic = production.slices.get(value) ?? 0;
      const cases = evalSet.slices.get(value) ?? 0;
      return {
        value,
        production: traffic,
        cases,
        productionShare: wilsonInterval(traffic, productionRows, level),
        evalShare: wilsonInterval(cases, evalCases, level),
        state: stateOf(traffic, cases, floor),
        weight: cases === 0 || traffic === 0 ? null : traffic / productionRows / (cases / evalCases),
      };
    })
    .toSorted((a, b) => b.production - a.production || b.cases - a.cases || compareText(a.value, b.value));
  return {
    dimension,
    floor,
    productionRows,
    evalCases,
    rows,
    missing: {
      production: production.missing,
      cases: evalSet.missing,
      alarm: production.missing > missingBudget * productionRows,
    },
    alarms: rows.filter(({ state }) => state === 'absent' || state === 'under floor').length,
  };
}

function stateOf(traffic: number, cases: number, floor: number): ShareState {
  if (traffic === 0) return 'not in production';
  if (cases >= floor) return 'covered';
  if (traffic < floor) return 'cannot reach';
  return cases === 0 ? 'absent' : 'under floor';
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
