/** Eval sets and training rows with planted copies, boilerplate and short templates, and their quiet twins. */

import { randomStream } from './random.ts';

/** A case with its result. */
export interface OverlapCaseRow {
  readonly case_id: string;
  readonly text: string;
  readonly expected: string;
  readonly segment: string;
  readonly passed: boolean;
}

/** A training row. */
export interface OverlapTrainRow {
  readonly text: string;
  readonly expected: string;
}

/** An eval set beside the data that the system has seen. */
export interface OverlapRows {
  readonly cases: readonly OverlapCaseRow[];
  readonly train: readonly OverlapTrainRow[];
}

const LABELS = ['refund', 'delivery', 'account', 'other'];

/** How a copied text is written: other case, other white space, wide letters, or all of it as it is. */
const CHANGES: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => ` ${text.replaceAll(' ', '  ')}\n`,
  (text) => text.replaceAll(' ', '\u00a0'),
  (text) => text,
];

/** Sentences of 8 to 27 words out of 4,000, so that two of them share next to nothing. */
function sentences(count: number, random: () => number): readonly string[] {
  const word = () => `w${Math.floor(random() * 4_000).toString(36)}`;
  return Array.from({ length: count }, () =>
    Array.from({ length: 8 + Math.floor(random() * 20) }, word).join(' '),
  );
}

function casesOf(texts: readonly string[], passes: (place: number) => boolean): readonly OverlapCaseRow[] {
  return texts.map((text, place) => ({
    case_id: `case-${String(place).padStart(4, '0')}`,
    text,
    expected: LABELS[place % LABELS.length]!,
    segment: `s${place % 3}`,
    passed: passes(place),
  }));
}

function trainOf(texts: readonly string[]): readonly OverlapTrainRow[] {
  return texts.map((text, place) => ({ text, expected: LABELS[place % LABELS.length]! }));
}

/** B-5, catch: of 1,000 cases 60 stand in training in other case or white space and all pass; 827 of the other 940 pass. */
export function copiedCases(seed: number): OverlapRows {
  const random = randomStream(seed);
  const texts = sentences(1_000, random);
  const isCopied = (place: number) => place % 16 === 3 && place < 16 * 60;
  const clean = texts.map((_, place) => place).filter((place) => !isCopied(place));
  const passing = new Set(clean.slice(0, 827));
  const copies = texts.filter((_, place) => isCopied(place));
  const cases = casesOf(texts, (place) => isCopied(place) || passing.has(place));
  const labels = cases.filter((_, place) => isCopied(place)).map(({ expected }) => expected);
  return {
    cases,
    train: [
      ...trainOf(sentences(1_000, random)),
      ...copies.map((text, at) => ({
        text: CHANGES[at % CHANGES.length]!(text),
        // Every tenth copy has another label.
        expected: at % 10 === 0 ? 'spam' : labels[at]!,
      })),
      ...trainOf(sentences(1_000, random)),
    ],
  };
}

/** B-5, quiet: one header of 60 words on every text of both sides, bodies of their own, and short templates that repeat. */
export function sharedBoilerplate(seed: number): OverlapRows {
  const random = randomStream(seed);
  const header = Array.from({ length: 60 }, (_, k) => `header${k}`).join(' ');
  const withHeader = (bodies: readonly string[]) =>
    bodies.map((body) => `${header}\n${body.split(' ').slice(0, 8).join(' ')}`);
  const short = ['reset my password', 'track my order', 'close account', 'speak to agent'];
  const templates = Array.from({ length: 40 }, (_, k) => short[k % short.length]!);
  return {
    cases: casesOf([...withHeader(sentences(400, random)), ...templates], (place) => place % 8 !== 0),
    train: trainOf([...withHeader(sentences(800, random)), ...templates]),
  };
}

/** E-8, quiet: examples in the style of the cases, with the same openings and words, and no shared row. */
export function sameStyle(seed: number): OverlapRows {
  const random = randomStream(seed);
  const openings = ['I would like to know', 'Could you please tell me', 'Hello there I have a question'];
  const inStyle = (bodies: readonly string[]) =>
    bodies.map((body, place) => `${openings[place % openings.length]} about ${body}`);
  return {
    cases: casesOf(inStyle(sentences(300, random)), (place) => place % 10 !== 0),
    train: trainOf(inStyle(sentences(200, random))),
  };
}
