/** The section `clusters`: how `derived.cluster` groups the inputs. */

import type { z as Zod } from 'zod';
import { CLUSTERS_LIMIT } from './limits.ts';
import { type Reading, report } from './reading.ts';
import type { ClustersConfig } from './types.ts';

export function clustersShape(z: typeof Zod) {
  const shape = z.strictObject({
    count: z
      .union([z.literal('auto'), z.int().min(CLUSTERS_LIMIT.min).max(CLUSTERS_LIMIT.max)])
      .optional()
      .describe('Number of clusters; auto chooses the number whose clusters are most stable.'),
    vectors: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe('Vectors of the inputs: a column of the runs, or a .jsonl or .parquet file by case id.'),
    model: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Folder of a sentence embedding model in ONNX form; needs the package @huggingface/transformers.',
      ),
  });
  return shape
    .nullish()
    .describe('How derived.cluster groups the inputs; the defaults are good to start with.');
}

/** The section as it was checked, with defaults. */
export function readClusters(
  reading: Reading,
  raw: { readonly count?: unknown; readonly vectors?: unknown; readonly model?: unknown },
): ClustersConfig {
  if (raw.vectors !== undefined && raw.model !== undefined) {
    report(reading, ['clusters', 'model'], 'and clusters.vectors are both given, must be one');
  }
  return {
    count: typeof raw.count === 'number' ? raw.count : null,
    vectors: raw.vectors === undefined ? null : reading.source.text(['clusters', 'vectors']),
    model: raw.model === undefined ? null : reading.source.text(['clusters', 'model']),
  };
}
