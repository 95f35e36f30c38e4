/** Finds out how a text file holds its records, and what the first record looks like, from the start of the file. */

import { readQuotedRecord } from '../../delimited-record.ts';
import { headerDelimiter } from '../../delimiter.ts';
import { stringEnd } from '../../json-raw.ts';
import type { ImportFile } from '../importer.ts';

/** How a file holds records. */
export interface HeadShape {
  /** `array`: a JSON array; `object`: one JSON object over several lines or alone; `lines`: JSON lines; `csv`: a header and rows. */
  readonly kind: 'array' | 'object' | 'lines' | 'csv' | 'none';
  /** Keys of the first object, or names of the header. */
  readonly keys: ReadonlySet<string>;
  /** First character of the value of each key, such as `[`; empty for CSV. */
  readonly starts: ReadonlyMap<string, string>;
  /** Text of the first object as far as it was seen, or of the header. */
  readonly first: string;
}

const NONE: HeadShape = { kind: 'none', keys: new Set(), starts: new Map(), first: '' };

/**
 * The shape of a file. Never throws: a text that is nothing of this has kind `none`.
 *
 * @example headShape({ head: '[{"id":1}]', isWhole: true, ... }).keys // Set { 'id' }
 */
export function headShape(file: ImportFile): HeadShape {
  if (file.kind !== 'text') return NONE;
  const { head } = file;
  const start = head.search(/[^\s\ufeff]/);
  if (start < 0) return NONE;
  if (head[start] === '[') {
    const object = head.slice(start + 1).search(/\S/) + start + 1;
    if (head[object] === ']') return { ...NONE, kind: 'array' };
    if (head[object] !== '{') return NONE;
    const { starts, end } = topLevelKeys(head, object);
    return { kind: 'array', keys: new Set(starts.keys()), starts, first: head.slice(object, end) };
  }
  if (head[start] === '{') return objectShape(file, start);
  return csvShape(head.slice(start));
}

function objectShape({ head, isWhole }: ImportFile, start: number): HeadShape {
  const { starts, end, isClosed } = topLevelKeys(head, start);
  const first = head.slice(start, end);
  const rest = head.slice(end).trim();
  const isAlone = isClosed ? rest === '' && isWhole : first.includes('\n');
  return { kind: isAlone ? 'object' : 'lines', keys: new Set(starts.keys()), starts, first };
}

function csvShape(text: string): HeadShape {
  const declared = /^sep=.\r?\n/i.exec(text)?.[0] ?? '';
  const delimiter = headerDelimiter(text);
  const record = readQuotedRecord(text, declared.length, delimiter, true);
  if (record.kind !== 'record') return NONE;
  return { kind: 'csv', keys: new Set(record.fields), starts: new Map(), first: text.slice(0, record.next) };
}

/** Keys of the object at `start` with the first character of their values; stops where the text is cut off. */
function topLevelKeys(
  text: string,
  start: number,
): { starts: Map<string, string>; end: number; isClosed: boolean } {
  const starts = new Map<string, string>();
  let depth = 0;
  let key: string | null = null;
  let at = start;
  while (at < text.length) {
    const token = nextToken(text, at);
    if (token === null) break;
    const character = text[token.at]!;
    if (depth === 1 && character !== ':' && character !== ',' && character !== '}') {
      if (key === null) key = text.slice(token.at + 1, token.end - 1);
      else {
        starts.set(key, character);
        key = null;
      }
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return { starts, end: token.end, isClosed: true };
    at = token.end;
  }
  if (key !== null) starts.set(key, '');
  return { starts, end: text.length, isClosed: false };
}

const TOKEN_START = /[^\s]/g;
const WORD_END = /[\s,:[\]{}"]/g;

/** The next string, word or bracket; null where the text ends before it does. */
function nextToken(text: string, from: number): { at: number; end: number } | null {
  TOKEN_START.lastIndex = from;
  const at = TOKEN_START.exec(text)?.index;
  if (at === undefined) return null;
  const character = text[at]!;
  if (character === '"') {
    const end = stringEnd(text, at);
    return end < 0 ? null : { at, end };
  }
  if ('{}[],:'.includes(character)) return { at, end: at + 1 };
  WORD_END.lastIndex = at;
  return { at, end: WORD_END.exec(text)?.index ?? text.length };
}
