/** Reads the wanted parts of a big JSON document, or the values of JSON lines, one by one in bounded memory. */

import type { ProblemLog } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { readable } from '../byte-source.ts';
import { JsonFault } from '../json-cursor.ts';
import { type JsonLeniency, parseJsonValue } from '../json-value.ts';
import { createJsonWalk } from '../json-walk.ts';
import { createLineCutter } from '../line-cutter.ts';
import { textBlocks } from '../text-blocks.ts';
import type { ImportFile } from './importer.ts';

/** What to hand on of a document; everything else is passed over without being built. */
export interface WantedParts {
  /** Paths of lists whose elements are handed on one by one: keys and list positions joined by dots, `*` is any, `''` the root. */
  readonly elements: readonly string[];
  /** Paths of (small) values that are handed on whole. */
  readonly values: readonly string[];
  /** Takes bare `NaN`, `Infinity` and `-Infinity` as numbers, as Python writes them. */
  readonly nonFinite?: boolean;
}

/** One wanted part. */
export interface JsonEvent {
  readonly kind: 'element' | 'value';
  /** Of the list for an element, its own for a value; positions and keys that `*` stands for are spelled out. */
  readonly path: string;
  /** Position of an element in its list, from 0; 0 for a value. */
  readonly index: number;
  readonly value: unknown;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** Column in which it starts, from 1: files without line breaks have no other place. */
  readonly column: number;
}

/** One value of a file of JSON lines. */
export interface JsonLine {
  readonly value: unknown;
  readonly line: number;
}

/** Stands for a value that could not be read. */
const MALFORMED = Symbol('malformed');

/**
 * The wanted parts of a file that is one JSON document, in file order. Integers beyond 2^53 come as texts, so that ids stay
 * exact. A malformed part is reported with line and column and reading goes on with the next one; where the document itself
 * is malformed or cut off it ends with a problem that names the place. Parts that are passed over are not checked beyond
 * their brackets and quotes.
 *
 * A path of `elements` may hold an object where longer paths are wanted, which is entered; null is an empty list.
 */
export async function* streamJson(
  file: ImportFile,
  wanted: WantedParts,
  log: ProblemLog,
): AsyncGenerator<JsonEvent> {
  const readValue = createValueReader(file, wanted, log);
  let ready: JsonEvent[] = [];
  const walk = createJsonWalk(file.source.label, wanted, log, ({ text, hasLongInteger, ...about }) => {
    const value = readValue(text, about.line, about.column, hasLongInteger);
    if (value !== MALFORMED) ready.push({ ...about, value });
  });
  try {
    for await (const block of blocksOf(file)) {
      const goesOn = walk.push(block);
      yield* ready;
      ready = [];
      if (!goesOn) return;
    }
    walk.end();
  } catch (error) {
    report(error, log);
  }
  yield* ready;
}

/**
 * The values of a file of JSON lines, with the line of each; blank lines are skipped. A malformed line is reported and
 * reading goes on with the next one. Integers as in `streamJson`.
 */
export async function* streamJsonLines(
  file: ImportFile,
  log: ProblemLog,
  leniency: { readonly nonFinite?: boolean } = {},
): AsyncGenerator<JsonLine> {
  const readValue = createValueReader(file, leniency, log);
  let ready: JsonLine[] = [];
  const cutter = createLineCutter(file.source.label, (text, line) => {
    const value = readValue(text, line, 1);
    if (value !== MALFORMED) ready.push({ value, line });
  });
  try {
    for await (const block of blocksOf(file)) {
      cutter.push(block);
      yield* ready;
      ready = [];
    }
    cutter.end();
  } catch (error) {
    report(error, log);
  }
  yield* ready;
}

function blocksOf({ source, compression }: ImportFile): AsyncGenerator<string> {
  return textBlocks(readable(source, compression), source.label);
}

/** Reads texts that start at some place of the file; what is malformed goes to the log. */
function createValueReader(
  { source }: ImportFile,
  { nonFinite = false }: Partial<JsonLeniency>,
  log: ProblemLog,
): (text: string, line: number, column: number, hasLongInteger?: boolean) => unknown {
  return (text, line, column, hasLongInteger) => {
    try {
      return parseJsonValue(text, { nonFinite }, hasLongInteger);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      const lines = text.slice(0, error.at).split('\n');
      const start = lines.length === 1 ? column : 1;
      log.add({
        message: error.message,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        where: {
          file: source.label,
          line: line + lines.length - 1,
          column: start + lines.at(-1)!.length,
        },
      });
      return MALFORMED;
    }
  };
}

function report(error: unknown, log: ProblemLog): void {
  if (!(error instanceof DataError)) throw error;
  for (const problem of error.problems) log.add(problem);
}
