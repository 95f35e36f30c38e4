import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/shared-folder.ts';
import { readGramKind } from './gram-kind.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import { flatText } from './token-lanes.ts';

const corpus = sharedPath('golden/neardup/corpus.jsonl');
const answers = sharedPath('golden/neardup/pairs.json');
if (corpus === null || answers === null) console.log('skipped: no golden near-duplicates here');

/** Two rows, what they share, and what either has. */
type Row = readonly [number, number, number, number];

interface Golden {
  readonly grams: Readonly<Record<string, { readonly rows: readonly Row[] }>>;
  readonly exact_groups_after_normalisation: readonly (readonly number[])[];
}

describe.skipIf(corpus === null || answers === null)('against every pair found by brute force', () => {
  const lines = corpus === null ? [] : readFileSync(corpus, 'utf8').trimEnd().split('\n');
  const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
  const golden = answers === null ? null : (JSON.parse(readFileSync(answers, 'utf8')) as Golden);

  const wanted = (kind: string, threshold: number): readonly string[] =>
    (golden?.grams[kind]?.rows ?? [])
      .filter(([, , shared, union]) => shared * 1000 >= Math.round(threshold * 1000) * union)
      .map(([a, b, shared, union]) => (shared === union ? `${a} ${b}` : `${a} ${b} ${shared}/${union}`))
      .sort();

  /** Pairs of one group are equal; those of two share what the edge says. */
  const found = (kind: string, threshold: number): readonly string[] => {
    const { groupOf, groups, edges } = findNearDuplicates(texts, { threshold, grams: readGramKind(kind)! });
    const members: number[][] = Array.from({ length: groups }, () => []);
    groupOf.forEach((group, text) => void (group >= 0 && members[group]!.push(text)));
    const equal = members.flatMap((all) => all.flatMap((a, at) => all.slice(at + 1).map((b) => `${a} ${b}`)));
    const close = edges.flatMap(({ first, second, intersection, union }) =>
      members[first]!.flatMap((a) =>
        members[second]!.map((b) => `${Math.min(a, b)} ${Math.max(a, b)} ${intersection}/${union}`),
      ),
    );
    return [...equal, ...close].sort();
  };

  test.each(
    ['word1', 'word3', 'char5'].flatMap((kind) =>
      [0.5, 0.8, 0.9, 0.995, 1].map((threshold) => [kind, threshold] as const),
    ),
  )(
    '%s at %d: nothing is missing, nothing is extra, every count is right',
    (kind, threshold) => {
      expect(found(kind, threshold)).toEqual(wanted(kind, threshold));
    },
    60_000,
  );

  test('groups of equal texts after normalisation are the same', () => {
    const byText = new Map<string, number[]>();
    texts.forEach((text, row) => {
      const flat = flatText(text);
      byText.set(flat, [...(byText.get(flat) ?? []), row]);
    });
    const groups = [...byText.values()].filter(({ length }) => length > 1);
    expect(groups.sort((a, b) => a[0]! - b[0]!)).toEqual(
      [...(golden?.exact_groups_after_normalisation ?? [])].sort((a, b) => a[0]! - b[0]!),
    );
  });
});
