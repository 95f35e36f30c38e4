/** Reads CSV and TSV as chunks of rows, with the line of every row and every problem. */

import { foundText, type ProblemLog, type RowChunk } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { createChunkBuilder } from './chunk-builder.ts';
import { readQuotedRecord } from './delimited-record.ts';
import { declaresDelimiter } from './delimiter.ts';
import { checkRecordLength } from './record-length.ts';

/** What a cutter works on. */
interface Cutter {
  readonly file: string;
  readonly delimiter: string;
  readonly log: ProblemLog;
  readonly isFull: () => boolean;
}

/** Takes the records of a file one by one, the header first. */
type OnRecord = (fields: readonly string[], line: number, characters: number) => void;

/**
 * Rows of a delimited text whose first record is the header. Empty fields are missing; blank lines are skipped.
 * After a wrong header the rows are only checked.
 *
 * @param delimiter one character
 * @throws DataError (while iterating) where a quote is not closed
 */
export async function* readDelimited(
  blocks: AsyncIterable<string>,
  file: string,
  delimiter: string,
  log: ProblemLog,
): AsyncGenerator<RowChunk> {
  const builder = createChunkBuilder(file);
  let header: readonly string[] | null = null;
  let usable = true;
  const cutter = { file, delimiter, log, isFull: builder.isFull };
  const records = createRecordCutter(cutter, (fields, line, characters) => {
    if (header === null) {
      if (declaresDelimiter(fields.join(delimiter))) return;
      header = fields;
      usable = checkHeader(fields, file, line, log);
      for (const name of fields) builder.column(name);
    } else if (fields.length !== header.length) {
      reportRagged(fields, header, { file, line }, log);
    } else if (usable) {
      builder.append(fields, line, characters);
    }
  });
  for await (const block of blocks) {
    while (records.push(block)) {
      yield builder.take()!;
    }
  }
  records.end();
  const last = builder.take();
  if (last !== null) yield last;
}

function checkHeader(names: readonly string[], file: string, line: number, log: ProblemLog): boolean {
  const before = log.count();
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    const first = seen.get(name);
    if (name.trim() === '') {
      log.add({
        message: `column ${index + 1} of the header has no name`,
        hint: 'name every column; remove a separator at the end of the line',
        where: { file, line },
      });
    } else if (first !== undefined) {
      log.add({
        message: `the header names ${foundText(name)} twice, as columns ${first + 1} and ${index + 1}`,
        hint: 'give every column a name of its own',
        where: { file, line, field: name },
      });
    } else {
      seen.set(name, index);
    }
  });
  return log.count() === before;
}

function reportRagged(
  fields: readonly string[],
  header: readonly string[],
  where: { readonly file: string; readonly line: number },
  log: ProblemLog,
): void {
  const more = fields.length > header.length;
  const say = (counts: readonly string[]) => ({
    message: `the row has ${counts.slice(0, 5).join(' or ')} ${counts.at(-1) === '1' ? 'field' : 'fields'}, expected ${header.length} as in the header`,
    hint: more
      ? 'put fields that hold the separator, quotes or line breaks in double quotes'
      : 'fill up the row with empty fields',
  });
  const found = String(fields.length);
  log.add({ ...say([found]), where }, { cause: more ? 'too many fields' : 'too few fields', found, say });
}

/**
 * Cuts blocks of text into records. Call `push` with a block until it is false: it stops whenever the chunk is full, so
 * that it can be handed on.
 */
function createRecordCutter({ file, delimiter, log, isFull }: Cutter, onRecord: OnRecord) {
  let text = '';
  let at = 0;
  let line = 1;
  let nextQuote = -1;
  let pending: string | null = null;

  /** Handles one record; false where the text ends first. */
  function cutOne(isLast: boolean): boolean {
    if (nextQuote < at) {
      const found = text.indexOf('"', at);
      nextQuote = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    const lineEnd = text.indexOf('\n', at);
    if (nextQuote < (lineEnd < 0 ? text.length : lineEnd)) return cutQuoted(isLast);
    if (lineEnd < 0 && !isLast) return false;
    const end = lineEnd < 0 ? text.length : lineEnd;
    const record = text.slice(at, end > at && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end);
    if (record !== '' && (record.trim() !== '' || record.includes(delimiter))) {
      onRecord(record.split(delimiter), line, record.length);
    }
    at = end + 1;
    line += 1;
    return at < text.length;
  }

  function cutQuoted(isLast: boolean): boolean {
    const found = readQuotedRecord(text, at, delimiter, isLast);
    if (found.kind === 'incomplete') {
      if (isLast) throw unclosedQuote(found.quoteAt);
      return false;
    }
    for (const stray of found.stray) {
      log.add({
        message: `there is text after a closing quote: ${foundText(text.slice(stray, stray + 10))}`,
        hint: 'write a quote inside a quoted field twice',
        where: { file, ...place(stray) },
      });
    }
    onRecord(found.fields, line, found.next - at);
    line += breaks(text, at, found.next);
    at = found.next;
    return at < text.length;
  }

  function unclosedQuote(quoteAt: number): DataError {
    return new DataError({
      message: 'a double quote is opened here and never closed',
      hint: 'write a quote inside a quoted field twice, or close the field',
      where: { file, ...place(quoteAt) },
    });
  }

  /** Line and column of an index of the current record. */
  function place(index: number): { line: number; column: number } {
    return {
      line: line + breaks(text, at, index),
      column: index - Math.max(text.lastIndexOf('\n', index - 1), at - 1),
    };
  }

  return {
    push(block: string): boolean {
      if (pending !== block) {
        text = text.slice(at) + block;
        at = 0;
        nextQuote = -1;
        pending = block;
      }
      while (!isFull()) {
        if (cutOne(false)) continue;
        pending = null;
        checkRecordLength(text.length - at, file, line);
        return false;
      }
      return true;
    },
    end(): void {
      nextQuote = -1;
      while (at < text.length && cutOne(true));
    },
  };
}

function breaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
