/** Opens a comparison as the gate does and judges it once: what every study of the gate starts from. */

import type { Config, MetricConfig } from '../config/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Judgement } from '../gate/index.ts';
import { resolveScope, type Scope } from '../scope/index.ts';
import {
  type Comparison,
  configuredRuns,
  type DescribedRuns,
  decide,
  describeRuns,
  load,
  type Measured,
  measure,
  type Ports,
  type Rerun,
  rerunChurn,
  withoutFoundHere,
} from '../stages/index.ts';

/** One comparison, counted and judged. */
export interface Study {
  readonly config: Config;
  readonly comparison: Comparison;
  readonly profile: ComparisonProfile;
  /** Gated groupings only: what is shown beside them decides nothing. */
  readonly scope: Scope;
  readonly measured: Measured;
  readonly judgement: Judgement;
  readonly rerun: Rerun | null;
  readonly described: DescribedRuns;
}

/** Which metrics a study looks at; all of them unless told. */
export type MetricFilter = (metric: MetricConfig) => boolean;

/**
 * Runs a study over the configured comparison and closes it again.
 *
 * @throws ConfigError, DataError, EngineError or UsageError as the gate does
 */
export async function withStudy<T>(
  asked: Config,
  ports: Ports,
  use: (study: Study) => T | Promise<T>,
  wanted: MetricFilter = () => true,
): Promise<T> {
  ports.progress('reading');
  const comparison = await load(asked, configuredRuns(asked), ports);
  try {
    const config = await withoutFoundHere(asked, comparison.engine);
    const profile = await comparison.engine.profile();
    const whole = resolveScope(config, profile, comparison.mappings);
    const scope = {
      ...whole,
      groupings: whole.groupings.filter(({ role }) => role === 'gated'),
      metrics: whole.metrics.filter(wanted),
    };
    ports.progress('counting');
    const measured = await measure(comparison, scope, config, profile);
    const described = await describeRuns(comparison, profile, config, whole, measured, ports);
    const rerun = await rerunChurn(config, scope, ports);
    const { judgement } = await decide({ comparison, scope, config, profile, measured, rerun }, ports);
    return await use({ config, comparison, profile, scope, measured, judgement, rerun, described });
  } finally {
    await comparison.engine.close();
  }
}
