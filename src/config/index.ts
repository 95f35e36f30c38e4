/** Configuration: yaml with positions, checked, typed, with every default filled in. */

export { DEFAULT_CLASS_FLOOR, DEFAULT_CLASSES } from './classes.ts';
export { DEFAULT_POLICY, defaultConfirmation, EMPTY_CONFIG } from './defaults.ts';
export { type PolicyChange, setPolicy } from './edit-policy.ts';
export {
  type AddedSlices,
  addFoundSlices,
  type FoundSlice,
  setFamilies,
  slicesFoundIn,
} from './edit-slices.ts';
export { type AddedWaiver, addWaiver, type NewWaiver, waiverText } from './edit-waivers.ts';
export { type Flags, flagName } from './flags.ts';
export { loadConfig } from './load-config.ts';
export { configFromFlags, mergeFlags } from './merge-flags.ts';
export { hasBounds, isRate, metricId, parseMetric } from './metric-text.ts';
export { nearestHint } from './nearest-name.ts';
export type { OverlapConfig } from './overlap.ts';
export { configSchema } from './schema.ts';
export { sliceName } from './slice-name.ts';
export { type StarterAnswers, starterConfig } from './starter.ts';
export { loadTagRules, type TagCondition, type TagRule, type TagRules } from './tag-rules.ts';
export type {
  BaselinesConfig,
  ClassCosts,
  ClassesConfig,
  ClustersConfig,
  ColumnsConfig,
  Config,
  EqualConfig,
  ErrorCosts,
  Inputs,
  LedgerConfig,
  MetricConfig,
  Multiplicity,
  NamedBaseline,
  Policy,
  RunInput,
  ShiftConfig,
  SliceConfig,
  SliceRules,
} from './types.ts';
export { loadWaivers, type Waiver, type Waivers } from './waivers.ts';
