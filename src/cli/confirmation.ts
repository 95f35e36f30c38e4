/** The flags of the second stage: nominees of a first report, decided on fresh cases. */

import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { ComparisonOptions } from './comparison-options.ts';

/** Flags as the parser hands them over. */
export interface ConfirmationOptions {
  readonly stageOne?: string;
  readonly confirmBaseline?: readonly string[];
  readonly confirmCandidate?: readonly string[];
}

/** A second stage that was asked for. */
export interface SecondStage {
  /** Path of the JSON report of stage one. */
  readonly stageOne: string;
  readonly baseline: readonly string[];
  readonly candidate: readonly string[];
}

/** Adds the flags of `ConfirmationOptions`. */
export function addConfirmationOptions(command: Command): void {
  command
    .optionsGroup('The second stage, where the policy declares a confirmation:')
    .option('--stage-one <file>', 'the JSON report whose nominees are decided')
    .option('--confirm-baseline <files...>', 'results of the baseline on fresh cases')
    .option('--confirm-candidate <files...>', 'results of the candidate on the same fresh cases');
}

/**
 * The second stage, or null where none of its flags is given.
 *
 * @throws UsageError where some are missing, or runs are named that belong to stage one
 */
export function secondStageOf(
  options: ConfirmationOptions & Pick<ComparisonOptions, 'baseline' | 'candidate'>,
  files: readonly string[],
): SecondStage | null {
  const { stageOne, confirmBaseline, confirmCandidate } = options;
  const given = {
    '--stage-one': stageOne,
    '--confirm-baseline': confirmBaseline,
    '--confirm-candidate': confirmCandidate,
  };
  const missing = Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [flag] : []));
  if (missing.length === 3) return null;
  if (stageOne === undefined || confirmBaseline === undefined || confirmCandidate === undefined) {
    throw new UsageError({
      message: `the second stage needs ${missing.join(' and ')} as well`,
      hint: 'slicewise gate --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW',
    });
  }
  if (files.length > 0 || options.baseline !== undefined || options.candidate !== undefined) {
    throw new UsageError({
      message: 'the second stage reads fresh runs only, and other runs are named as well',
      hint: 'leave OLD, NEW, --baseline and --candidate out: the report of stage one names its files',
    });
  }
  return { stageOne, baseline: confirmBaseline, candidate: confirmCandidate };
}
