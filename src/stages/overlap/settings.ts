/** How texts are compared where nobody says otherwise. */

import type { OverlapConfig } from '../../config/index.ts';
import { DEFAULT_GRAMS, DEFAULT_THRESHOLD, type GramKind, readGramKind } from '../../text/index.ts';

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

/** The settings of a configuration, with the defaults filled in. */
export function overlapSettings({
  threshold = OVERLAP_DEFAULTS.threshold,
  notice = OVERLAP_DEFAULTS.notice,
  grams,
  minWords = OVERLAP_DEFAULTS.minTokens,
  boilerplate = OVERLAP_DEFAULTS.boilerplateShare,
}: OverlapConfig): OverlapSettings {
  return {
    // Thresholds are compared as fractions of at most nine decimals.
    threshold: Number(threshold.toFixed(9)),
    notice: Number(Math.min(notice, threshold).toFixed(9)),
    grams: (grams === undefined ? null : readGramKind(grams)) ?? OVERLAP_DEFAULTS.grams,
    minTokens: minWords,
    boilerplateShare: boilerplate,
    boilerplateTexts: OVERLAP_DEFAULTS.boilerplateTexts,
  };
}
