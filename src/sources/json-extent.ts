/** Finds where a JSON value ends while its text comes in blocks. Brackets and quotes are only counted, not checked. */

/** A value that is being passed over; one scanner serves any number of values, one after the other. */
export interface ExtentScanner {
  /** Gets ready for the next value. */
  start(): void;
  /**
   * Goes on from `from`, which for the first block is the first character of the value.
   *
   * @returns the index at which the value ends: after its closing bracket, or at the comma or bracket that follows; -1
   *   where it goes on in the next block
   */
  scan(block: string, from: number): number;
  /** Whether the value so far is a number, word or string that no bracket encloses, so that the end of the file may end it. */
  isBare(): boolean;
  /** Whether the value so far holds a whole number of 16 digits or more, which a double may not hold. */
  hasLongInteger(): boolean;
}

const LONG_DIGITS = 16;
const POINT = 0x2e;

/** Set after a point, so that no fraction is long enough. */
const NEVER_LONG = -1e9;

/** A scanner. */
export function createExtentScanner(): ExtentScanner {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** Digits of the current number before its point. */
  let digits = 0;
  let hasLong = false;

  /** Index after the rest of a string in this block. */
  function skipString(block: string, from: number): number {
    let at = escaped ? from + 1 : from;
    escaped = false;
    for (;;) {
      const quote = block.indexOf('"', at);
      let before = quote < 0 ? block.length : quote;
      const stop = before;
      while (before > at && block.charCodeAt(before - 1) === 0x5c) before -= 1;
      const isEscaped = (stop - before) % 2 === 1;
      if (quote < 0) {
        escaped = isEscaped;
        return block.length;
      }
      at = quote + 1;
      if (isEscaped) continue;
      inString = false;
      return at;
    }
  }

  /** Index of the value's end if the bracket or comma at `at` ends it, else -1. */
  function endAt(code: number, at: number): number {
    if (code === 0x7b || code === 0x5b) {
      depth += 1;
      return -1;
    }
    if (depth === 0) return at;
    if (code === 0x2c) return -1;
    depth -= 1;
    return depth === 0 ? at + 1 : -1;
  }

  return {
    start() {
      depth = 0;
      inString = false;
      escaped = false;
      digits = 0;
      hasLong = false;
    },
    scan(block, from) {
      let at = inString ? skipString(block, from) : from;
      while (at < block.length) {
        const code = block.charCodeAt(at);
        at += 1;
        if (code >= 0x30 && code <= 0x39) {
          digits += 1;
          hasLong ||= digits === LONG_DIGITS;
          continue;
        }
        digits = code === POINT ? NEVER_LONG : 0;
        if (code === 0x22) {
          inString = true;
          at = skipString(block, at);
          continue;
        }
        if (code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d) {
          const end = endAt(code, at - 1);
          if (end >= 0) return end;
        }
      }
      return -1;
    },
    isBare: () => depth === 0 && !inString,
    hasLongInteger: () => hasLong,
  };
}
