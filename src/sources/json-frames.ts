/** The objects and lists around the place where a walk stands, and what messages call them. */

import { foundText } from '../cases/index.ts';
import type { WantedNode } from './json-wanted.ts';

/** An object or list that is being read. */
export interface Frame {
  readonly kind: 'object' | 'list';
  readonly path: string;
  readonly wanted: readonly WantedNode[];
  /** Whether every element of this list is handed on. */
  readonly handsOn: boolean;
  count: number;
  key: string;
}

/** Where a wanted part stands. */
export interface PartPlace {
  readonly kind: 'element' | 'value';
  /** Keys and list positions joined by dots: of the list for an element, its own for a value; `''` is the root. */
  readonly path: string;
  /** Position of an element in its list, from 0; 0 for a value. */
  readonly index: number;
}

/** The path of the value that comes next in a frame. */
export function pathOf(frame: Frame): string {
  return frame.path === '' ? keyOf(frame) : `${frame.path}.${keyOf(frame)}`;
}

/** The key or position of the value that comes next in a frame. */
export function keyOf(frame: Frame): string {
  return frame.kind === 'object' ? frame.key : String(frame.count);
}

/** What messages call a part; `''` for the whole. */
export function partName(part: PartPlace, element: string): string {
  if (part.kind === 'value') return part.path === '' ? '' : foundText(part.path);
  return `${element} ${part.index + 1}${part.path === '' ? '' : ` of ${foundText(part.path)}`}`;
}

/** What messages call a frame; `''` for the whole. */
export function frameName(frame: Frame): string {
  return frame.path === '' ? '' : foundText(frame.path);
}

/** What the root must be. */
export function expectedRoot(root: WantedNode): string {
  return root.elements ? 'a JSON array' : 'a JSON object';
}

/** What a value or sign is that starts with a character. */
export function startName(code: number): string {
  if (code === 0x7b) return 'an object';
  if (code === 0x5b) return 'a list';
  if (code === 0x22) return 'a text';
  if (code === 0x6e) return 'null';
  return foundText(String.fromCharCode(code));
}
