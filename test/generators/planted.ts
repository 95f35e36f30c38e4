/** Tables with a planted slice among many dimensions, planted topics among texts, and their quiet twins. */

import { randomStream, shuffle } from './random.ts';
import type { ResultRow, RunPair } from './rows.ts';

const same = (rows: readonly ResultRow[]): RunPair => ({ baseline: rows, candidate: rows });

/** So many outcomes of which exactly this share passes, in random order. */
function outcomes(count: number, rate: number, random: () => number): readonly boolean[] {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  shuffle(order, random);
  return Array.from(order, (place) => place < Math.round(rate * count));
}

/** B-13, catch: of 30 dimensions one has a source whose 120 cases pass 14 points less than the others' 86 %. */
export function lowSource(seed: number, cases = 2_400): RunPair {
  const random = randomStream(seed);
  const lows = outcomes(120, 0.72, random);
  const others = outcomes(cases - 120, 0.86, random);
  const rows = Array.from({ length: cases }, (_, i) => {
    const isLow = i % (cases / 120) === 0;
    const place = Math.floor(i / (cases / 120));
    const row: Record<string, string | number | boolean> = {
      case_id: `c${i}`,
      source: isLow ? 'scans' : `s${Math.floor(random() * 6)}`,
      // Exactly 72 of 100 in the slice and 86 of 100 elsewhere.
      passed: isLow ? lows[place]! : others[i - place - 1]!,
    };
    for (let column = 1; column < 30; column += 1)
      row[`m${column}`] = `v${Math.floor(random() * (2 + (column % 6)))}`;
    return row as ResultRow;
  });
  return same(rows);
}

const TOPICS = [
  ['invoice', 'payment', 'refund', 'charge', 'billing', 'card', 'amount', 'receipt'],
  ['flight', 'airport', 'luggage', 'boarding', 'gate', 'ticket', 'seat', 'delay'],
  ['recipe', 'oven', 'flour', 'butter', 'simmer', 'garlic', 'sauce', 'knead'],
  ['contract', 'clause', 'court', 'liability', 'tenant', 'lawyer', 'statute', 'appeal'],
  ['router', 'password', 'firmware', 'wifi', 'reboot', 'driver', 'laptop', 'update'],
] as const;

const FILLER = [
  'please',
  'today',
  'about',
  'again',
  'could',
  'would',
  'never',
  'still',
  'maybe',
  'before',
] as const;

/** B-15, catch: five topics of texts; those about contracts pass at .55, the others at .85. */
export function lowTopic(seed: number, cases = 900): RunPair {
  return same(topicRows(seed, cases, (topic, random) => random() < (topic === 3 ? 0.55 : 0.85)));
}

/** B-15, quiet: the same texts, with the outcomes dealt anew. */
export function shuffledTopics(seed: number, cases = 900): RunPair {
  const rows = topicRows(seed, cases, (topic, random) => random() < (topic === 3 ? 0.55 : 0.85));
  const order = Int32Array.from(rows.keys());
  shuffle(order, randomStream(seed + 1_000));
  return same(rows.map((row, i) => ({ ...row, passed: rows[order[i]!]!.passed! })));
}

function topicRows(
  seed: number,
  cases: number,
  pass: (topic: number, random: () => number) => boolean,
): readonly ResultRow[] {
  const random = randomStream(seed);
  return Array.from({ length: cases }, (_, i): ResultRow => {
    const topic = i % TOPICS.length;
    const own = TOPICS[topic]!;
    const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
    const text = Array.from({ length: 14 }, () => (random() < 0.6 ? pick(own) : pick(FILLER))).join(' ');
    return { case_id: `c${i}`, input: `${text} ${i}`, passed: pass(topic, random) };
  });
}

/** B2: passes at .90 up to 2,048 tokens of a column and at .70 beyond; flat at .85 where `flat`. */
export function breakingCurve(seed: number, flat: boolean, cases = 1_500): RunPair {
  const random = randomStream(seed);
  return same(
    Array.from({ length: cases }, (_, i): ResultRow => {
      const tokens = Math.floor(2 ** (6 + random() * 8));
      const rate = flat ? 0.85 : tokens < 2_048 ? 0.9 : 0.7;
      return { case_id: `c${i}`, tokens, passed: random() < rate };
    }),
  );
}

/** Two runs: cases of one plan on one kind of device lose 30 points, everything else only flips now and then. */
export function plantedRegression(seed: number, cases = 3_000): RunPair {
  const random = randomStream(seed);
  const rows = Array.from({ length: cases }, (_, i) => {
    const plan = ['free', 'team', 'pro'][Math.floor(random() * 3)]!;
    const device = ['phone', 'desk'][Math.floor(random() * 2)]!;
    const before = random() < 0.85;
    const flips = random();
    const isHit = plan === 'free' && device === 'phone';
    const after = isHit ? before && flips > 0.3 : flips < 0.02 ? !before : before;
    const other = { region: `r${Math.floor(random() * 5)}`, day: `d${Math.floor(random() * 7)}` };
    return { case_id: `c${i}`, plan, device, ...other, before, after };
  });
  const side = (of: 'before' | 'after'): readonly ResultRow[] =>
    rows.map(({ before, after, ...row }) => ({ ...row, passed: of === 'before' ? before : after }));
  return { baseline: side('before'), candidate: side('after') };
}

/** B-13, dimensions that must stay equal: four languages of 200 cases at .86, of which one is at .70 where `gap`. */
export function languages(seed: number, gap: boolean): RunPair {
  const random = randomStream(seed);
  return same(
    ['de', 'en', 'fr', 'th'].flatMap((language) =>
      outcomes(200, gap && language === 'th' ? 0.7 : 0.86, random).map((passed, i): ResultRow => {
        const chance = random() < 0.86;
        return { case_id: `${language}-${i}`, language, passed: gap ? passed : chance };
      }),
    ),
  );
}
