/** Groups thousands of small segments into families by what their inputs look like; outcomes have no part in it. */

import { compareText } from '../slices/index.ts';
import { averageLinkage, cutMerges } from './average-linkage.ts';
import {
  type SegmentProfile,
  type SparseVector,
  segmentVectors,
  sparseDot,
  spreadOf,
} from './segment-vectors.ts';

export interface FamilyOptions {
  /** Least mean cosine similarity between the members of two groups that are joined, in (0, 1]. */
  readonly similarity: number;
  /** Weight of a metadata fact against the whole vocabulary, at least 0. */
  readonly metadataWeight: number;
  /** Most terms and most facts named as a reason of a family. */
  readonly reasons: number;
}

export const FAMILY_DEFAULTS: FamilyOptions = { similarity: 0.35, metadataWeight: 0.5, reasons: 8 };

/** What members share: the share of members that have it, and of all other segments. */
export interface SharedTrait<Key> {
  readonly key: Key;
  readonly share: number;
  readonly elsewhere: number;
}

/** A proposal that a person confirms or not. */
export interface ProposedFamily {
  /** Most cases first, ties in input order. */
  readonly members: readonly string[];
  readonly cases: number;
  /** Mean cosine similarity between members. */
  readonly similarity: number;
  /** Hashed terms that most members have and others have less often, strongest first; who hashed them knows the words. */
  readonly terms: readonly SharedTrait<number>[];
  readonly metadata: readonly SharedTrait<string>[];
}

export interface FamilyProposal {
  /** Families of at least two segments, most cases first. */
  readonly families: readonly ProposedFamily[];
  /** Segments that resemble no group enough, in input order. */
  readonly alone: readonly string[];
}

/**
 * Proposes families by average-link clustering of the segments' vectors. Outcomes are not even an input, so that gating on
 * families proposed from the same cases is honest.
 *
 * @throws RangeError when similarity is outside (0, 1], a segment's terms do not ascend or its lists differ in length
 * Cost: segments squared x terms per segment; 4 bytes per pair of segments.
 */
export function proposeFamilies(
  segments: readonly SegmentProfile[],
  options: FamilyOptions = FAMILY_DEFAULTS,
): FamilyProposal {
  const { similarity, metadataWeight, reasons } = options;
  if (!(similarity > 0 && similarity <= 1))
    throw new RangeError(`similarity is ${similarity}, must be in (0, 1]`);
  const spread = spreadOf(segments);
  const vectors = segmentVectors(segments, spread, metadataWeight);
  const merges = averageLinkage(segments.length, (a, b) => 1 - sparseDot(vectors[a]!, vectors[b]!));
  const groups = cutMerges(segments.length, merges, 1 - similarity);
  const describe = (group: readonly number[]): ProposedFamily => {
    const ordered = [...group].sort((a, b) => segments[b]!.cases - segments[a]!.cases || a - b);
    const termsOf = (i: number) => segments[i]!.terms;
    const factsOf = (i: number) => new Set(segments[i]!.metadata);
    return {
      members: ordered.map((i) => segments[i]!.name),
      cases: group.reduce((sum, i) => sum + segments[i]!.cases, 0),
      similarity: meanSimilarity(group, vectors),
      terms: sharedTraits(group.map(termsOf), spread.terms, segments.length).slice(0, reasons),
      metadata: sharedTraits(group.map(factsOf), spread.facts, segments.length).slice(0, reasons),
    };
  };
  const families = groups.filter((group) => group.length > 1).map(describe);
  return {
    // The sort is stable: families of equal size keep the order of their first segments.
    families: families.sort((a, b) => b.cases - a.cases),
    alone: groups.flatMap((group) => (group.length === 1 ? [segments[group[0]!]!.name] : [])),
  };
}

function meanSimilarity(group: readonly number[], vectors: readonly SparseVector[]): number {
  let [sum, pairs] = [0, 0];
  group.forEach((a, i) => {
    for (const b of group.slice(i + 1)) {
      sum += sparseDot(vectors[a]!, vectors[b]!);
      pairs += 1;
    }
  });
  return sum / pairs;
}

/** Traits of more than half of the members that other segments have less often, by difference of shares, then by key. */
function sharedTraits<Key extends number | string>(
  members: readonly Iterable<Key>[],
  spread: ReadonlyMap<Key, number>,
  segments: number,
): SharedTrait<Key>[] {
  const counts = new Map<Key, number>();
  for (const member of members) for (const key of member) counts.set(key, (counts.get(key) ?? 0) + 1);
  const others = segments - members.length;
  const traits = [...counts].map(([key, count]) => ({
    key,
    share: count / members.length,
    elsewhere: others === 0 ? 0 : (spread.get(key)! - count) / others,
  }));
  return traits
    .filter(({ share, elsewhere }) => share > 0.5 && share > elsewhere)
    .sort((a, b) => b.share - b.elsewhere - (a.share - a.elsewhere) || compareKeys(a.key, b.key));
}

function compareKeys(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}
