/** A seeded corpus for near-duplicates: texts of about 70 words spliced from lines, a tenth of them variants of earlier texts. */

import { randomStream } from '../test/generators/random.ts';

const WORDS = 40_000;
const LINES = 60_000;
const RECENT = 50_000;

/**
 * Texts one by one: 0.84 % are long (220 to 520 words); of the variants 30 % are copies, 20 % change case and spacing, 25 % one word,
 * 15 % three, 10 % eight.
 */
export function* corpus(count: number, seed: number): Generator<string> {
  const random = randomStream(seed);
  const pick = (length: number) => Math.floor(random() * length);
  const vocabulary = Array.from({ length: WORDS }, (_, rank) =>
    Array.from({ length: 2 + Math.floor(Math.log2(rank + 2) / 2.2) }, () =>
      String.fromCharCode(97 + pick(26)),
    ).join(''),
  );
  // Zipf: rank k about as often as 1 / k.
  const word = () => vocabulary[Math.min(WORDS - 1, Math.floor(WORDS ** random()) - 1)]!;
  const lines = Array.from({ length: LINES }, () => Array.from({ length: 6 + pick(8) }, word).join(' '));
  const recent: string[] = [];
  const fresh = () => {
    const wanted = random() < 0.0084 ? 220 + pick(300) : 40 + pick(60);
    const parts: string[] = [];
    for (let length = 0; length < wanted; length += 9.5) parts.push(lines[pick(LINES)]!);
    return parts.join(' ');
  };
  const variant = (text: string) => {
    const kind = random();
    if (kind < 0.3) return text;
    if (kind < 0.5) return text.toUpperCase().replaceAll(' ', '  ');
    const words = text.split(' ');
    for (let edit = kind < 0.75 ? 1 : kind < 0.9 ? 3 : 8; edit > 0; edit--)
      words[pick(words.length)] = word();
    return words.join(' ');
  };
  for (let made = 0; made < count; made++) {
    const text = recent.length > 100 && random() < 0.1 ? variant(recent[pick(recent.length)]!) : fresh();
    if (recent.length < RECENT) recent.push(text);
    else recent[pick(RECENT)] = text;
    yield text;
  }
}
