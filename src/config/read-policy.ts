/** Reads `policy` and fills in every default. */

import { DEFAULT_POLICY, defaultConfirmation } from './defaults.ts';
import { type Reading, report } from './reading.ts';
import type { RawConfig } from './schema.ts';
import type { Policy } from './types.ts';

/** The whole policy. What the flags set later is checked by `policyProblems` again. */
export function readPolicy(reading: Reading, raw: RawConfig['policy']): Policy {
  const { confirmation, ...given } = raw ?? {};
  const set = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<Policy>;
  const base: Policy = { ...DEFAULT_POLICY, ...set };
  const policy: Policy = {
    ...base,
    confirmation:
      confirmation === null || confirmation === undefined
        ? null
        : {
            ...defaultConfirmation(base.blockBudget),
            ...(Object.fromEntries(
              Object.entries(confirmation).filter(([, value]) => value !== undefined),
            ) as NonNullable<Policy['confirmation']>),
          },
  };
  for (const { field, what, hint } of policyProblems(policy))
    report(reading, ['policy', ...field], what, hint);
  return policy;
}

/** What two fields of a policy say against each other. */
export function policyProblems(
  policy: Policy,
): readonly { readonly field: readonly string[]; readonly what: string; readonly hint?: string }[] {
  const { blockBudget, reviewBudget, confirmation } = policy;
  const problems: { field: readonly string[]; what: string; hint?: string }[] = [];
  if (reviewBudget < blockBudget) {
    problems.push({
      field: ['reviewBudget'],
      what: `is ${reviewBudget}, must be at least blockBudget (${blockBudget})`,
      hint: 'whatever blocks is also suspected',
    });
  }
  if (confirmation !== null) {
    const spent = confirmation.directBudget + confirmation.confirmBudget;
    // .02 + .03 is a little more than .05 in binary.
    if (spent > blockBudget * (1 + 1e-12)) {
      problems.push({
        field: ['confirmation'],
        what: `spends ${confirmation.directBudget} directly and ${confirmation.confirmBudget} on confirmation, must be at most blockBudget (${blockBudget}) together`,
      });
    }
  }
  return problems;
}
