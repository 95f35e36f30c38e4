/** What a second stage reads of the report of the first, and what of it is no such report. */

import { z } from 'zod';

/** Most problems that are named; the rest is counted. */
const NAMED = 10;

const count = z.int().min(0);

const run = z.looseObject({
  files: z.array(z.string()).min(1),
  run: z.string().nullable(),
  fingerprint: z.string().min(1),
  columns: z.record(z.string(), z.string()),
});

const slice = z.looseObject({
  id: z.string(),
  role: z.enum(['gated', 'shown', 'remainder']),
  metric: z.string(),
  dimension: z.string(),
  value: z.string(),
  n: count,
  lost: count,
  gained: count,
  verdict: z.string().nullable(),
  grade: z.string().nullable(),
  reason: z.string(),
  margin: z.number(),
  delta: z.looseObject({ estimate: z.number().nullable() }).nullable(),
});

const report = z.looseObject({
  schemaVersion: z.string().startsWith('1.'),
  tool: z.looseObject({ version: z.string() }),
  runHash: z.string().min(1),
  verdict: z.string(),
  confirmation: z.looseObject({}).nullable(),
  policy: z.looseObject({
    budgets: z.looseObject({ floors: z.number() }),
    confirmation: z.looseObject({}).nullable(),
    dimensions: z.array(z.string()),
    dimensionsFrom: z.string(),
  }),
  overall: z.array(z.looseObject({ rerunBand: z.number().nullable() })),
  baseline: run.nullable(),
  candidate: run,
  slices: z.array(slice),
  findings: z.array(z.looseObject({})),
});

/**
 * One sentence for each field that is missing or wrong, with its place; none for a report that a second stage can read.
 *
 * @example stageOneProblems({}) // ['schemaVersion: ...', 'tool: ...', ...]
 */
export function stageOneProblems(value: unknown): readonly string[] {
  const read = report.safeParse(value);
  if (read.success) return [];
  const all = read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  const rest = all.length - NAMED;
  return rest > 0 ? [...all.slice(0, NAMED), `and ${rest} more fields`] : all;
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return place === '' ? 'the document' : place.replace(/^\./, '');
}
