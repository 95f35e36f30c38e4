/** Splits of rare but valid cases: texts that are said like few others of their own class. */

import { compareText } from '../../slices/index.ts';
import type { Random } from '../../stats/index.ts';
import { countTerms, embedTexts, nearestNeighbours, wordHashes } from '../../text/index.ts';
import { drawn } from './hold-out-columns.ts';
import { type ChosenSplit, itemsWhere, NONE, type NoSplit } from './split-plan.ts';

/** What rare cases are chosen from. */
export interface RareInput {
  readonly texts: readonly (string | null)[];
  readonly labels: readonly (string | null)[];
  /** Group of near-duplicates of each case: a copy makes no case common, and copies with different labels make it invalid. */
  readonly component: Int32Array;
  /** Whether a person has verified the label; null where nobody says. */
  readonly verified: readonly boolean[] | null;
  /** Share of each class that counts as rare, in (0, 0.5]. */
  readonly share: number;
  readonly splits: number;
  readonly minCases: number;
  readonly random: Random;
}

/** Nearest cases of the class that say how dense it is around a case. */
const NEIGHBOURS = 5;

/** Cases of a class that stand for it; more would cost their square. */
const MOST_REFERENCE = 2_000;

/**
 * Two splits: `rare:words` by how common the words of a text are within its class, `rare:neighbours` by how near the five
 * nearest texts of its class are. A rare case is worth holding out only if its label is right, so cases whose near-duplicates
 * have other labels are no candidates, and where a column says which labels were verified, others are not either.
 */
export function rareSplits(input: RareInput): readonly ChosenSplit[] | NoSplit {
  const { texts, labels, component, verified, share, splits, minCases, random } = input;
  const disputed = disputedComponents(labels, component);
  const isUsable = (item: number) =>
    texts[item] !== null && wordHashes(texts[item]!).length > 0 && labels[item] !== null;
  const isCandidate = (item: number) =>
    isUsable(item) && !disputed.has(component[item]!) && (verified === null || verified[item] === true);
  const classes = Map.groupBy(itemsWhere(texts.length, isUsable), (item) => labels[item]!);
  const ways = [
    { name: 'words', rarity: wordRarity, text: 'the words of the text are the least common in its class' },
    {
      name: 'neighbours',
      rarity: neighbourRarity,
      text: `the ${NEIGHBOURS} nearest texts of its class are the farthest`,
    },
  ].slice(0, splits);
  const verifiedText = verified === null ? 'labels not verified by a person' : 'labels verified';
  const found = ways.map(({ name, rarity, text }): ChosenSplit => {
    const test = [...classes]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([, items]) => {
        const most = Math.floor(share * items.length);
        // A class too small to give a case away need not be looked into; there may be a million of them.
        if (most === 0) return [];
        const values = rarity(items, texts as readonly string[], component, random);
        const ranked = items
          .map((item, at) => ({ item, value: values[at]! }))
          .filter(({ item }) => isCandidate(item))
          .toSorted((a, b) => b.value - a.value || a.item - b.item);
        return ranked.slice(0, most).map(({ item }) => item);
      });
    return {
      name: `rare:${name}`,
      shift: 'rare',
      definition: `${text} (rarest ${Math.round(share * 100)} % of each class; ${verifiedText})`,
      test: Int32Array.from(test).toSorted(),
      later: NONE,
      unknown: NONE,
    };
  });
  const large = found.filter(({ test }) => test.length >= minCases);
  if (large.length > 0) return large;
  return { shift: 'rare', reason: `fewer than ${minCases} rare cases with a text and a label` };
}

/** Components whose cases have different labels. */
export function disputedComponents(
  labels: readonly (string | null)[],
  component: Int32Array,
): ReadonlySet<number> {
  const first = new Map<number, string>();
  const disputed = new Set<number>();
  labels.forEach((label, item) => {
    if (label === null) return;
    const known = first.get(component[item]!);
    if (known === undefined) first.set(component[item]!, label);
    else if (known !== label) disputed.add(component[item]!);
  });
  return disputed;
}

type Rarity = (
  items: readonly number[],
  texts: readonly string[],
  component: Int32Array,
  random: Random,
) => readonly number[];

/** Mean over the distinct words of a text of ln((1 + texts of the class) / (1 + texts of the class with the word)); copies count once. */
const wordRarity: Rarity = (items, texts, component) => {
  const terms = countTerms();
  for (const item of firstOfEach(items, component)) terms.add(texts[item]!);
  return items.map((item) => {
    const words = new Set(wordHashes(texts[item]!));
    let sum = 0;
    for (const word of words) sum += Math.log((1 + terms.texts) / (1 + terms.textsWith(word)));
    return sum / words.size;
  });
};

/** 1 - mean cosine to the nearest texts of the class that are no copies. */
const neighbourRarity: Rarity = (items, texts, component, random) => {
  const terms = countTerms();
  const distinct = firstOfEach(items, component);
  for (const item of distinct) terms.add(texts[item]!);
  const reference =
    distinct.length <= MOST_REFERENCE
      ? distinct
      : drawn(distinct, MOST_REFERENCE, random).toSorted((a, b) => a - b);
  const points = embedTexts(
    reference.map((item) => texts[item]!),
    terms,
  );
  const queries = embedTexts(
    items.map((item) => texts[item]!),
    terms,
  );
  const { k, indices, similarities } = nearestNeighbours(points, queries, NEIGHBOURS + 1);
  return items.map((item, at) => {
    const near: number[] = [];
    for (let place = at * k; place < (at + 1) * k && near.length < NEIGHBOURS; place++) {
      if (component[reference[indices[place]!]!] !== component[item]) near.push(similarities[place]!);
    }
    return near.length === 0 ? 1 : 1 - near.reduce((sum, one) => sum + one, 0) / near.length;
  });
};

function firstOfEach(items: readonly number[], component: Int32Array): readonly number[] {
  const seen = new Set<number>();
  return items.filter((item) => {
    const isNew = !seen.has(component[item]!);
    seen.add(component[item]!);
    return isNew;
  });
}
