/** Reads rows into counts of numbered features, block by block, without one object per feature. */

import { normalizeText } from '../../text/index.ts';
import type { FeatureColumn } from '../types.ts';
import { type FeatureBlock, wholeName } from './blocks.ts';
import { createGramIndex, type GramIndex } from './gram-index.ts';
import { characterGram, eachCharacterGram, eachWordGram, type GramVisitor, wordGram } from './grams.ts';

/** Counted features: row r holds in block b what stands from `offsets[r * blocks + b]` up to the next offset. */
export interface EncodedRows {
  readonly rows: number;
  readonly blocks: number;
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
  readonly counts: Float32Array;
}

/** UTF-16 units of one text that are read: enough for a long mail, a bound for a file that came as a text. */
export const READ_LENGTH = 200_000;

/** How `encodeRows` treats a feature that it has not seen: gives it a number, or leaves it out. */
export type Unknown = 'add' | 'skip';

/**
 * Counts the features of every row. With `add` the index grows; with `skip` it stays as it is.
 *
 * @param columns in the order in which the blocks were made
 */
export function encodeRows(
  columns: readonly FeatureColumn[],
  blocks: readonly FeatureBlock[],
  index: GramIndex,
  unknown: Unknown,
): EncodedRows {
  const rows = columns[0]!.values.length;
  const offsets = new Int32Array(rows * blocks.length + 1);
  const byName = new Map(columns.map((column) => [column.name, column]));
  const inputs = blocks.map((block) => byName.get(block.column)!);
  let ids = new Int32Array(1 << 14);
  let counts = new Float32Array(1 << 14);
  /** Per feature: the segment that saw it last (from 1), and where it stands there. */
  let lastSegment = new Int32Array(1 << 14);
  let place = new Int32Array(1 << 14);
  let length = 0;
  let segment = 0;
  const visit: GramVisitor = (high, low) => {
    const id = unknown === 'add' ? index.add(high, low) : index.find(high, low);
    if (id < 0) return;
    if (id >= lastSegment.length) {
      lastSegment = longer(lastSegment, id);
      place = longer(place, id);
    }
    if (lastSegment[id] === segment) {
      counts[place[id]!]!++;
      return;
    }
    if (length === ids.length) {
      ids = longer(ids, length);
      const more = new Float32Array(ids.length);
      more.set(counts);
      counts = more;
    }
    lastSegment[id] = segment;
    place[id] = length;
    ids[length] = id;
    counts[length] = 1;
    length++;
  };
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < blocks.length; block++) {
      segment++;
      visitFeatures(inputs[block]!, blocks[block]!, block, row, visit);
      offsets[segment] = length;
    }
  }
  return {
    rows,
    blocks: blocks.length,
    offsets,
    ids: ids.slice(0, length),
    counts: counts.slice(0, length),
  };
}

/** Visits what one row holds of one block. */
export function visitFeatures(
  column: FeatureColumn,
  block: FeatureBlock,
  salt: number,
  row: number,
  visit: GramVisitor,
): void {
  const value = column.values[row];
  if (block.kind === 'number' || block.kind === 'category') {
    characterGram(wholeName(block, value), salt, visit);
  } else if (typeof value === 'string' && value !== '') {
    const each = block.kind === 'words' ? eachWordGram : eachCharacterGram;
    each(textOf(value), salt, block.least, block.most, visit);
  }
}

/** The part of a text that is read, normalised. */
export function textOf(value: string): string {
  return normalizeText(value.length > READ_LENGTH ? value.slice(0, READ_LENGTH) : value);
}

/** An index in which every feature of these names and blocks stands under its place in the list. */
export function indexOfNames(
  names: readonly string[],
  block: Uint16Array,
  blocks: readonly FeatureBlock[],
): GramIndex {
  const index = createGramIndex();
  const add: GramVisitor = (high, low) => index.add(high, low);
  names.forEach((name, place) => {
    const salt = block[place]!;
    if (blocks[salt]!.kind === 'words') wordGram(name, salt, add);
    else characterGram(name, salt, add);
  });
  return index;
}

function longer(values: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(values.length * 2, least + 1));
  larger.set(values);
  return larger;
}
