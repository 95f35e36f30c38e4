/** The shape of `slicewise.yaml`: checked with zod, and printed as the JSON Schema for editors. */

import type { z as Zod } from 'zod';
import { ROLES } from '../cases/index.ts';
import { SOURCE_FORMATS } from '../sources/index.ts';
import { baselinesShape } from './baselines.ts';
import { classesShape } from './classes.ts';
import { clustersShape } from './clusters.ts';
import { equalShape } from './equal.ts';
import { CONFIRMATION_LIMITS, KEEP_RUNS_LIMIT, MARGIN_LIMIT, POLICY_LIMITS } from './limits.ts';
import { metricShape } from './metric-shape.ts';
import { overlapShape } from './overlap.ts';
import { passWordsShape } from './pass-words.ts';
import { numberShape, pathsShape, textShape } from './schema-parts.ts';
import { shiftsShape } from './shifts.ts';

type Z = typeof Zod;

/** The data of a file that has the right shape; texts may still be unquoted numbers. */
export type RawConfig = Zod.infer<ReturnType<typeof configShape>>;
export type RawSlice = Exclude<NonNullable<RawConfig['slices']>[number], string | number | boolean>;
export type RawMetric = Exclude<NonNullable<RawConfig['metrics']>[number], string | number | boolean>;
export type RawRun = NonNullable<NonNullable<NonNullable<RawConfig['inputs']>['runs']>['baseline']>;
export type RawText = string | number | boolean;

/** The whole file. Sections may be empty (`slices:` with everything commented out). */
export function configShape(z: Z) {
  return z.strictObject({
    inputs: inputsShape(z)
      .nullish()
      .describe('Files that every command reads; paths are relative to this file.'),
    columns: columnsShape(z)
      .nullish()
      .describe('Which column plays which role; common names are found without this.'),
    passWords: passWordsShape(z),
    slices: z
      .array(sliceShape(z))
      .nullish()
      .describe('How the cases are cut. Empty: a dimension is detected.'),
    metrics: z
      .array(metricShape(z))
      .nullish()
      .describe('What is measured. Empty: the pass rate, or the mean score.'),
    classes: classesShape(z),
    clusters: clustersShape(z),
    equal: equalShape(z),
    shifts: shiftsShape(z),
    overlap: overlapShape(z),
    baselines: baselinesShape(z),
    policy: policyShape(z)
      .nullish()
      .describe('The rules of the gate; every default is printed in the report.'),
    waivers: textShape(z).nullish().describe('Path of the waiver file, reviewed like code.'),
    ledger: ledgerShape(z)
      .nullish()
      .describe('The ledger that remembers runs and verdicts: a path, or {path, keepRuns}.'),
    gating: gatingShape(z)
      .nullish()
      .describe('The gating block of an eval_config.yaml; becomes policy and metrics.'),
    segments: z
      .array(textShape(z))
      .nullish()
      .describe('The segments of an eval_config.yaml; becomes slices.'),
  });
}

/**
 * The JSON Schema of `slicewise.yaml`, with descriptions for editors.
 *
 * @example (await configSchema()).title // 'slicewise.yaml'
 */
export async function configSchema(): Promise<Readonly<Record<string, unknown>>> {
  const { z } = await import('zod');
  const schema = z.toJSONSchema(configShape(z), { io: 'input' });
  return { ...schema, title: 'slicewise.yaml' };
}

function ledgerShape(z: Z) {
  return z.union([
    textShape(z),
    z.strictObject({
      path: textShape(z),
      keepRuns: numberShape(z, KEEP_RUNS_LIMIT)
        .optional()
        .describe('Outcome files kept of each run name, 50 unless told.'),
    }),
  ]);
}

function inputsShape(z: Z) {
  const paths = pathsShape(z);
  const run = z.union([
    textShape(z),
    z.array(textShape(z)).min(1),
    z.strictObject({
      file: textShape(z).optional(),
      files: z.array(textShape(z)).min(1).optional(),
      run: textShape(z).optional().describe('Text of the run column that selects this run.'),
      from: z
        .enum(SOURCE_FORMATS)
        .optional()
        .describe('The tool that wrote the files, or rows; found by content unless told.'),
      score: textShape(z).optional().describe('The metric of the results of another tool that decides.'),
    }),
  ]);
  return z.strictObject({
    runs: z
      .strictObject({
        baseline: run
          .nullish()
          .describe('The run that is in use: a path, a list, ledger:NAME@latest, or {file, run}.'),
        candidate: run.nullish().describe('The run that may be shipped.'),
        rerun: run.nullish().describe('A second run of the unchanged baseline; measures churn.'),
      })
      .nullish(),
    train: z
      .union([paths, z.strictObject({ baseline: paths.nullish(), candidate: paths.nullish() })])
      .nullish()
      .describe('Training data: of the candidate, or {baseline, candidate} for its mix before and after.'),
    fewShot: paths.nullish().describe('The store that examples of a prompt or retrieved passages come from.'),
    logs: paths.nullish().describe('Production logs.'),
    labels: paths.nullish().describe('Ratings by annotators.'),
    judgeGold: paths.nullish().describe('Cases with known answers for the judge.'),
    releases: paths.nullish().describe('Offline and online values per release.'),
    prompts: paths.nullish().describe('Prompt units.'),
    lineage: paths.nullish().describe('Lineage edges.'),
    experiments: paths
      .nullish()
      .describe('Training and tuning runs that the studio shows: folders of MLflow or W&B, tables.'),
  });
}

