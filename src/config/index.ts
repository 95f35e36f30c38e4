/** Configuration: yaml with positions, checked, typed, with every default filled in. */
export { DEFAULT_POLICY } from './defaults.ts';
export type {
  ColumnsConfig,
  Config,
  Inputs,
  MetricConfig,
  Multiplicity,
  Policy,
  RunInput,
  SliceConfig,
  SliceRules,
} from './types.ts';
