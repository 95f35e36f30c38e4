/** Describes the runs and their columns. */

import type { Role } from '../../cases/index.ts';
import { parseDecimal } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { cellText } from '../cell.ts';
import type { ColumnProfile, ComparisonProfile, RunProfile } from '../contract.ts';
import { DISTINCT_LIMIT, ID_LIMIT, TOP_DISTINCT_LIMIT, TOP_LIMIT } from '../limits.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, roleColumn, rowsOfCase, type SideCases, sidesOf } from './case-table.ts';

/** See `Engine.profile`. */
export function profileTable(table: CaseTable, attributes: Attributes): ComparisonProfile {
  const { baseline, candidate, ids } = table;
  const inRun = (side: SideCases | null, i: number): boolean =>
    side !== null && rowsOfCase(side, i).length > 0;
  const onlyBaselineIds = ids.filter((_, i) => !inRun(candidate, i));
  const onlyCandidateIds = baseline === null ? [] : ids.filter((_, i) => !inRun(baseline, i));
  const editedIds = ids.filter((_, i) => table.edited[i] === 1);
  return {
    baseline: baseline === null ? null : profileRun(baseline),
    candidate: profileRun(candidate),
    paired: baseline === null ? 0 : ids.length - onlyBaselineIds.length - onlyCandidateIds.length,
    onlyBaseline: onlyBaselineIds.length,
    onlyCandidate: baseline === null ? ids.length : onlyCandidateIds.length,
    onlyBaselineIds: onlyBaselineIds.slice(0, ID_LIMIT),
    onlyCandidateIds: (baseline === null ? ids : onlyCandidateIds).slice(0, ID_LIMIT),
    edited: editedIds.length,
    editedIds: editedIds.slice(0, ID_LIMIT),
    editsVisible: (['input', 'expected'] as const).some(
      (role) => baseline?.rows.mapping[role] !== undefined && candidate.rows.mapping[role] !== undefined,
    ),
    columns: columnNames(table).map((name) => profileColumn(table, attributes, name)),
  };
}

function profileRun(side: SideCases): RunProfile {
  const { rows } = side;
  const having = (status: string): number => rows.status.filter((found) => found === status).length;
  let cases = 0;
  let maxTrials = 0;
  for (let i = 0; i + 1 < side.start.length; i++) {
    const trials = side.start[i + 1]! - side.start[i]!;
    if (trials > 0) cases++;
    maxTrials = Math.max(maxTrials, trials);
  }
  return {
    rows: rows.length,
    cases,
    scored: having('scored'),
    errors: having('error'),
    unscored: having('unscored'),
    maxTrials,
    hasPassed: rows.passed.some((passed) => passed !== null),
    fingerprints: {
      judge: distinctTexts(side, 'judgeFingerprint'),
      dataset: distinctTexts(side, 'datasetFingerprint'),
      prompt: distinctTexts(side, 'promptFingerprint'),
      code: distinctTexts(side, 'codeFingerprint'),
    },
  };
}

function distinctTexts(side: SideCases, role: Role): readonly string[] {
  const texts = new Set((roleColumn(side.rows, role) ?? []).map(cellText));
  texts.delete(null);
  return ([...texts] as string[]).sort(compareText);
}

function columnNames(table: CaseTable): readonly string[] {
  return [...new Set(sidesOf(table).flatMap((side) => [...side.rows.columns.keys()]))].sort(compareText);
}

function profileColumn(table: CaseTable, attributes: Attributes, name: string): ColumnProfile {
  const counts = new Map<string, number>();
  let missingCases = 0;
  let changedCases = 0;
  for (let i = 0; i < table.ids.length; i++) {
    const attribute = attributes.of(name, i);
    if (attribute.state === 'missing') missingCases++;
    else if (attribute.state === 'changed') changedCases++;
    else {
      for (const value of typeof attribute.cell === 'string' ? [attribute.cell] : attribute.cell) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  }
  const cells = sidesOf(table).flatMap((side) => side.rows.columns.get(name) ?? []);
  return {
    name,
    inBaseline: table.baseline?.rows.columns.has(name) ?? false,
    inCandidate: table.candidate.rows.columns.has(name),
    distinct: Math.min(counts.size, DISTINCT_LIMIT),
    missingCases,
    changedCases,
    numericRows: cells.filter((cell) => typeof cell === 'string' && parseDecimal(cell) !== null).length,
    filledRows: cells.filter((cell) => cell !== null).length,
    isList: table.listColumns.has(name),
    top: counts.size > TOP_DISTINCT_LIMIT ? [] : mostFrequent(counts),
  };
}

function mostFrequent(counts: ReadonlyMap<string, number>): readonly { value: string; cases: number }[] {
  return [...counts]
    .map(([value, cases]) => ({ value, cases }))
    .sort((a, b) => b.cases - a.cases || compareText(a.value, b.value))
    .slice(0, TOP_LIMIT);
}
