/** The report of a first stage, as a second one finds it: read, and refused where it cannot be confirmed. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import { DataError, UsageError } from '../errors.ts';
import { nomineesOf, type Report, type SliceReport } from '../gate/index.ts';
import { canonicalJson } from './describe.ts';
import type { Ports } from './ports.ts';

/**
 * Reads the JSON report of stage one.
 *
 * @throws DataError where the file is missing, and with every field that is not as in such a report
 */
export async function readStageOne(path: string, { cwd }: Ports): Promise<Report> {
  const where = { file: path };
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new DataError(
      {
        message: missing
          ? 'the report of stage one does not exist'
          : `the report of stage one cannot be read: ${(cause as Error).message}`,
        where,
      },
      { cause },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError(
      { message: `not JSON: ${(cause as Error).message}`, hint: 'write it with --out report.json', where },
      { cause },
    );
  }
  const { stageOneProblems } = await import('./stage-one-shape.ts');
  const problems = stageOneProblems(value);
  if (problems.length === 0) return value as Report;
  throw new DataError(
    problems.map((message) => ({
      message: `this is no Slicewise report of schema 1: ${message}`,
      hint: 'stage one is written with slicewise gate ... --out report.json',
      where,
    })),
  );
}

/** Rules that both stages must share, beside the confirmation itself. */
const SHARED_RULES = [
  'margin',
  'floor',
  'minCases',
  'blockBudget',
  'reviewBudget',
  'errors',
  'errorBudget',
  'unmatchedBudget',
  'requireEvidence',
  'looks',
  'churn',
  'level',
] as const;

/**
 * The nominees that stage one declared to confirm.
 *
 * @param file name of the report, for errors
 * @throws UsageError where it declared no confirmation, nominated nothing, is a second stage itself, or had other rules
 */
export function declaredNominees(
  stageOne: Report,
  { policy }: Config,
  file: string,
): readonly [SliceReport, ...SliceReport[]] {
  const refuse = (message: string, hint?: string) => new UsageError({ message, hint, where: { file } });
  if (stageOne.confirmation !== null) {
    throw refuse('this report is a second stage itself', 'name the report of stage one');
  }
  if (stageOne.policy.confirmation === null) {
    throw refuse(
      'stage one declared no confirmation, so it already used the whole budget',
      'set policy.confirmation: { casesPerNominee: 150 } and run stage one again',
    );
  }
  const changed = SHARED_RULES.filter((rule) => stageOne.policy[rule] !== policy[rule]);
  const confirmation = canonicalJson(policy.confirmation) !== canonicalJson(stageOne.policy.confirmation);
  if (changed.length > 0 || confirmation) {
    throw refuse(
      `the policy changed since stage one: ${[...changed, ...(confirmation ? ['confirmation'] : [])].join(', ')}`,
      'use the configuration and the flags of stage one',
    );
  }
  const [first, ...others] = nomineesOf(stageOne);
  if (first === undefined) {
    throw refuse(`stage one nominated nothing (verdict ${stageOne.verdict}), so there is nothing to confirm`);
  }
  return [first, ...others];
}
