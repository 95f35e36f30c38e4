/** Reads the parts of a cell: items of a list, labelled spans of a text, fields of a JSON object. */

import { type Cell, foundText, parseDecimal } from '../../cases/index.ts';
import { type Json, jsonParts, type Span } from '../../stats/index.ts';
import type { PartKind } from './request.ts';

/** The parts of one cell; `fault` says why it has none that can be read. */
export type CellParts =
  /** `fields`: the texts are `path = value` of a JSON object. */
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly fields?: true }
  | { readonly kind: 'spans'; readonly spans: readonly Span[] }
  | { readonly kind: 'fault'; readonly fault: string };

/** A reader for cells of one kind. A cell that is missing has no parts at all and is not handed in. */
export function readParts(cell: Exclude<Cell, null>, kind: PartKind): CellParts {
  if (kind === 'list') return { kind: 'texts', texts: listItems(cell) };
  if (kind === 'spans') return readSpans(cell);
  return readFields(cell);
}

/** Separators of lists in files that have no lists of their own. */
const SEPARATORS = /[|;]/;

/** Items of a list; a text is a JSON array, or items between `|` or `;`, or one item. */
function listItems(cell: Exclude<Cell, null>): readonly string[] {
  if (typeof cell !== 'string') return cell;
  const parsed = jsonOf(cell);
  if (Array.isArray(parsed)) return (parsed as readonly Json[]).map((item) => textOf(item));
  return cell
    .split(SEPARATORS)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `12-17:name`, with any of `-`, `:`, `,` and blanks between the parts. */
const SPAN_TEXT = /^\s*(\d+)\s*[-:,\s]\s*(\d+)\s*(?:[:,\s]\s*(.*))?$/su;

function readSpans(cell: Exclude<Cell, null>): CellParts {
  const items = typeof cell === 'string' ? (jsonOf(cell) ?? (cell.trim() === '' ? [] : undefined)) : cell;
  if (!Array.isArray(items)) {
    const texts = typeof cell === 'string' ? cell.split(SEPARATORS) : [];
    return spansOf(texts.filter((text) => text.trim() !== ''));
  }
  return spansOf(items as readonly Json[]);
}

function spansOf(items: readonly Json[]): CellParts {
  const spans: Span[] = [];
  for (const item of items) {
    const span = spanOf(item);
    if (span === null) {
      return {
        kind: 'fault',
        fault: `holds ${foundText(JSON.stringify(item))}, expected spans such as {"start": 12, "end": 17, "label": "name"} or "12-17:name"`,
      };
    }
    spans.push(span);
  }
  return { kind: 'spans', spans };
}

function spanOf(item: Json): Span | null {
  if (typeof item === 'string') {
    const [, start, end, label = ''] = SPAN_TEXT.exec(item) ?? [];
    return end === undefined ? null : checkedSpan(Number(start), Number(end), label);
  }
  if (Array.isArray(item)) {
    const [start, end, label = ''] = item as readonly Json[];
    return checkedSpan(start, end, label);
  }
  if (item === null || typeof item !== 'object') return null;
  const object = item as { readonly [key: string]: Json };
  return checkedSpan(
    object.start ?? object.begin,
    object.end ?? object.stop,
    object.label ?? object.type ?? object.entity ?? object.tag ?? '',
  );
}

function checkedSpan(start: Json | undefined, end: Json | undefined, label: Json): Span | null {
  if (!Number.isInteger(start) || !Number.isInteger(end) || typeof label !== 'string') return null;
  const [from, to] = [start as number, end as number];
  return from < 0 || to < from ? null : { start: from, end: to, label };
}

const FENCE = /^\s*```[a-z]*\s*\n([\s\S]*?)\n\s*```\s*$/i;

/** The text between the marks that models put around JSON. */
export function withoutFence(text: string): string {
  return FENCE.exec(text)?.[1] ?? text;
}

function readFields(cell: Exclude<Cell, null>): CellParts {
  if (typeof cell !== 'string') return { kind: 'texts', texts: jsonParts([...cell]), fields: true };
  const parsed = jsonOf(withoutFence(cell));
  if (parsed === undefined || parsed === null || typeof parsed !== 'object') {
    return { kind: 'fault', fault: 'holds no JSON object' };
  }
  return { kind: 'texts', texts: jsonParts(parsed), fields: true };
}

/**
 * The fields of an object that a reader has spread over columns: numbers and truth values have lost their quotes, so that texts
 * which spell one read as one.
 *
 * @param fields cells by name below the object, such as `address.city`
 */
export function spreadFields(fields: ReadonlyMap<string, Cell>): readonly string[] {
  const root: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, cell] of fields) {
    if (cell === null) continue;
    const value = typeof cell === 'string' ? looseValue(cell) : cell.map(looseValue);
    place(root, name.split('.'), value);
  }
  return jsonParts(root as Json);
}

function place(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = root;
  for (const name of path.slice(0, -1)) {
    at[name] ??= Object.create(null);
    at = at[name] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
}

/** A cell of a spread object as JSON; lists and objects that stayed JSON text are read. */
function looseValue(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = parseDecimal(text);
  if (number !== null) return number;
  const parsed = /^\s*[[{]/.test(text) ? jsonOf(text) : undefined;
  return parsed === undefined ? text : loose(parsed);
}

/** JSON with the texts that spell numbers and truth values as such, to compare with a spread object. */
export function loose(value: Json): Json {
  if (typeof value === 'string') return looseValue(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(loose);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, loose(field as Json)]));
}

/** Parsed JSON; undefined where the text is none. */
export function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
