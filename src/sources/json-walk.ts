/** Walks through one JSON document block by block and cuts out the texts of the parts that somebody wants. */

import { foundText, type ProblemLog } from '../cases/index.ts';
import { createExtentScanner } from './json-extent.ts';
import {
  expectedRoot,
  type Frame,
  frameName,
  keyOf,
  type PartPlace,
  partName,
  pathOf,
  startName,
} from './json-frames.ts';
import { createPlaceCounter } from './json-place.ts';
import { isBlank, stringEnd } from './json-raw.ts';
import { childNodes, compileWanted, holdsElements, useOf, type WantedPaths } from './json-wanted.ts';
import { checkRecordLength } from './record-length.ts';

/** One wanted part, as text. */
export interface JsonPart extends PartPlace {
  readonly text: string;
  /** Whether it holds a whole number of 16 digits or more. */
  readonly hasLongInteger: boolean;
  /** Where it starts, from 1. */
  readonly line: number;
  readonly column: number;
}

/** Takes a document block by block. */
export interface JsonWalk {
  /** False when the rest of the document makes no sense; the reason is in the log. */
  push(block: string): boolean;
  /** Ends the document; says where it was cut off. */
  end(): void;
}

/** What may come next outside of values. */
type Phase = 'value' | 'first' | 'key' | 'colon' | 'separator' | 'next' | 'done';

/** What messages call the elements and the whole. */
export interface WalkWords {
  readonly element: string;
  readonly whole: string;
}

const WORDS: WalkWords = { element: 'element', whole: 'JSON document' };
const LONGEST_KEY = 1 << 16;

/**
 * A walk through a document.
 *
 * @param onPart gets every wanted part in file order
 */
