/** The section `equal`: dimensions along which results must stay equal, such as language. */

import type { z as Zod } from 'zod';
import { MARGIN_LIMIT } from './limits.ts';
import { type Reading, report } from './reading.ts';
import { numberShape, textShape } from './schema-parts.ts';
import type { EqualConfig } from './types.ts';

/** An entry as the file has it. */
type RawEqual =
  | string
  | number
  | boolean
  | { readonly column: string | number | boolean; readonly margin?: number | undefined };

/** The shape of the section. */
export function equalShape(z: typeof Zod) {
  const entry = z.union([
    textShape(z).describe('A column whose values must have equal results.'),
    z.strictObject({
      column: textShape(z),
      margin: numberShape(z, MARGIN_LIMIT)
        .optional()
        .describe("Largest gap that needs no review; the policy's margin unless told."),
    }),
  ]);
  return z
    .array(entry)
    .nullish()
    .describe('Dimensions that must stay equal: a larger gap calls for a review.');
}

/** Reads the section; a column that is named twice is reported. */
export function readEqual(reading: Reading, raw: readonly RawEqual[]): readonly EqualConfig[] {
  const entries = raw.map((entry, at): EqualConfig => {
    if (typeof entry !== 'object') return { column: reading.source.text(['equal', at]), margin: null };
    return { column: reading.source.text(['equal', at, 'column']), margin: entry.margin ?? null };
  });
  entries.forEach(({ column }, at) => {
    const first = entries.findIndex((entry) => entry.column === column);
    if (first < at) report(reading, ['equal', at], `names ${JSON.stringify(column)} for the second time`);
  });
  return entries;
}
