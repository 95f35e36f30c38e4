/** Counts lines and columns of a text that comes in blocks, only where somebody asks. */

/** The place of the last index that was asked for; indices of one text must not go back. */
export interface PlaceCounter {
  /** Starts with the next text. */
  next(text: string): void;
  /** Line and column of an index of the current text, from 1. */
  at(index: number): { readonly line: number; readonly column: number };
  /** Leaves the current text; what follows its first `length` characters comes again with the next one. */
  finish(length: number): void;
}

/** A counter at line 1, column 1. */
export function createPlaceCounter(): PlaceCounter {
  let text = '';
  let line = 1;
  /** Index at which the current line starts, negative where that was in an earlier text. */
  let lineStart = 0;
  let nextBreak = -1;

  const goTo = (index: number): void => {
    while (nextBreak >= 0 && nextBreak < index) {
      line += 1;
      lineStart = nextBreak + 1;
      nextBreak = text.indexOf('\n', lineStart);
    }
  };
  return {
    next(block) {
      text = block;
      nextBreak = text.indexOf('\n');
    },
    at(index) {
      goTo(index);
      return { line, column: index - lineStart + 1 };
    },
    finish(length) {
      goTo(length);
      lineStart -= length;
      text = '';
      nextBreak = -1;
    },
  };
}
