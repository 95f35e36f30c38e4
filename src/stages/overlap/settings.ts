/** How texts are compared where nobody says otherwise. */

import { DEFAULT_GRAMS, DEFAULT_THRESHOLD, type GramKind } from '../../text/index.ts';

/** How the eval set is held against other data. */
export interface OverlapSettings {
  /** Jaccard index from which on a pair counts. */
  readonly threshold: number;
  /** Jaccard index from which on a pair is shown as a notice; at most the threshold. */
  readonly notice: number;
  readonly grams: GramKind;
  /** Texts of fewer words are listed apart. */
  readonly minTokens: number;
  /** Grams in more than this share of the cases' different texts are boilerplate, if they are in more than `boilerplateTexts`. */
  readonly boilerplateShare: number;
  readonly boilerplateTexts: number;
}

/** 0.995 and the notice from 0.8 on are the catalogue's; the others are ours. */
export const OVERLAP_DEFAULTS: OverlapSettings = {
  threshold: DEFAULT_THRESHOLD,
  notice: 0.8,
  grams: DEFAULT_GRAMS,
  minTokens: 5,
  boilerplateShare: 0.1,
  boilerplateTexts: 10,
};
