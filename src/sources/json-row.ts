/**
 * Reads one JSON object straight into the cells of a row: strict JSON that, unlike JSON.parse, keeps the spelling of
 * numbers and finds keys that occur twice.
 */

import { foundText, type ProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ChunkBuilder, GrowingColumn } from './chunk-builder.ts';
import { JsonCursor, JsonFault } from './json-cursor.ts';

/** Objects below this many names stay JSON text. */
const DEEPEST_NAME = 6;

/** More different columns than this are not columns but data. */
const MOST_COLUMNS = 2_000;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;

/** A key in its place; the same key of every row is one node. */
interface KeyNode {
  readonly name: string;
  readonly depth: number;
  readonly children: Map<string, KeyNode>;
  column: GrowingColumn | null;
  /** Number of the last row that had the key. */
  row: number;
}

/** Adds one row to the builder, or one problem to the log. `line` is where the text starts. */
export type JsonRowReader = (text: string, line: number) => void;

/**
 * A reader of the rows of one file.
 *
 * Nested objects become dotted names, at most 6 names deep; lists of strings and booleans become list cells; other
 * lists and deeper objects stay compact JSON text. `null` is missing.
 */
export function createJsonRowReader(file: string, builder: ChunkBuilder, log: ProblemLog): JsonRowReader {
  const cursor = new JsonCursor();
  const root: KeyNode = { name: '', depth: 0, children: new Map(), column: null, row: 0 };
  let row = 0;
  let current = root;

  function readObject(node: KeyNode): void {
    cursor.step();
    if (cursor.code() === CLOSE_OBJECT) {
      cursor.step();
      return;
    }
    for (;;) {
      const child = childOf(node, cursor.index(), cursor.takeString());
      if (cursor.code() !== COLON) throw cursor.unexpected('":" after the key');
      cursor.step();
      readValue(child);
      const code = cursor.code();
      if (code !== COMMA && code !== CLOSE_OBJECT) throw cursor.unexpected('"," or "}"');
      cursor.step();
      if (code === CLOSE_OBJECT) return;
    }
  }

  function childOf(node: KeyNode, at: number, key: string): KeyNode {
    let child = node.children.get(key);
    if (child === undefined) {
      if (node === root && key === '') throw new JsonFault('a key is empty, expected a name', at);
      const name = node === root ? key : `${node.name}.${key}`;
      child = { name, depth: node.depth + 1, children: new Map(), column: null, row: 0 };
      node.children.set(key, child);
    }
    current = child;
    if (child.row === row) throw new JsonFault('the key occurs twice in one object', at);
    child.row = row;
    return child;
  }

  function readValue(node: KeyNode): void {
    const code = cursor.code();
    if (code === QUOTE) set(node, cursor.takeString());
    else if (code === OPEN_OBJECT && node.depth < DEEPEST_NAME) readObject(node);
    else if (code === OPEN_OBJECT) set(node, cursor.takeRaw());
    else if (code === OPEN_ARRAY) set(node, takeList() ?? cursor.takeRaw());
    else if (cursor.tryWord('true')) set(node, 'true');
    else if (cursor.tryWord('false')) set(node, 'false');
    else if (cursor.tryWord('null')) columnOf(node);
    else set(node, cursor.takeNumber());
  }

  /** A list of strings and booleans; null (and nothing read) where the array holds anything else. */
  function takeList(): readonly string[] | null {
    const start = cursor.index();
    const list: string[] = [];
    cursor.step();
    if (cursor.code() === CLOSE_ARRAY) {
      cursor.step();
      return list;
    }
    for (;;) {
      if (cursor.code() === QUOTE) list.push(cursor.takeString());
      else if (cursor.tryWord('true')) list.push('true');
      else if (cursor.tryWord('false')) list.push('false');
      else {
        cursor.back(start);
        return null;
      }
      const code = cursor.code();
      if (code !== COMMA && code !== CLOSE_ARRAY) throw cursor.unexpected('"," or "]"');
      cursor.step();
      if (code === CLOSE_ARRAY) return list;
    }
  }

  function set(node: KeyNode, cell: string | readonly string[]): void {
    if (!builder.set(columnOf(node), cell)) {
      throw new JsonFault('there are two values of this name, one of them nested', cursor.index());
    }
  }

  function columnOf(node: KeyNode): GrowingColumn {
    if (node.column !== null) return node.column;
    node.column = builder.column(node.name);
    if (builder.columnCount() <= MOST_COLUMNS) return node.column;
    throw new DataError({
      message: `there are more than ${MOST_COLUMNS} different columns, the last one is ${foundText(node.name)}`,
      hint: 'rows should have the same keys; write data such as ids as values, not as keys',
      where: { file },
    });
  }

  function readRow(): void {
    if (cursor.code() !== OPEN_OBJECT) {
      const { message, at } = cursor.unexpected('a JSON object');
      throw new JsonFault(message, at, 'each row is one object, such as {"id": "a", "passed": true}');
    }
    readObject(root);
    current = root;
    if (!Number.isNaN(cursor.code())) throw cursor.unexpected('the end of the row');
  }

  function report(fault: JsonFault, text: string, line: number): void {
    const before = text.slice(0, fault.at);
    const lastBreak = before.lastIndexOf('\n');
    const name = current === root ? '' : `${foundText(current.name)}: `;
    log.add({
      message: `${name}${fault.message}`,
      ...(fault.hint === undefined ? {} : { hint: fault.hint }),
      where: {
        file,
        line: line + before.split('\n').length - 1,
        column: fault.at - lastBreak,
        ...(current === root ? {} : { field: current.name }),
      },
    });
  }

  return (text, line) => {
    row += 1;
    current = root;
    try {
      cursor.start(text);
      readRow();
      builder.endRow(line, text.length);
    } catch (error) {
      if (!(error instanceof JsonFault)) throw error;
      builder.abandonRow();
      report(error, text, line);
    }
  };
}
