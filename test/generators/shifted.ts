/** Results on splits: exact numbers of passed cases per source, and labelled texts from several sources. */

import { randomStream } from './random.ts';
import type { ResultRow } from './rows.ts';

/** A labelled text and where it is from; nobody has judged an answer yet. */
export type TextRow = ResultRow & {
  readonly text: string;
  readonly label: 'refund' | 'card';
  readonly site: string;
  readonly day: string;
};

/** Cases of an in-domain source and of others, with exactly the drops in points that are asked for. */
export function shiftedSources(drops: readonly number[], casesEach = 1_000): readonly ResultRow[] {
  const split = (name: string, passed: number) =>
    Array.from({ length: casesEach }, (_, at) => ({
      case_id: `${name}-${at}`,
      source: name,
      // Coprime with the cases, so that passes are spread over the rows.
      passed: (at * 7) % casesEach < passed,
    }));
  return [
    ...split('internal', Math.round(0.9 * casesEach)),
    ...drops.flatMap((drop, at) => split(`site-${at + 1}`, Math.round((0.9 - drop / 100) * casesEach))),
  ];
}

const TOPICS = {
  refund: ['refund', 'money', 'back', 'charge', 'return', 'paid'],
  card: ['card', 'lost', 'stolen', 'block', 'replace', 'pin'],
} as const;
const FILLER = [
  'please',
  'help',
  'my',
  'the',
  'today',
  'again',
  'when',
  'account',
  'need',
  'still',
  'why',
  'app',
];

/** Labelled texts of five sites over 100 days; every tenth text, of site 0, stands a second time at another site. */
export function sitesOfTexts(seed: number, count: number): readonly TextRow[] {
  const random = randomStream(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const rows: TextRow[] = [];
  for (let at = 0; rows.length < count; at++) {
    const label = pick(['refund', 'card'] as const);
    const text = Array.from({ length: 9 }, () => (random() < 0.35 ? pick(TOPICS[label]) : pick(FILLER))).join(
      ' ',
    );
    const day = new Date(Date.UTC(2026, 0, 1 + (at % 100))).toISOString().slice(0, 10);
    rows.push({ case_id: `t${at}`, passed: null, text: `${text} ${at}`, label, site: `site ${at % 5}`, day });
    if (at % 10 === 0) {
      rows.push({
        case_id: `t${at}-again`,
        passed: null,
        text: `${text.toUpperCase()}  ${at}`,
        label,
        site: `site ${1 + (Math.floor(at / 10) % 4)}`,
        day,
      });
    }
  }
  return rows;
}
