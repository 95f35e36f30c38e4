/** The in-memory engine: the definition of right, and the one that answers for small files. */

import { InternalError, UsageError } from '../../errors.ts';
import type { ComparisonProfile, ComparisonSource, Engine, Side, SideSource } from '../contract.ts';
import { refuseRowPairs } from '../plan.ts';
import { settlerOf } from '../settled-column.ts';
import { attributesOf } from './attributes.ts';
import { alignTextKeys, joinCases, type SideCases } from './case-table.ts';
import { caseLister, caseRows } from './cases.ts';
import { contentKeys } from './content-keys.ts';
import { countCells, type OutcomeCodes, outcomeCodes } from './count.ts';
import { fingerprintRows } from './fingerprint.ts';
import { flippedCases } from './flips.ts';
import { labelledCases } from './labelled-cases.ts';
import { labelCounts } from './labels.ts';
import { profileTable } from './profile.ts';
import { settleColumn } from './settle.ts';
import { collectRows, refuseDuplicates, rereadRows, type SideRows } from './side-rows.ts';
import { tableOf } from './table.ts';
import { unitTable } from './units.ts';
import { writeSide } from './write-rows.ts';

/**
 * Opens a comparison of rows in memory.
 *
 * @throws DataError where a side has two rows of one case and trial
 * @throws InternalError for Parquet sources, which this engine does not read
 */
export async function openMemory(source: ComparisonSource): Promise<Engine> {
  refuseRowPairs(source);
  const { baseline, candidate } = await collectSides(source);
  const table = joinCases(baseline, candidate);
  const attributes = attributesOf(table);
  let outcomes: OutcomeCodes | null = null;
  let lister: Engine['cases'] | null = null;
  const sideOf = (side: Side): SideCases => {
    const found = side === 'baseline' ? table.baseline : table.candidate;
    if (found === null) throw new UsageError({ message: 'this comparison has no baseline' });
    return found;
  };
  // What is settled later changes counts of cases, never what the files hold.
  let before: ComparisonProfile | null = null;
  const settle = settlerOf((column) => settleColumn(table, attributes, column));
  return {
    kind: 'memory',
    profile: async () => before ?? profileTable(table, attributes),
    settle: async (columns) => {
      before ??= profileTable(table, attributes);
      return settle(columns);
    },
    count: async (plan) => {
      outcomes ??= outcomeCodes(table);
      return countCells(outcomes, attributes, plan);
    },
    units: async (plan) => unitTable(table, attributes, plan),
    table: async (plan) => tableOf(table, attributes, plan),
    flips: async (plan) => flippedCases(table, attributes, plan),
    labels: async (plan) => labelCounts(table, attributes, plan),
    labelled: async (plan) => labelledCases(table, attributes, plan),
    cases: (plan) => {
      lister ??= caseLister(table, attributes);
      return lister(plan);
    },
    caseRows: async (id) => caseRows(table, id),
    caseIds: async () => table.ids,
    contentKeys: async () => contentKeys(table),
    fingerprint: async (side) => fingerprintRows(sideOf(side).rows),
    writeRows: async (side, file, options) => writeSide(table, sideOf(side), file, options),
    close: async () => {},
  };
}

async function collectSides({
  baseline,
  candidate,
}: ComparisonSource): Promise<{ readonly baseline: SideRows | null; readonly candidate: SideRows }> {
  const isSame = baseline?.kind === 'same';
  const collected: SideRows[] = [];
  if (baseline !== null && !isSame) collected.push(await collectRows('baseline', rowsOnly(baseline)));
  collected.push(await collectRows('candidate', rowsOnly(candidate)));
  const sides = alignTextKeys(collected);
  for (const side of sides) refuseDuplicates(side);
  const after = sides.at(-1)!;
  if (isSame) return { baseline: rereadRows(after, baseline.mapping), candidate: after };
  return { baseline: baseline && sides[0]!, candidate: after };
}

function rowsOnly(source: SideSource): Extract<SideSource, { kind: 'rows' }> {
  if (source.kind === 'rows') return source;
  throw new InternalError({ message: 'the in-memory engine was given Parquet files' });
}
