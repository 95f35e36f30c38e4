/** The section `shifts`: splits of the evaluation by source, period or rarity, and which cases are in-domain. */

import type { z as Zod } from 'zod';
import { POLICY_LIMITS } from './limits.ts';
import { type Reading, report } from './reading.ts';
import { numberShape, pathsShape, textShape } from './schema-parts.ts';
import type { ShiftConfig } from './types.ts';

type RawText = string | number | boolean;

/** An entry as the file has it. */
interface RawShift {
  readonly column: RawText;
  readonly inDomain: RawText | readonly RawText[];
  readonly floor?: number | undefined;
}

/** The shape of the section. */
export function shiftsShape(z: typeof Zod) {
  return z
    .array(
      z.strictObject({
        column: textShape(z).describe(
          'Column with the split of each case: a source, or names such as `source:forum` as `slicewise splits build` writes them.',
        ),
        inDomain: pathsShape(z).describe('Values (or kinds, such as `iid`) that are like the training data.'),
        floor: numberShape(z, POLICY_LIMITS.floor).optional().describe('Lowest acceptable rate of a split.'),
      }),
    )
    .nullish()
    .describe('Splits of the evaluation per kind of shift: what the next unseen source may cost.');
}

/** Reads the section; a column that is named twice is reported. */
export function readShifts(reading: Reading, raw: readonly RawShift[]): readonly ShiftConfig[] {
  const shifts = raw.map(({ inDomain, floor }, at): ShiftConfig => {
    const path = ['shifts', at, 'inDomain'];
    return {
      column: reading.source.text(['shifts', at, 'column']),
      inDomain: Array.isArray(inDomain)
        ? inDomain.map((_, place) => reading.source.text([...path, place]))
        : [reading.source.text(path)],
      floor: floor ?? null,
    };
  });
  shifts.forEach(({ column }, at) => {
    const first = shifts.findIndex((one) => one.column === column);
    if (first < at) report(reading, ['shifts', at], `names ${JSON.stringify(column)} for the second time`);
  });
  return shifts;
}
