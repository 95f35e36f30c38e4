/** Reads the flags that change the policy. */

import type { Problem } from '../errors.ts';
import { defaultConfirmation } from './defaults.ts';
import { flagNumber } from './flag-number.ts';
import { type Flags, flagName } from './flags.ts';
import { POLICY_LIMITS } from './limits.ts';
import { nearestHint, nearestName } from './nearest-name.ts';
import { policyProblems } from './read-policy.ts';
import type { Multiplicity, Policy } from './types.ts';

const MULTIPLICITIES: readonly Multiplicity[] = ['min-p', 'holm', 'tarone', 'bh', 'by', 'none'];
const NUMBERS = ['minCases', 'blockBudget', 'reviewBudget', 'level', 'resamples', 'seed'] as const;

/** The policy with every flag over it, checked again as a whole. */
export function mergePolicy(policy: Policy, flags: Flags, problems: Problem[]): Policy {
  const before = problems.length;
  const changes = { ...readNumbers(flags, problems), ...readChoices(flags, problems) };
  const merged = withDefaultStages({ ...policy, ...changes }, policy);
  if (problems.length > before) return merged;
  for (const { field, what, hint } of policyProblems(merged)) {
    const name = field[0] === 'reviewBudget' ? '--review-budget' : `policy.${field.join('.')}`;
    problems.push({ message: `${name} ${what}`, ...(hint === undefined ? {} : { hint }) });
  }
  return merged;
}

type Changes = { -readonly [K in keyof Policy]?: Policy[K] };

function readNumbers(flags: Flags, problems: Problem[]): Changes {
  const changes: Changes = {};
  for (const flag of NUMBERS) {
    const typed = flags[flag];
    const value =
      typed === undefined ? null : flagNumber(flagName(flag), typed, POLICY_LIMITS[flag], problems);
    if (value !== null) changes[flag] = value;
  }
  for (const flag of ['floor', 'margin'] as const) {
    const [typed, ...more] = flags[flag]?.filter((text) => !text.includes('=')) ?? [];
    if (more.length > 0)
      problems.push({ message: `${flagName(flag)} is given ${more.length + 1} times, must be once` });
    const value =
      typed === undefined ? null : flagNumber(flagName(flag), typed, POLICY_LIMITS[flag], problems);
    if (value !== null) changes[flag] = value;
  }
  return changes;
}

function readChoices(flags: Flags, problems: Problem[]): Changes {
  const changes: Changes = {};
  if (flags.multiplicity !== undefined) {
    const value = oneOf('multiplicity', flags.multiplicity, MULTIPLICITIES, problems);
    if (value !== null) changes.multiplicity = value;
  }
  if (flags.errors !== undefined) {
    const value = oneOf('errors', flags.errors, ['fail', 'exclude'] as const, problems);
    if (value !== null) changes.errors = value;
  }
  if (flags.requireEvidence !== undefined) changes.requireEvidence = flags.requireEvidence;
  return changes;
}

/** Stages that stood at their defaults follow a changed block budget. */
function withDefaultStages(merged: Policy, before: Policy): Policy {
  if (merged.confirmation === null || before.confirmation === null) return merged;
  const old = defaultConfirmation(before.blockBudget);
  const { directBudget, confirmBudget } = before.confirmation;
  if (directBudget !== old.directBudget || confirmBudget !== old.confirmBudget) return merged;
  const now = defaultConfirmation(merged.blockBudget);
  return {
    ...merged,
    confirmation: {
      ...merged.confirmation,
      directBudget: now.directBudget,
      confirmBudget: now.confirmBudget,
    },
  };
}

function oneOf<T extends string>(
  flag: 'multiplicity' | 'errors',
  typed: string,
  known: readonly T[],
  problems: Problem[],
): T | null {
  const found = known.find((name) => name === typed);
  if (found !== undefined) return found;
  problems.push({
    message: `${flagName(flag)} is ${JSON.stringify(typed)}, must be ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
    hint: nearestName(typed, known) === null ? undefined : nearestHint(typed, known),
  });
  return null;
}
