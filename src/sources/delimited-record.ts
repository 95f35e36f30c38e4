/** Cuts one record with quoted fields out of a delimited text (RFC 4180). */

/** What was found of a record. */
export type QuotedRecord =
  | {
      readonly kind: 'record';
      readonly fields: readonly string[];
      /** Index after the record and its line end. */
      readonly next: number;
      /** Indexes of text that stands after a closing quote. */
      readonly stray: readonly number[];
    }
  /** The text ends inside the record; `quoteAt` is where the open quote stands, -1 where none is open. */
  | { readonly kind: 'incomplete'; readonly quoteAt: number };

/**
 * Reads the record that starts at `start`. A quote that is not at the start of a field is an ordinary character.
 *
 * @param isLast whether nothing follows the text; a record then needs no line end
 */
export function readQuotedRecord(
  text: string,
  start: number,
  delimiter: string,
  isLast: boolean,
): QuotedRecord {
  const fields: string[] = [];
  const stray: number[] = [];
  let at = start;
  let lineEnd = text.indexOf('\n', at);
  for (;;) {
    let quoted = '';
    if (text.charCodeAt(at) === 0x22) {
      const end = quoteEnd(text, at);
      if (end < 0 || (end === text.length && !isLast)) return { kind: 'incomplete', quoteAt: at };
      quoted = unquoted(text.slice(at + 1, end - 1));
      at = end;
      lineEnd = lineEndFrom(text, at, lineEnd);
      if (!endsField(text, at, delimiter)) stray.push(at);
    }
    if (lineEnd < 0 && !isLast) return { kind: 'incomplete', quoteAt: -1 };
    const recordEnd = lineEnd < 0 ? text.length : lineEnd;
    const nextDelimiter = text.indexOf(delimiter, at);
    if (nextDelimiter >= 0 && nextDelimiter < recordEnd) {
      fields.push(quoted + text.slice(at, nextDelimiter));
      at = nextDelimiter + 1;
      continue;
    }
    const fieldEnd = recordEnd > at && text.charCodeAt(recordEnd - 1) === 0x0d ? recordEnd - 1 : recordEnd;
    fields.push(quoted + text.slice(at, fieldEnd));
    return { kind: 'record', fields, next: lineEnd < 0 ? text.length : lineEnd + 1, stray };
  }
}

/** Most quoted fields hold no quote, and are not searched twice. */
function unquoted(text: string): string {
  return text.includes('"') ? text.replaceAll('""', '"') : text;
}

/** The next line end, where the one that is known may lie inside of a quoted field. */
function lineEndFrom(text: string, at: number, known: number): number {
  return known >= 0 && known < at ? text.indexOf('\n', at) : known;
}

/** Index after the closing quote; two quotes in a row are one that is meant. -1 where it does not close. */
function quoteEnd(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && text.charCodeAt(at + 1) === 0x22) at = text.indexOf('"', at + 2);
  return at + 1 || -1;
}

function endsField(text: string, at: number, delimiter: string): boolean {
  if (at >= text.length || text.startsWith(delimiter, at)) return true;
  const code = text.charCodeAt(at);
  return code === 0x0a || (code === 0x0d && (at + 1 === text.length || text.charCodeAt(at + 1) === 0x0a));
}
