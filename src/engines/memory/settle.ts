/** Lets the baseline decide in which slice a case is whose rows disagree (`Engine.settle`). */

import type { CaseAttribute } from '../../slices/index.ts';
import { cellText } from '../cell.ts';
import type { SettledColumn } from '../contract.ts';
import { type Disagreement, settledColumn } from '../settled-column.ts';
import { type Attributes, CHANGED, resolveColumn } from './attributes.ts';
import { type CaseTable, distinctSides } from './case-table.ts';

/** Settles one column; null where no case disagrees. See `Engine.settle`. */
export function settleColumn(table: CaseTable, attributes: Attributes, column: string): SettledColumn | null {
  if (distinctSides(table).length < 2) return null;
  const { ids, baseline, candidate } = table;
  const both = attributes.codesOf(column);
  const before = resolveColumn(ids.length, [baseline!], column);
  const after = resolveColumn(ids.length, [candidate], column);
  const codes = both.codes.slice();
  const own = new Map<string, number>();
  both.attributes.forEach((attribute, code) => {
    if (attribute.state === 'value') own.set(nameOf(attribute), code);
  });
  const found = new Map<string, { from: string | null; to: string | null; cases: number }>();
  const settledIds: string[] = [];
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] !== CHANGED) continue;
    const from = before.attributes[before.codes[i]!]!;
    const to = after.attributes[after.codes[i]!]!;
    if (from.state === 'value') {
      codes[i] = own.get(nameOf(from))!;
      settledIds.push(ids[i]!);
    }
    const name = `${nameOf(from)}\n${nameOf(to)}`;
    const one = found.get(name) ?? { from: textOf(from), to: textOf(to), cases: 0 };
    one.cases++;
    found.set(name, one);
  }
  attributes.set(column, { ...both, codes });
  return settledColumn(column, [...found.values()] satisfies readonly Disagreement[], settledIds);
}

/** JSON, so that no list reads as a text. */
function nameOf(attribute: CaseAttribute): string {
  return JSON.stringify(attribute.state === 'value' ? attribute.cell : null);
}

function textOf(attribute: CaseAttribute): string | null {
  return attribute.state === 'value' ? cellText(attribute.cell) : null;
}
