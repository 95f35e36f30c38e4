/** The rules of the gate that a person tunes, and a comparison looked at under other ones. */

import type { Config } from '../../config/index.ts';
import { collectEvidence } from '../../evidence/index.ts';
import { rulesOf, type Scope, type ScopedGrouping } from '../../scope/index.ts';
import { sliceId } from '../../slices/index.ts';
import { decide, type Ports } from '../../stages/index.ts';
import type { Study } from '../open-study.ts';

/** What can be moved. Shares are in (0,1), the margin in the unit of the metric. */
export interface PolicySetting {
  readonly margin: number;
  readonly blockBudget: number;
  readonly reviewBudget: number;
  readonly minCases: number;
  /** Slices, by `sliceId` without a metric. */
  readonly critical: readonly string[];
}

/** A comparison that was opened and counted, as the gate leaves it. */
export type Tunable = Omit<Study, 'judgement'>;

/** The rules as they are configured. */
export function currentSetting({ config, measured }: Tunable): PolicySetting {
  const { margin, blockBudget, reviewBudget, minCases } = config.policy;
  const critical = new Set(
    measured.slices
      .filter(({ scoped, rules }) => scoped.role === 'gated' && rules.critical === true)
      .map(({ key }) => sliceId('', key)),
  );
  return { ...{ margin, blockBudget, reviewBudget, minCases }, critical: [...critical].sort() };
}

/**
 * The same counts under other rules, judged as the gate judges them. Slices and metrics with a margin of their own keep it; metrics of
 * classes take no part, since their intervals need the answers themselves.
 */
export async function judgeUnder(tunable: Tunable, setting: PolicySetting, ports: Ports): Promise<Study> {
  const config = withSetting(tunable.config, setting);
  const scope = scopeUnder(tunable, setting);
  const { comparison, profile, measured, rerun } = tunable;
  const evidence = collectEvidence({
    scope,
    policy: config.policy,
    pairing: measured.pairing,
    counts: measured.counts,
    units: measured.units,
    clustered: comparison.clustered,
    withoutIntervals: true,
  });
  const judged = { ...tunable, config, scope, measured: { ...measured, ...evidence } };
  const { judgement } = await decide(
    { comparison, scope, config, profile, measured: judged.measured, rerun },
    ports,
  );
  return { ...judged, judgement };
}

/** The configuration with these numbers in its policy. */
export function withSetting(config: Config, { critical: _, ...numbers }: PolicySetting): Config {
  return { ...config, policy: { ...config.policy, ...numbers } };
}

function scopeUnder({ scope, measured }: Tunable, { critical }: PolicySetting): Scope {
  const chosen = new Set(critical);
  return {
    ...scope,
    groupings: scope.groupings
      .filter(({ role }) => role === 'gated')
      .map((scoped) => withCritical(scoped, chosen, measured.slices)),
    metrics: scope.metrics.filter(({ measure }) => measure.kind !== 'class'),
  };
}

/** Exactly the chosen values are critical, whatever the configuration says of the whole grouping. */
function withCritical(
  scoped: ScopedGrouping,
  chosen: ReadonlySet<string>,
  slices: Tunable['measured']['slices'],
): ScopedGrouping {
  const keys = slices.filter(({ key }) => key.grouping === scoped.grouping.id && key.state === 'value');
  const values = keys.map(
    ({ key }) =>
      [key.value, { ...rulesOf(scoped, key.value), critical: chosen.has(sliceId('', key)) }] as const,
  );
  return {
    ...scoped,
    rules: { ...scoped.rules, critical: false },
    values: new Map([...scoped.values, ...values]),
  };
}
