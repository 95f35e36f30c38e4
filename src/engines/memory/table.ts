/** Cases as codes. */

import { caseKey, rowNumber } from '../../cases/index.ts';
import type { CodedTable, TablePlan } from '../../counts/index.ts';
import { groupingColumns } from '../../slices/index.ts';
import { codedTable, FATES } from '../case-facts.ts';
import { groupingCodes } from '../grouping-codes.ts';
import { rowHalves, textHalf } from '../halves.ts';
import { refuseRepeatedIds } from '../plan.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, rowsOfCase, type SideCases } from './case-table.ts';
import { caseWeights, clusterCodes, clusterTexts, unitValue } from './units.ts';

/** See `Engine.table`. */
export function tableOf(table: CaseTable, attributes: Attributes, plan: TablePlan): Promise<CodedTable> {
  refuseRepeatedIds(plan.groupings);
  const { ids, baseline, candidate } = table;
  const all = ids.map((_, i) => i);
  const valuesOf = (side: SideCases | null): Float64Array =>
    Float64Array.from(all, (i) => (side === null ? Number.NaN : unitValue(side, i, plan.measure)));
  const before = valuesOf(baseline);
  const after = valuesOf(candidate);
  const weight = caseWeights(table, all);
  const clusters = clusterTexts(table, all);
  const isIn = (side: SideCases, i: number): boolean => rowsOfCase(side, i).length > 0;
  const fateOf = (i: number): number => {
    if (!isIn(candidate, i)) return FATES.onlyBaseline;
    if (baseline !== null && !isIn(baseline, i)) return FATES.onlyCandidate;
    if (table.edited[i]) return FATES.edited;
    if (Number.isNaN(after[i]!) || (baseline !== null && Number.isNaN(before[i]!))) return FATES.unscored;
    return weight !== null && Number.isNaN(weight[i]!) ? FATES.unweighted : FATES.in;
  };
  const facts = {
    cases: ids.length,
    fate: Uint8Array.from(all, fateOf),
    baseline: before,
    candidate: after,
    weight,
    half: plan.split === null ? null : halvesOf(table, plan.split, clusters),
    cluster: clusters && clusterCodes(clusters),
  };
  const groupings = plan.groupings.map((grouping) => {
    const columns = [...new Set(groupingColumns(grouping))];
    return groupingCodes(grouping, columns, columns.map(attributes.codesOf), ids.length);
  });
  return codedTable(facts, groupings, plan);
}

function halvesOf(
  { ids, candidate }: CaseTable,
  seed: number,
  clusters: readonly (string | null)[] | null,
): Uint8Array {
  const isRows = caseKey(candidate.rows.mapping) === 'row';
  const own = isRows ? rowHalves(seed, ids.map(rowNumber)) : ids.map((id) => textHalf(seed, id));
  if (clusters === null) return Uint8Array.from(own);
  return Uint8Array.from(clusters, (text, i) => (text === null ? own[i]! : textHalf(seed, text)));
}
