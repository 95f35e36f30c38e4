/** What is known of near-duplicates: texts in groups of equal sets, what hashes say of them, and the answer. */

import type { GramKind } from './gram-kind.ts';
import type { HashSet } from './hash-set.ts';
import type { Ratio } from './ratio.ts';
import type { StoredSets } from './stored-sets.ts';

/** How texts are compared. */
export interface NearDuplicateOptions {
  /** Jaccard index from which on two texts are near-duplicates, above 0 and at most 1. Default 0.995. */
  readonly threshold?: number;
  /** Default runs of three words. */
  readonly grams?: GramKind;
  /** Texts of fewer tokens belong to no group. Default 0. */
  readonly minTokens?: number;
  /** Grams that do not count, such as boilerplate. */
  readonly skip?: HashSet | null;
  /**
   * Groups from which on those that differ little from one template become a pack instead of edges, at least 3. Thousands of copies of
   * one form have millions of edges and one pack. Default Infinity: edges alone. Texts that are not kept have edges alone.
   */
  readonly packsFrom?: number;
}

/** Texts with equal sets of grams, in groups. */
export interface TextGroups {
  readonly options: Required<NearDuplicateOptions>;
  /** Texts that were looked at. */
  readonly texts: number;
  /** Group of each text; -1 for texts without grams or with too few tokens. */
  readonly groupOf: Int32Array;
  readonly groups: number;
  /** The first text of each group. */
  readonly firstText: Int32Array;
  /** Texts of each group. */
  readonly members: Int32Array;
}

/** Groups of texts with equal sets of grams, and pairs of groups that are close. */
export interface NearDuplicates extends TextGroups {
  /** Pairs of groups that reach the threshold, each once, but for those that packs say; equal sets are one group and have no edge. */
  readonly edges: readonly GroupEdge[];
  /** Pairs that would be too many one by one. */
  readonly packs: readonly GroupPack[];
  /** Whether grams were compared as texts; otherwise by their 64-bit hashes. */
  readonly verified: boolean;
}

/** Two groups and what their texts share. */
export interface GroupEdge {
  readonly first: number;
  readonly second: number;
  readonly intersection: number;
  readonly union: number;
}

/** Groups around one template: a group is close to the first `reach` members, in the order of members. */
export interface GroupPack {
  /** Groups from the one nearest the template outwards. */
  readonly members: Int32Array;
  /** How many of the members, itself included where it is among them, each member is close to. */
  readonly reach: Int32Array;
  /** Groups outside that are close to some members, those that are close to most first, and to how many. */
  readonly others: Int32Array;
  readonly othersReach: Int32Array;
}

/** What hashes say of texts. */
export interface CollectedTexts {
  readonly equal: TextGroups;
  /** The groups that may be close to others, as sets. */
  readonly sets: StoredSets;
  /** The group of each set. */
  readonly stored: Int32Array;
  readonly ratio: Ratio;
}
