/** Where a trace can be looked up: an address in a column that is named for it, or its id. */

import type { TraceSide } from '../contract/index.ts';

/** Texts by column of a row. */
export type RowTexts = ReadonlyMap<string, string>;

/** Columns that are said to lead to a trace. */
const TRACE_COLUMN = /trace|run|session|span|log|replay|viewer/i;

/** Columns with the id of a trace, the best first. */
const ID_COLUMNS = ['trace_id', 'traceId', 'trace.id', 'span_id', 'request_id'];

/** Longer texts are no ids. */
const LONGEST_ID = 200;

/** An address of a web page, nothing else: no script, no file. */
export const WEB_ADDRESS = /^https?:\/\/[^\s<>"']{1,2000}$/i;

/** The address in a column that is named for a trace; of several, the first by name. */
export function traceLink(texts: RowTexts): string | null {
  for (const [column, text] of texts) {
    if (TRACE_COLUMN.test(column) && WEB_ADDRESS.test(text)) return text;
  }
  return null;
}

/** The id of the trace at the tool that recorded it. */
export function traceId(texts: RowTexts): TraceSide['id'] {
  const column = ID_COLUMNS.find((name) => texts.has(name));
  const text = column === undefined ? undefined : texts.get(column);
  if (column === undefined || text === undefined || text.length > LONGEST_ID || text.trim() === '')
    return null;
  return WEB_ADDRESS.test(text) ? null : { column, text };
}
