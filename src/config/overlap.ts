/** The section `overlap`: when a case counts as a copy of a training row or of an example, and when that is too much. */

import type { z as Zod } from 'zod';
import { OVERLAP_LIMITS } from './limits.ts';
import { numberShape } from './schema-parts.ts';

/** What the section says; what is absent has the default. */
export interface OverlapConfig {
  /** Jaccard index that makes a near-copy (0.995), and that is worth a notice (0.8). */
  readonly threshold?: number | undefined;
  readonly notice?: number | undefined;
  /** `word3`, `char5` ...; the default is `word3`. */
  readonly grams?: string | undefined;
  /** Texts of fewer words stand apart (5). */
  readonly minWords?: number | undefined;
  /** Runs in more than this share of the cases are boilerplate (0.1); 1 strips nothing. */
  readonly boilerplate?: number | undefined;
  /** Share of copied cases from which on the eval is INVALID (0.1). */
  readonly invalidShare?: number | undefined;
}

/** The shape of the section. */
export function overlapShape(z: typeof Zod) {
  const number = (key: keyof typeof OVERLAP_LIMITS) => numberShape(z, OVERLAP_LIMITS[key]).optional();
  return z
    .strictObject({
      threshold: number('threshold').describe('Jaccard index that makes a near-copy.'),
      notice: number('notice').describe('Jaccard index that is worth a notice.'),
      grams: z
        .string()
        .regex(/^(?:word|char)(?:[1-9]|[1-5][0-9]|6[0-4])$/)
        .optional()
        .describe('What texts are compared by: word3, word1, char5 ...'),
      minWords: number('minWords').describe('Texts of fewer words stand apart.'),
      boilerplate: number('boilerplate').describe(
        'Share of cases above which a run of words does not count.',
      ),
      invalidShare: number('invalidShare').describe('Share of copied cases that makes the eval INVALID.'),
    })
    .nullish()
    .describe('When a case counts as a copy of a training row or of an example.');
}
