/** Recognises files that hold one big JSON object which no importer knows, and says so. */

import { foundTexts } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { bracketEnd, stringEnd } from './json-raw.ts';

/** Keys under which tools keep their rows. */
const ROW_KEYS: ReadonlySet<string> = new Set(['results', 'test_cases', 'samples', 'rows', 'data', 'cases']);

/**
 * The error for a text that starts as a JSON object but is not JSON lines; null where its first line is a row.
 *
 * @param head the start of the file
 * @param isWhole whether the head is the whole file
 */
export function foreignObject(head: string, file: string, isWhole: boolean): DataError | null {
  const start = head.search(/\S/);
  const lineEnd = head.indexOf('\n', start);
  const line = head.slice(start, lineEnd < 0 ? head.length : lineEnd);
  const end = bracketEnd(line, 0);
  const isWholeLine = lineEnd >= 0 || isWhole;
  const more = lineEnd >= 0 && (/\S/.test(head.slice(lineEnd)) || !isWhole);
  const spread = isWholeLine && end < 0 && /^\{\s*$|,\s*$|[{[]\s*$/.test(line);
  const keys = topKeys(head, start);
  const names = keys.map(({ name }) => name);
  const holdsRows = keys.some(
    ({ name, opens }) => (opens === '[' && ROW_KEYS.has(name)) || (opens === '{' && name === 'results'),
  );
  if (!spread && (more || !holdsRows)) return null;
  const keyed = names.length === 0 ? '' : ` with the keys ${foundTexts(names, 6)}`;
  const message =
    spread && !holdsRows
      ? `the file holds a JSON object that goes over several lines${keyed === '' ? '' : `,${keyed}`}`
      : `the file is one JSON object${keyed}`;
  return new DataError({
    message: `${message}, expected rows: JSON lines, a JSON array of objects, CSV, TSV or Parquet`,
    hint: 'write one object per case and line, with its case id and whether it passed (for example with jq -c); if a tool wrote it, say which with --from',
    where: { file, line: 1 },
  });
}

interface TopKey {
  readonly name: string;
  /** The bracket that its value opens, if any. */
  readonly opens: '{' | '[' | null;
}

/** The keys of the object at `start`, as far as the text goes. */
function topKeys(text: string, start: number): readonly TopKey[] {
  const keys: TopKey[] = [];
  let at = start + 1;
  while (at < text.length && keys.length < 100) {
    const quote = text.indexOf('"', at);
    const keyEnd = quote < 0 ? -1 : stringEnd(text, quote);
    if (keyEnd < 0) break;
    const value = /^\s*:\s*(\S)/.exec(text.slice(keyEnd, keyEnd + 1_000));
    if (value === null) break;
    const valueAt = keyEnd + value[0].length - 1;
    const opens = value[1] === '{' || value[1] === '[' ? value[1] : null;
    keys.push({ name: text.slice(quote + 1, keyEnd - 1), opens });
    const valueEnd =
      opens !== null ? bracketEnd(text, valueAt) : value[1] === '"' ? stringEnd(text, valueAt) : valueAt + 1;
    if (valueEnd < 0) break;
    const separator = /^[^",}]*([,}])/.exec(text.slice(valueEnd, valueEnd + 1_000));
    if (separator === null || separator[1] === '}') break;
    at = valueEnd + separator[0].length;
  }
  return keys;
}
