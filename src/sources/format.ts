/** Finds out how rows are written from the start of a text; the name of the file only decides where the content leaves a choice. */

import { DataError } from '../errors.ts';
import type { ByteSource, Compression } from './byte-source.ts';
import { headerDelimiter } from './delimiter.ts';
import { documentText } from './document-text.ts';
import { foreignObject } from './foreign-object.ts';
import { notRows, type Probe } from './probe.ts';

/** How rows are written. */
export type RowFormat =
  | { readonly name: 'jsonl' | 'json' }
  | { readonly name: 'csv' | 'tsv'; readonly delimiter: string };

/** What a file is. */
export type FileFormat =
  | { readonly kind: 'rows'; readonly format: RowFormat; readonly compression: Compression }
  | { readonly kind: 'parquet' };

/** One file, or anything that is read like one, with what it is. */
export interface RunPart {
  readonly source: ByteSource;
  readonly format: FileFormat;
}

/**
 * The format of a file of rows.
 *
 * @throws DataError where the file is empty or is nothing that can be read as rows
 */
export function formatOf(probe: Probe, label: string): FileFormat {
  if (probe.kind === 'parquet') return probe;
  if (probe.kind === 'zip') {
    throw notRows(
      label,
      'is a ZIP archive (such as a spreadsheet) and no log of Inspect',
      'unpack it and name the files in it; logs of Inspect (.eval) are read as they are',
    );
  }
  const { head, isWhole, compression } = probe;
  return { kind: 'rows', format: textFormat(head, isWhole, label), compression };
}

function textFormat(head: string, isWhole: boolean, label: string): RowFormat {
  const start = head.trimStart();
  if (start === '') {
    throw new DataError({
      message: isWhole
        ? 'the file is empty, expected rows'
        : `the first ${head.length} characters are blank, expected rows`,
      hint: 'check the program that wrote it',
      where: { file: label },
    });
  }
  const extension = /\.(csv|tsv|jsonl|ndjson|json)(?:\.gz|\.zst)?$/i.exec(label)?.[1]?.toLowerCase();
  const looksJson = extension === 'csv' || extension === 'tsv' ? /^(?:\{\s*["}]|\[\s*[{\]])/ : /^[{[]/;
  if (looksJson.test(start)) {
    if (start.startsWith('[')) return { name: 'json' };
    const foreign = foreignObject(head, label, isWhole);
    if (foreign !== null) throw foreign;
    return { name: 'jsonl' };
  }
  const delimiter = headerDelimiter(head);
  const saysJson = extension === 'json' || extension === 'jsonl' || extension === 'ndjson';
  if (saysJson && !hasLevelLines(start, delimiter)) return { name: 'jsonl' };
  const document = documentText(start, delimiter, label);
  if (document !== null) throw notRows(label, document.what, document.hint);
  if (!head.includes('\n') && /\r[^\n]/.test(head)) {
    throw new DataError({
      message: `the lines end with a carriage return alone, expected line feeds`,
      hint: 'save the file with LF or CRLF line ends',
      where: { file: label, line: 1 },
    });
  }
  return { name: delimiter === '\t' ? 'tsv' : 'csv', delimiter };
}

/** Whether the first two lines have the separator equally often, and at all. */
function hasLevelLines(text: string, delimiter: string): boolean {
  const [first = '', second = ''] = text.split('\n', 2);
  const count = first.split(delimiter).length;
  return count > 1 && second.split(delimiter).length === count;
}
