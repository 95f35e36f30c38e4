/** Cells as JSON values and back, so that nested tool calls stay nested and nothing changes on the way. */

import type { Cell } from '../../cases/index.ts';

export type CaseValue = string | readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * A cell as a JSON value: lists as lists, texts that are JSON of more than texts as that JSON where it is spelled the usual
 * way, all other texts as they are.
 *
 * @example caseValue('[{"name":"search"}]') // [{ name: 'search' }]
 * @example caseValue('[1.0]') // '[1.0]', because 1.0 would become 1
 */
export function caseValue(cell: Exclude<Cell, null>): CaseValue {
  if (typeof cell !== 'string') return cell;
  if (!/^[[{]/.test(cell)) return cell;
  let value: unknown;
  try {
    value = JSON.parse(cell);
  } catch {
    return cell;
  }
  if (typeof value !== 'object' || value === null || isListOfTexts(value)) return cell;
  return JSON.stringify(value) === cell ? (value as CaseValue) : cell;
}

/** The cell that a value came from; null where it is none that `caseValue` makes. */
export function valueCell(value: unknown): Cell {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  return isListOfTexts(value) ? (value as readonly string[]) : JSON.stringify(value);
}

/** Whether two cells hold the same. */
export function sameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (typeof a === 'string' || typeof b === 'string' || a == null || b == null)
    return (a ?? null) === (b ?? null);
  return a.length === b.length && a.every((tag, at) => tag === b[at]);
}

function isListOfTexts(value: object): boolean {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
