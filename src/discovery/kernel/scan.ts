/**
 * The innermost loops of the dense scan, eight rows at a time. They are long on purpose: V8 copies short loops into callers
 * that its middle tier compiled, where they run three to five times slower.
 */

import type { Layout, SumLayout } from './layout.ts';
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

/** Adds the sums of each row from `start` on at `base + code * step`, and keeps the peak behind them. */
export function addSums(
  base: Int32Array,
  codes: Codes,
  step: number,
  { sums, peak }: SumLayout,
  adds: Float64Array,
  start: number,
  cells: Float64Array,
): void {
  let at = 0;
  let from = 0;
  let i = 0;
  if (sums === 2) {
    for (const end = codes.length - 3; i < end; i += 4) {
      at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
      from = (start + i) * 2;
      cells[at] = cells[at]! + adds[from]!;
      cells[at + 1] = cells[at + 1]! + adds[from + 1]!;
      if (peak[start + i]! > cells[at + 2]!) cells[at + 2] = peak[start + i]!;
      at = (base[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
      from = (start + i + 1) * 2;
      cells[at] = cells[at]! + adds[from]!;
      cells[at + 1] = cells[at + 1]! + adds[from + 1]!;
      if (peak[start + i + 1]! > cells[at + 2]!) cells[at + 2] = peak[start + i + 1]!;
      at = (base[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
      from = (start + i + 2) * 2;
      cells[at] = cells[at]! + adds[from]!;
      cells[at + 1] = cells[at + 1]! + adds[from + 1]!;
      if (peak[start + i + 2]! > cells[at + 2]!) cells[at + 2] = peak[start + i + 2]!;
      at = (base[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
      from = (start + i + 3) * 2;
      cells[at] = cells[at]! + adds[from]!;
      cells[at + 1] = cells[at + 1]! + adds[from + 1]!;
      if (peak[start + i + 3]! > cells[at + 2]!) cells[at + 2] = peak[start + i + 3]!;
    }
  }
  for (; i < codes.length; i++) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    from = (start + i) * sums;
    for (let sum = 0; sum < sums; sum++) cells[at + sum] = cells[at + sum]! + adds[from + sum]!;
    if (peak[start + i]! > cells[at + sums]!) cells[at + sums] = peak[start + i]!;
  }
}

/** Adds each row from `start` on as one case with its error, and to a third sum its square; keeps the peak behind them. */
export function addErrors(
  base: Int32Array,
  codes: Codes,
  step: number,
  { sums, peak }: SumLayout,
  start: number,
  cells: Float64Array,
): void {
  const errors = peak.subarray(start, start + codes.length);
  let at = 0;
  let error = 0;
  let i = 0;
  const square = sums === 3 ? 1 : 0;
  const last = sums;
  for (const end = codes.length - 3; i < end; i += 4) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    error = errors[i]!;
    cells[at] = cells[at]! + 1;
    cells[at + 1] = cells[at + 1]! + error;
    if (square) cells[at + 2] = cells[at + 2]! + error * error;
    if (error > cells[at + last]!) cells[at + last] = error;
    at = (base[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
    error = errors[i + 1]!;
    cells[at] = cells[at]! + 1;
    cells[at + 1] = cells[at + 1]! + error;
    if (square) cells[at + 2] = cells[at + 2]! + error * error;
    if (error > cells[at + last]!) cells[at + last] = error;
    at = (base[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
    error = errors[i + 2]!;
    cells[at] = cells[at]! + 1;
    cells[at + 1] = cells[at + 1]! + error;
    if (square) cells[at + 2] = cells[at + 2]! + error * error;
    if (error > cells[at + last]!) cells[at + last] = error;
    at = (base[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
    error = errors[i + 3]!;
    cells[at] = cells[at]! + 1;
    cells[at + 1] = cells[at + 1]! + error;
    if (square) cells[at + 2] = cells[at + 2]! + error * error;
    if (error > cells[at + last]!) cells[at + last] = error;
  }
  for (; i < codes.length; i++) {
    at = (base[i]! + Math.imul(codes[i]!, step)) | 0;
    error = errors[i]!;
    cells[at] = cells[at]! + 1;
    cells[at + 1] = cells[at + 1]! + error;
    if (square) cells[at + 2] = cells[at + 2]! + error * error;
    if (error > cells[at + last]!) cells[at + last] = error;
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
  const { width } = layout;
  let done = 0;
  if (layout.kind === 'sums') {
    base.fill(0, 0, end - start);
  } else {
    const classes = layout.classes.subarray(start, end);
    const [a, b] = prefix;
    if (a === undefined) {
      base.set(classes);
    } else if (b === undefined) {
      startSingle(base, classes, a.codes.subarray(start, end), width);
      done = 1;
    } else {
      const [first, second] = [a.codes.subarray(start, end), b.codes.subarray(start, end)];
      startPair(base, classes, first, width, second, width * (a.live + 1));
      done = 2;
    }
  }
  let step = width;
  prefix.forEach(({ codes, live }, i) => {
    if (i >= done) addCodes(base, codes.subarray(start, end), step);
    step *= live + 1;
  });
}

function startSingle(base: Int32Array, classes: Uint8Array, codes: Codes, step: number): void {
  let i = 0;
  for (const end = classes.length - 7; i < end; i += 8) {
    base[i] = (classes[i]! + Math.imul(codes[i]!, step)) | 0;
    base[i + 1] = (classes[i + 1]! + Math.imul(codes[i + 1]!, step)) | 0;
    base[i + 2] = (classes[i + 2]! + Math.imul(codes[i + 2]!, step)) | 0;
    base[i + 3] = (classes[i + 3]! + Math.imul(codes[i + 3]!, step)) | 0;
    base[i + 4] = (classes[i + 4]! + Math.imul(codes[i + 4]!, step)) | 0;
    base[i + 5] = (classes[i + 5]! + Math.imul(codes[i + 5]!, step)) | 0;
    base[i + 6] = (classes[i + 6]! + Math.imul(codes[i + 6]!, step)) | 0;
    base[i + 7] = (classes[i + 7]! + Math.imul(codes[i + 7]!, step)) | 0;
  }
  for (; i < classes.length; i++) base[i] = (classes[i]! + Math.imul(codes[i]!, step)) | 0;
}

function startPair(
  base: Int32Array,
  classes: Uint8Array,
  a: Codes,
  aStep: number,
  b: Codes,
  bStep: number,
): void {
  let i = 0;
  for (const end = classes.length - 7; i < end; i += 8) {
    base[i] = (classes[i]! + Math.imul(a[i]!, aStep) + Math.imul(b[i]!, bStep)) | 0;
    base[i + 1] = (classes[i + 1]! + Math.imul(a[i + 1]!, aStep) + Math.imul(b[i + 1]!, bStep)) | 0;
    base[i + 2] = (classes[i + 2]! + Math.imul(a[i + 2]!, aStep) + Math.imul(b[i + 2]!, bStep)) | 0;
    base[i + 3] = (classes[i + 3]! + Math.imul(a[i + 3]!, aStep) + Math.imul(b[i + 3]!, bStep)) | 0;
    base[i + 4] = (classes[i + 4]! + Math.imul(a[i + 4]!, aStep) + Math.imul(b[i + 4]!, bStep)) | 0;
    base[i + 5] = (classes[i + 5]! + Math.imul(a[i + 5]!, aStep) + Math.imul(b[i + 5]!, bStep)) | 0;
    base[i + 6] = (classes[i + 6]! + Math.imul(a[i + 6]!, aStep) + Math.imul(b[i + 6]!, bStep)) | 0;
    base[i + 7] = (classes[i + 7]! + Math.imul(a[i + 7]!, aStep) + Math.imul(b[i + 7]!, bStep)) | 0;
  }
  for (; i < classes.length; i++) {
    base[i] = (classes[i]! + Math.imul(a[i]!, aStep) + Math.imul(b[i]!, bStep)) | 0;
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
