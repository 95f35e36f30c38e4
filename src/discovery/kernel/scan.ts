/**
 * The innermost loops of the dense scan, eight rows at a time. They are long on purpose: V8 copies short loops into callers
 * that its middle tier compiled, where they run three to five times slower.
 */

import type { Layout } from './layout.ts';
import type { LiveColumn } from './prepare.ts';

type Codes = Uint8Array | Uint16Array;

/** Counts one for each row at `base + code * step`. */
export function addOnes(base: Int32Array, codes: Codes, step: number, cells: Int32Array): void {
  let at = 0;
  let i = 0;
  for (const end = codes.length - 7; i < end; i += 8) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 4]! + Math.imul(codes[i + 4]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 5]! + Math.imul(codes[i + 5]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 6]! + Math.imul(codes[i + 6]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
    at = (base[i + 7]! + Math.imul(codes[i + 7]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
  }
  for (; i < codes.length; i++) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    cells[at] = (cells[at]! + 1) | 0;
  }
}

/** Counts the cases of each row at `base + code * step`. */
export function addCounts(
  base: Int32Array,
  codes: Codes,
  step: number,
  cases: Int32Array,
  cells: Int32Array,
): void {
  let at = 0;
  let i = 0;
  for (const end = codes.length - 7; i < end; i += 8) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i]!) | 0;
    at = (base[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 1]!) | 0;
    at = (base[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 2]!) | 0;
    at = (base[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 3]!) | 0;
    at = (base[i + 4]! + Math.imul(codes[i + 4]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 4]!) | 0;
    at = (base[i + 5]! + Math.imul(codes[i + 5]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 5]!) | 0;
    at = (base[i + 6]! + Math.imul(codes[i + 6]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 6]!) | 0;
    at = (base[i + 7]! + Math.imul(codes[i + 7]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i + 7]!) | 0;
  }
  for (; i < codes.length; i++) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    cells[at] = (cells[at]! + cases[i]!) | 0;
  }
}

/** Sets `base` to the cell of the prefix of each row; with classes to the counter of the row's class in it. */
export function fillBase(
  base: Int32Array,
  layout: Layout,
  prefix: readonly LiveColumn[],
  start: number,
  end: number,
): void {
  let step = 1;
  if (layout.kind === 'classes') {
    step = layout.width;
    const classes = layout.classes.subarray(start, end);
    for (let i = 0; i < classes.length; i++) base[i] = classes[i]!;
  } else {
    base.fill(0, 0, end - start);
  }
  for (const { codes, live } of prefix) {
    addCodes(base, codes.subarray(start, end), step);
    step *= live + 1;
  }
}

function addCodes(base: Int32Array, codes: Codes, step: number): void {
  let i = 0;
  for (const end = codes.length - 7; i < end; i += 8) {
    base[i] = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    base[i + 1] = (base[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
    base[i + 2] = (base[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
    base[i + 3] = (base[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
    base[i + 4] = (base[i + 4]! + Math.imul(codes[i + 4]!, step)) | 0;
    base[i + 5] = (base[i + 5]! + Math.imul(codes[i + 5]!, step)) | 0;
    base[i + 6] = (base[i + 6]! + Math.imul(codes[i + 6]!, step)) | 0;
    base[i + 7] = (base[i + 7]! + Math.imul(codes[i + 7]!, step)) | 0;
  }
  for (; i < codes.length; i++) base[i] = (base[i]! + Math.imul(codes[i]!, step)) | 0;
}
