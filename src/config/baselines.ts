/** The section `baselines`: what a system is compared with beside its previous run, so that a good score means something. */

import type { z as Zod } from 'zod';
import type { Limit } from './limits.ts';
import { type Reading, report } from './reading.ts';
import { numberShape, pathsShape, textShape } from './schema-parts.ts';
import type { BaselinesConfig, NamedBaseline } from './types.ts';

/** Baselines that are fitted to the texts of the cases. */
export const SIMPLE_BASELINES = ['length-only', 'bag-of-words'] as const;

/** What a recorded run is, when it is given as a baseline. */
export const BASELINE_KINDS = ['model', 'previous', 'human', 'other'] as const;

const TOP_K: Limit = { min: 1, max: 100, integer: true };

type RawText = string | number | boolean;
type RawBaseline =
  | (typeof SIMPLE_BASELINES)[number]
  | { readonly topK: number }
  | {
      readonly name: RawText;
      readonly kind: NamedBaseline['kind'];
      readonly files: RawText | readonly RawText[];
    };

/** The shape of the section. */
export function baselinesShape(z: typeof Zod) {
  const entry = z.union([
    z.enum(SIMPLE_BASELINES).describe('A baseline that is fitted to the texts of the cases.'),
    z.strictObject({
      topK: numberShape(z, TOP_K).describe(
        'Labels that an answer may name: what the constant guess may name too.',
      ),
    }),
    z.strictObject({
      name: textShape(z).describe('How reports call it.'),
      kind: z
        .enum(BASELINE_KINDS)
        .describe('What it is: a simple model, a previous run, people, or something else.'),
      files: pathsShape(z).describe('Its answers to the same cases, as result files.'),
    }),
  ]);
  return z
    .array(entry)
    .nullish()
    .describe('What the score is compared with: trivial answers, simple models, previous runs, people.');
}

/** Reads the section; what is named twice is reported. */
export function readBaselines(reading: Reading, raw: readonly RawBaseline[]): BaselinesConfig {
  const simple: BaselinesConfig['simple'][number][] = [];
  const runs: NamedBaseline[] = [];
  let topK: number | null = null;
  raw.forEach((entry, at) => {
    if (typeof entry === 'string') {
      if (simple.includes(entry)) report(reading, ['baselines', at], `names ${entry} for the second time`);
      simple.push(entry);
    } else if ('topK' in entry) {
      if (topK !== null) report(reading, ['baselines', at], 'gives topK for the second time');
      topK = entry.topK;
    } else {
      const name = reading.source.text(['baselines', at, 'name']);
      if (runs.some((one) => one.name === name)) {
        report(reading, ['baselines', at], `names ${JSON.stringify(name)} for the second time`);
      }
      const path = ['baselines', at, 'files'];
      const files = Array.isArray(entry.files)
        ? entry.files.map((_, place) => reading.source.text([...path, place]))
        : [reading.source.text(path)];
      runs.push({ name, kind: entry.kind, files });
    }
  });
  return { topK, simple, runs };
}
