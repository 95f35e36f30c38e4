/** The cases that a run lost or gained. */

import { directionOfChange, type FlipPlan, type FlippedCase } from '../../counts/index.ts';
import { compareText } from '../../slices/index.ts';
import { cellText, isHashedText } from '../cell.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, roleColumn, roleTexts, rowsOfCase, type SideCases, sidesOf } from './case-table.ts';
import { membersOf } from './members.ts';
import { unitValue } from './units.ts';

/** See `Engine.flips`. */
export function flippedCases(
  table: CaseTable,
  attributes: Attributes,
  plan: FlipPlan,
): readonly FlippedCase[] {
  const { baseline, candidate } = table;
  if (baseline === null) return [];
  const directions = table.ids.map((_, i) =>
    table.edited[i]
      ? null
      : directionOfChange(unitValue(baseline, i, plan.measure), unitValue(candidate, i, plan.measure)),
  );
  const found: FlippedCase[] = [];
  for (const { key, cases } of membersOf(table.ids.length, plan.groupings, attributes)) {
    for (const direction of ['lost', 'gained'] as const) {
      const own = cases.filter((i) => directions[i] === direction).slice(0, plan.limit);
      for (const i of own) {
        found.push({
          ...key,
          id: table.ids[i]!,
          direction,
          input: inputText(table, i),
          baselineOutput: outputText(baseline, i),
          candidateOutput: outputText(candidate, i),
        });
      }
    }
  }
  return found;
}

/** The input of a case: the lowest of its texts in UTF-8 byte order, a hash only where there is nothing else. */
export function inputText(table: CaseTable, index: number): string | null {
  const texts = new Set<string>();
  for (const side of sidesOf(table)) {
    const cells = roleColumn(side.rows, 'input');
    if (cells !== null) for (const text of roleTexts(side, cells, index)) texts.add(text);
  }
  const [first] = [...texts].sort(
    (a, b) => Number(isHashedText(a)) - Number(isHashedText(b)) || compareText(a, b),
  );
  return first ?? null;
}

/** The output of the first trial (UTF-8 byte order) that has one. */
function outputText(side: SideCases, index: number): string | null {
  const cells = roleColumn(side.rows, 'output');
  if (cells === null) return null;
  for (const row of rowsOfCase(side, index)) {
    const text = cellText(cells[row]!);
    if (text !== null) return text;
  }
  return null;
}
