/** Cuts blocks of text into lines. */

import { checkRecordLength } from './record-length.ts';

/** Takes a text block by block. */
export interface LineCutter {
  /** @throws DataError where a line is longer than any row may be */
  push(block: string): void;
  end(): void;
}

/**
 * A cutter.
 *
 * @param onLine gets every line that is not blank, without its line end, and its number from 1
 */
export function createLineCutter(file: string, onLine: (text: string, line: number) => void): LineCutter {
  let rest = '';
  let line = 0;
  const cut = (text: string): void => {
    line += 1;
    if (/\S/.test(text)) onLine(text.endsWith('\r') ? text.slice(0, -1) : text, line);
  };
  return {
    push(block) {
      let from = 0;
      for (let end = block.indexOf('\n'); end >= 0; end = block.indexOf('\n', from)) {
        cut(rest + block.slice(from, end));
        rest = '';
        from = end + 1;
      }
      rest += block.slice(from);
      checkRecordLength(rest.length, file, line + 1);
    },
    end: () => cut(rest),
  };
}