export function createJsonWalk(
  file: string,
  wanted: WantedPaths,
  log: ProblemLog,
  onPart: (part: JsonPart) => void,
  words: WalkWords = WORDS,
): JsonWalk {
  const extent = createExtentScanner();
  const place = createPlaceCounter();
  const stack: Frame[] = [];
  let phase: Phase = 'value';
  let carry = '';
  /** The value that is being passed over or cut out, if any. */
  let open: (Omit<JsonPart, 'text' | 'hasLongInteger'> & { readonly keep: boolean }) | null = null;
  let kept = '';
  let broken = false;
  const root = compileWanted(wanted);

  const complain = (at: number, message: string, hint?: string): void => {
    log.add({ message, ...(hint === undefined ? {} : { hint }), where: { file, ...place.at(at) } });
  };
  const fail = (at: number, message: string, hint?: string): -1 => {
    complain(at, message, hint);
    broken = true;
    return -1;
  };

  /** Starts the value at `at`; gives the index where reading goes on. */
  function startValue(text: string, at: number): number {
    const frame = stack.at(-1);
    const code = text.charCodeAt(at);
    if (frame?.handsOn === true)
      return openValue(text, at, { ...frame, kind: 'element', index: frame.count }, true);
    const path = frame === undefined ? '' : pathOf(frame);
    const nodes = frame === undefined ? [root] : childNodes(frame.wanted, keyOf(frame));
    const use = useOf(nodes, code);
    if (use === 'list' || use === 'object') {
      stack.push({
        kind: use,
        path,
        wanted: nodes,
        handsOn: use === 'list' && holdsElements(nodes),
        count: 0,
        key: '',
      });
      phase = 'first';
      return at + 1;
    }
    if (use === 'wrong' && frame === undefined) {
      return fail(at, `found ${startName(code)}, expected ${expectedRoot(root)}`);
    }
    if (use === 'wrong') complain(at, `${foundText(path)} is ${startName(code)}, expected a list`);
    return openValue(text, at, { kind: 'value', path, index: 0 }, use === 'keep');
  }

  function openValue(text: string, at: number, { kind, path, index }: PartPlace, keep: boolean): number {
    open = { kind, path, index, keep, ...place.at(at) };
    kept = '';
    extent.start();
    return passValue(text, at);
  }

  /** Goes on through the open value; gives the index after it, or the end of the text. */
  function passValue(text: string, from: number): number {
    const end = extent.scan(text, from);
    if (open!.keep) kept += text.slice(from, end < 0 ? text.length : end);
    if (end < 0) {
      checkRecordLength(kept.length, file, open!.line);
      return text.length;
    }
    closeValue();
    return end;
  }

  function closeValue(): void {
    const { keep, ...about } = open!;
    open = null;
    const text = kept;
    kept = '';
    phase = stack.length === 0 ? 'done' : 'separator';
    if (keep) onPart({ ...about, text, hasLongInteger: extent.hasLongInteger() });
  }

  /** Handles the character at `at` between values; gives the next index, or -1 to wait for more text or to stop. */
  function step(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const frame = stack.at(-1);
    if (phase === 'done') return fail(at, `there is text after the end of the ${words.whole}`);
    if (phase === 'value') return startValue(text, at);
    if (phase === 'colon') {
      if (code !== 0x3a)
        return fail(at, `found ${startName(code)}, expected ":" after the key ${foundText(frame!.key)}`);
      phase = 'value';
      return at + 1;
    }
    if (code === (frame!.kind === 'object' ? 0x7d : 0x5d)) return leave(frame!, at);
    if (frame!.kind === 'object') return stepInObject(frame!, text, at, code);
    return stepInList(frame!, text, at, code);
  }

  function leave(frame: Frame, at: number): number {
    if (phase === 'next') {
      const what = frame.kind === 'object' ? 'object, expected a key' : `array, expected a ${words.element}`;
      complain(at, `there is a comma before the end of the ${what}`.replace('a element', 'an element'));
    }
    stack.pop();
    phase = stack.length === 0 ? 'done' : 'separator';
    return at + 1;
  }

  function stepInObject(frame: Frame, text: string, at: number, code: number): number {
    if (phase === 'separator') {
      if (code !== 0x2c) return fail(at, `found ${startName(code)}, expected "," or "}"`);
      phase = 'next';
      return at + 1;
    }
    if (code !== 0x22) return fail(at, `found ${startName(code)}, expected a key in double quotes`);
    const end = stringEnd(text, at);
    if (end < 0) return text.length - at > LONGEST_KEY ? fail(at, 'a key does not end') : -1;
    try {
      frame.key = JSON.parse(text.slice(at, end)) as string;
    } catch {
      return fail(at, 'a key is not valid JSON');
    }
    phase = 'colon';
    return end;
  }

  function stepInList(frame: Frame, text: string, at: number, code: number): number {
    if (code === 0x2c) {
      if (phase === 'separator') frame.count += 1;
      else
        complain(
          at,
          `there is a comma without a ${words.element} before it`.replace('a element', 'an element'),
        );
      phase = 'next';
      return at + 1;
    }
    if (code === 0x7d || code === 0x3a) return fail(at, `found ${startName(code)}, expected "," or "]"`);
    if (phase === 'separator') {
      complain(at, `there is no comma between two ${words.element}s of the array`);
      frame.count += 1;
    }
    return startValue(text, at);
  }

  return {
    push(block) {
      const text = carry === '' ? block : carry + block;
      place.next(text);
      carry = '';
      let at = open === null ? 0 : passValue(text, 0);
      while (at < text.length && !broken) {
        if (isBlank(text.charCodeAt(at))) {
          at += 1;
          continue;
        }
        const next = step(text, at);
        if (next < 0) {
          carry = text.slice(at);
          break;
        }
        at = next;
      }
      place.finish(text.length - carry.length);
      return !broken;
    },
    end() {
      if (broken) return;
      if (open !== null && stack.length === 0 && extent.isBare()) closeValue();
      if (phase === 'done' && open === null) return;
      const inside =
        open !== null ? partName(open, words.element) : stack.length > 0 ? frameName(stack.at(-1)!) : '';
      const where = { file, ...(open === null ? place.at(0) : { line: open.line, column: open.column }) };
      log.add({
        message:
          inside === '' && stack.length === 0 && open === null
            ? `the file holds no ${words.whole}`
            : `the ${words.whole} does not end: the file stops inside ${inside === '' ? 'it' : inside}`,
        hint: 'the file may be cut off; make or copy it again',
        where,
      });
    },
  };
}
