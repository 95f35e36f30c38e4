/** Cuts a JSON array into the texts of its elements while it streams by. */

import type { ProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { isBlank } from './json-raw.ts';
import { checkRecordLength } from './record-length.ts';

/** Takes the array block by block. */
export interface ElementSplitter {
  push(block: string): void;
  /** @throws DataError where the array did not end */
  end(): void;
}

/** What may come next, outside of elements. */
type Phase = 'start' | 'first' | 'element' | 'separator' | 'next' | 'done';

/**
 * A splitter. Brackets and quotes are only counted here; whoever reads the elements checks their grammar.
 *
 * @param onElement gets the text of each element and the line on which it starts
 */
export function createElementSplitter(
  file: string,
  log: ProblemLog,
  onElement: (text: string, line: number) => void,
): ElementSplitter {
  let phase: Phase = 'start';
  let line = 1;
  let elementLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let rest = '';

  const complain = (message: string): void => log.add({ message, where: { file, line } });

  /** Index after the part of the element in this block; the element is over when the phase has changed. */
  function scanElement(block: string, from: number): number {
    let at = from;
    while (at < block.length) {
      if (inString) {
        at = skipString(block, at);
        continue;
      }
      const code = block.charCodeAt(at);
      if (code === 0x0a) line += 1;
      const end = elementEnd(code, at);
      if (end >= 0) return finish(block, from, end);
      at += 1;
    }
    rest += block.slice(from);
    checkRecordLength(rest.length, file, elementLine);
    return block.length;
  }

  /** Index after the rest of a string in this block. */
  function skipString(block: string, from: number): number {
    for (let at = from; at < block.length; at += 1) {
      const code = block.charCodeAt(at);
      if (code === 0x0a) line += 1;
      if (escaped) escaped = false;
      else if (code === 0x5c) escaped = true;
      else if (code === 0x22) {
        inString = false;
        return at + 1;
      }
    }
    return block.length;
  }

  /** Index of the element's end if this character ends it, else -1. */
  function elementEnd(code: number, at: number): number {
    if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x2c && depth === 0) return at;
    else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    return -1;
  }

  function finish(block: string, from: number, end: number): number {
    phase = 'separator';
    const text = rest + block.slice(from, end);
    rest = '';
    onElement(text, elementLine);
    return end;
  }

  /** Handles one character between elements; true where an element starts with it. */
  function between(character: string): boolean {
    if (phase === 'done') {
      throw new DataError({ message: 'there is text after the end of the array', where: { file, line } });
    }
    if (phase === 'start') {
      phase = 'first';
    } else if (character === ']') {
      if (phase === 'next') complain('there is a comma before the end of the array, expected a row');
      phase = 'done';
    } else if (character === ',') {
      if (phase !== 'separator') complain('there is a comma without a row before it');
      phase = 'next';
    } else {
      if (phase === 'separator') complain('there is no comma between two rows of the array');
      return true;
    }
    return false;
  }

  return {
    push(block) {
      let at = phase === 'element' ? scanElement(block, 0) : 0;
      while (at < block.length) {
        const code = block.charCodeAt(at);
        if (code === 0x0a) line += 1;
        if (isBlank(code) || !between(block.charAt(at))) {
          at += 1;
          continue;
        }
        phase = 'element';
        elementLine = line;
        at = scanElement(block, at);
      }
    },
    end() {
      if (phase === 'done') return;
      throw new DataError({
        message: 'the JSON array does not end: the file stops inside it',
        hint: 'the file may be cut off; make or copy it again',
        where: { file, line: phase === 'element' ? elementLine : line },
      });
    },
  };
}