function columnsShape(z: Z) {
  const roles = Object.fromEntries(ROLES.map((role) => [role, textShape(z).optional()])) as Record<
    (typeof ROLES)[number],
    Zod.ZodOptional<ReturnType<typeof textShape>>
  >;
  const one = z.strictObject(roles);
  return z.strictObject({
    ...roles,
    baseline: one.nullish().describe('Roles whose column differs in the baseline.'),
    candidate: one.nullish().describe('Roles whose column differs in the candidate.'),
  });
}

function rulesShape(z: Z) {
  return {
    owner: textShape(z).optional().describe('Who is asked when this slice breaks.'),
    critical: z.boolean().optional().describe('Critical slices have four fifths of the error budget.'),
    floor: z.number().optional().describe("Lowest acceptable value, in the metric's own unit."),
    margin: numberShape(z, MARGIN_LIMIT)
      .optional()
      .describe("Smallest drop that matters, in the metric's own unit."),
  };
}

function sliceShape(z: Z) {
  const text = textShape(z);
  const edges = z.array(z.number()).min(1);
  return z.union([
    text.describe('A column; one slice per value.'),
    z.strictObject({
      column: text.optional().describe('One slice per value of this column.'),
      cross: z.array(text).min(2).optional().describe('One slice per combination of values.'),
      name: text.optional().describe('Name of a predicate.'),
      where: z
        .string()
        .optional()
        .describe("A predicate such as: length(input) > 8000 and customer == 'acme'"),
      bins: z.strictObject({ column: text, edges }).optional().describe('Ranges of a number.'),
      length: z
        .strictObject({ column: text, unit: z.enum(['characters', 'words']).optional(), edges })
        .optional()
        .describe('Ranges of the length of a text.'),
      time: z
        .strictObject({ column: text, by: z.enum(['hour', 'weekday', 'month']) })
        .optional()
        .describe('Hour, weekday or month of a timestamp, as written.'),
      only: z
        .array(text)
        .min(1)
        .optional()
        .describe('The only slices; each must exist, and the rest is one slice.'),
      ignore: z.array(text).optional().describe('Values left out of the gate, shown as ignored.'),
      families: z
        .record(z.string(), z.array(text).min(1))
        .optional()
        .describe('Family to its values; families are gated.'),
      familyColumn: text.optional().describe('The column that holds the family of each case.'),
      values: z
        .record(z.string(), z.strictObject(rulesShape(z)))
        .optional()
        .describe('Rules for single values.'),
      gate: z.boolean().optional().describe('false: show these slices without gating them.'),
      foundOn: text
        .optional()
        .describe(
          'Digest of the results that slicewise discover found this slice in; it gates on others only.',
        ),
      ...rulesShape(z),
    }),
  ]);
}

function policyShape(z: Z) {
  const number = (name: keyof typeof POLICY_LIMITS) => numberShape(z, POLICY_LIMITS[name]);
  const stage = (name: keyof typeof CONFIRMATION_LIMITS) => numberShape(z, CONFIRMATION_LIMITS[name]);
  return z.strictObject({
    floor: number('floor').nullish().describe('Lowest acceptable rate of every slice; no floor unless set.'),
    margin: number('margin').optional().describe('Smallest drop that can block; 0.05 is 5 points.'),
    minCases: number('minCases').optional().describe('Below this a slice is shown, never gated.'),
    blockBudget: number('blockBudget').optional().describe('Share of clean releases that may block.'),
    reviewBudget: number('reviewBudget')
      .optional()
      .describe('Share of clean releases that may call for review.'),
    floorShare: number('floorShare')
      .optional()
      .describe('Share of the block budget for floors, where one is set.'),
    criticalShare: number('criticalShare')
      .optional()
      .describe('Share of the delta budget for critical slices.'),
    multiplicity: z
      .enum(['min-p', 'holm', 'tarone', 'bh', 'by', 'none'])
      .optional()
      .describe('Adjustment for many slices.'),
    errors: z
      .enum(['fail', 'exclude'])
      .optional()
      .describe('A crash counts as a failure, or the case is left out.'),
    errorBudget: number('errorBudget').optional().describe('Share of errors above which a person looks.'),
    unmatchedBudget: number('unmatchedBudget')
      .optional()
      .describe('Share of cases in one run only above which a person looks.'),
    requireEvidence: z
      .boolean()
      .optional()
      .describe('An undecided critical slice reads UNTESTED instead of REVIEW.'),
    allowChanged: z
      .array(z.enum(['judge', 'dataset']))
      .optional()
      .describe('Changes of instrument that are accepted.'),
    confirmation: z
      .strictObject({
        casesPerNominee: stage('casesPerNominee').describe(
          'Fresh cases for each slice that stage one nominates.',
        ),
        directBudget: stage('directBudget').optional(),
        confirmBudget: stage('confirmBudget').optional(),
        nominateMidP: stage('nominateMidP').optional(),
      })
      .nullish()
      .describe('A second stage on fresh cases.'),
    looks: z
      .enum(['fixed', 'always-valid'])
      .optional()
      .describe('always-valid: repeated looks at accumulating fresh cases.'),
    churn: z
      .enum(['nominate', 'block'])
      .optional()
      .describe('What a slice beyond the measured churn leads to.'),
    maxBaselineAgeDays: number('maxBaselineAgeDays')
      .nullish()
      .describe('Oldest acceptable baseline of the ledger.'),
    level: number('level').optional().describe('Level of every interval.'),
    resamples: number('resamples').optional().describe('Resamples of permutation and bootstrap.'),
    seed: number('seed').optional().describe('Seed of all randomness.'),
  });
}

function gatingShape(z: Z) {
  return z.strictObject({
    metric: z.string().optional(),
    aggregate: z.string().optional(),
    threshold: numberShape(z, POLICY_LIMITS.floor).optional(),
    min_cases_per_segment: numberShape(z, POLICY_LIMITS.minCases).optional(),
  });
}
