/** What is known of near-duplicates: texts in groups of equal sets, what hashes say of them, and the answer. */

import type { GramKind } from './gram-kind.ts';
import type { HashSet } from './hash-set.ts';
import type { Ratio } from './ratio.ts';
import type { StoredSets } from './self-join.ts';

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
  /** Pairs of groups that reach the threshold, each once; equal sets are one group and have no edge. */
  readonly edges: readonly GroupEdge[];
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

/** What hashes say of texts. */
export interface CollectedTexts {
  readonly equal: TextGroups;
  /** The groups that may be close to others, as sets. */
  readonly sets: StoredSets;
  /** The group of each set. */
  readonly stored: Int32Array;
  readonly ratio: Ratio;
}
