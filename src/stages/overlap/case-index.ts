/** The cases of an eval set, ready to be held against rows: equal texts are looked at once, however many cases have them. */

import type { Closeness } from '../../checks/index.ts';
import {
  createGramReader,
  createOverlapIndex,
  exactRatio,
  flatText,
  type HashedText,
  LEFT_OUT,
  type OverlapIndex,
} from '../../text/index.ts';
import type { OverlapCase } from './items.ts';
import type { OverlapSettings } from './settings.ts';

/** How texts are hashed where the rows come as salted hashes. */
export interface SaltedHashes {
  /** Hashes of the grams of a text; the answer is memory that the next text overwrites. */
  read(text: string): HashedText;
  /** Salted hash of the flat form. */
  flat(text: string): string;
}

/** Cases with one text, but for case and white space. */
export interface CaseVariant {
  readonly flat: string;
  readonly text: string;
  /** Places of the cases. */
  readonly places: number[];
  /** The closest that any row is. */
  closest: Closeness | null;
  /** Labels of rows that are exact or near. */
  readonly rowLabels: Set<string>;
}

/** Cases by what they share with others. */
export interface CaseIndex {
  readonly index: OverlapIndex;
  /** Variants of each set of the index. */
  readonly variants: readonly (readonly CaseVariant[])[];
  /** Cases of too few tokens by their flat form. */
  readonly shortPlaces: ReadonlyMap<string, readonly number[]>;
  readonly short: number;
  readonly onlyBoilerplate: number;
}

/** @param salted null where rows are texts */
export function indexCases(
  cases: readonly OverlapCase[],
  settings: OverlapSettings,
  salted: SaltedHashes | null,
): CaseIndex {
  const reader = createGramReader(settings.grams);
  const builder = createOverlapIndex({
    grams: settings.grams,
    ratio: exactRatio(Math.min(settings.notice, settings.threshold)),
    minTokens: settings.minTokens,
    boilerplate: { share: settings.boilerplateShare, texts: settings.boilerplateTexts },
  });
  for (const { text } of cases) {
    if (salted === null) reader.read(text ?? '');
    builder.add(salted === null ? reader : salted.read(text ?? ''));
  }
  const index = builder.finish();
  const bySet: Map<string, CaseVariant>[] = Array.from({ length: index.sets }, () => new Map());
  const shortPlaces = new Map<string, number[]>();
  const left = { short: 0, onlyBoilerplate: 0 };
  cases.forEach(({ text }, place) => {
    if (text === null) return;
    const set = index.setOf[place]!;
    const flat = salted === null ? flatText(text) : salted.flat(text);
    if (set === LEFT_OUT.boilerplate) left.onlyBoilerplate++;
    else if (set === LEFT_OUT.short) {
      left.short++;
      const places = shortPlaces.get(flat);
      if (places !== undefined) places.push(place);
      else if (flat !== '') shortPlaces.set(flat, [place]);
    } else {
      const variant = bySet[set]!.get(flat);
      if (variant !== undefined) variant.places.push(place);
      else bySet[set]!.set(flat, { flat, text, places: [place], closest: null, rowLabels: new Set() });
    }
  });
  return { index, variants: bySet.map((variants) => [...variants.values()]), shortPlaces, ...left };
}
