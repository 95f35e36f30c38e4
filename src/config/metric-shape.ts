/** The shape of one entry of `metrics`. */

import type { z as Zod } from 'zod';
import { MARGIN_LIMIT, QUANTILE_LIMIT, TRIALS_LIMIT } from './limits.ts';
import { numberShape, textShape } from './schema-parts.ts';

/** A metric in its short form, or a map with its rules. */
export function metricShape(z: typeof Zod) {
  const text = textShape(z);
  return z.union([
    text.describe(
      'passRate, errorRate, mean:COLUMN, p95:COLUMN, pass@3, pass^3, flakiness, recall:CLASS, precision:CLASS, f1:CLASS, specificity:CLASS, macroF1, macroRecall, macroPrecision, weightedF1, mcc, kappa or cost.',
    ),
    z.strictObject({
      metric: text.optional().describe('A metric in its short form, such as passRate or mean:COLUMN.'),
      mean: text.optional().describe('Mean of this numeric column.'),
      quantile: text.optional().describe('Quantile of this numeric column.'),
      passAtK: numberShape(z, TRIALS_LIMIT).optional().describe('At least one of k trials passes.'),
      passHatK: numberShape(z, TRIALS_LIMIT).optional().describe('All of k trials pass.'),
      recall: text.optional().describe('Of the cases of this class, the share answered with it.'),
      precision: text.optional().describe('Of the answers with this class, the share that are right.'),
      specificity: text.optional().describe('Of the cases of other classes, the share not answered with it.'),
      fScore: text.optional().describe('F of this class, from its precision and recall.'),
      beta: z.number().positive().optional().describe('How much more recall weighs in F; 1 unless told.'),
      q: numberShape(z, QUANTILE_LIMIT).optional().describe('Which quantile: 0.95 is the 95th percentile.'),
      direction: z.enum(['higher', 'lower']).optional().describe('Which way is better.'),
      bounds: z.tuple([z.number(), z.number()]).optional().describe('Lowest and highest possible value.'),
      margin: numberShape(z, MARGIN_LIMIT)
        .optional()
        .describe("Smallest loss that matters, in the metric's own unit."),
      floor: z.number().optional().describe("Lowest acceptable value, in the metric's own unit."),
      gate: z.boolean().optional().describe('false: show this metric without gating it.'),
    }),
  ]);
}
