/** Loads `slicewise.yaml` (or an eval_config.yaml): every problem at once, each with its place. */

import { ConfigError, type Problem } from '../errors.ts';
import { readArticle } from './article.ts';
import { readBaselines } from './baselines.ts';
import { readClasses } from './classes.ts';
import { readClusters } from './clusters.ts';
import { DEFAULT_POLICY, EMPTY_CONFIG } from './defaults.ts';
import { readEqual } from './equal.ts';
import { isRate } from './metric-text.ts';
import { readPassWords } from './pass-words.ts';
import type { Path } from './path.ts';
import { readColumns, readInputs, readLedger } from './read-inputs.ts';
import { readMetric, reportRepeatedMetrics } from './read-metrics.ts';
import { readPolicy } from './read-policy.ts';
import { readSlice, reportRepeatedSlices } from './read-slices.ts';
import { type Reading, report } from './reading.ts';
import { configShape, type RawConfig } from './schema.ts';
import { schemaKeys } from './schema-keys.ts';
import { type PlacedProblem, shapeProblems } from './shape-problems.ts';
import { readShifts } from './shifts.ts';
import type { Config, MetricConfig, SliceConfig } from './types.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/**
 * Reads a configuration. Loads yaml and zod on first use, so that runs without a file never do.
 *
 * @param file its path, for messages and for what is relative to its folder
 * @param text its content
 * @throws ConfigError with all problems, in the order of the file
 * @example (await loadConfig('slicewise.yaml', 'policy: { minCases: 30 }')).policy.minCases // 30
 */
export async function loadConfig(file: string, text: string): Promise<Config> {
  const source = await readYaml(file, text);
  if (source.value === null)
    return { ...EMPTY_CONFIG, file, notes: [`${file} is empty, so every default holds`] };
  const misshapen = await checkShape(source);
  const reading: Reading = { source, problems: [] };
  const isSound = (path: Path) =>
    !misshapen.some(
      ({ path: wrong, blocks }) =>
        blocks && (wrong.length === 0 || path.every((part, at) => wrong[at] === part)),
    );
  const config = read(reading, source.value as RawConfig, file, isSound);
  const problems = [
    ...misshapen.map(({ message, hint, where }): Problem => ({ message, hint, where })),
    ...reading.problems,
  ];
  if (problems.length > 0) throw new ConfigError(problems.sort(byPlace));
  return config;
}

async function checkShape(source: YamlSource): Promise<readonly PlacedProblem[]> {
  const { z } = await import('zod');
  const shape = configShape(z);
  const checked = shape.safeParse(source.value);
  if (checked.success) return [];
  const schema = z.toJSONSchema(shape, { io: 'input' });
  return shapeProblems(checked.error.issues, source, (path) => schemaKeys(schema, path));
}

/** Reads the parts whose shape is sound; the others have their problems already. */
function read(reading: Reading, raw: RawConfig, file: string, isSound: (path: Path) => boolean): Config {
  const part = <T>(key: keyof RawConfig, make: () => T, otherwise: T): T =>
    isSound([key]) ? make() : otherwise;
  /** What the configuration lacks where the file says nothing of it. */
  const section = <K extends keyof RawConfig & keyof Config>(key: K, make: () => NonNullable<Config[K]>) =>
    present(raw[key]) && isSound([key]) ? ({ [key]: make() } as Pick<Config, K>) : {};
  const items = <R, T>(
    list: readonly R[] | null | undefined,
    key: keyof RawConfig,
    make: (item: R, path: Path) => T | null,
  ) =>
    Array.isArray(list)
      ? (list as readonly R[]).map((item, at) => (isSound([key, at]) ? make(item, [key, at]) : null))
      : [];
  const slices = items(raw.slices, 'slices', (item, path) => readSlice(reading, item, path));
  const metrics = items(raw.metrics, 'metrics', (item, path) => readMetric(reading, item, path));
  reportRepeatedSlices(reading, slices, ['slices']);
  reportRepeatedMetrics(reading, metrics, ['metrics']);
  const old = isSound(['gating']) && isSound(['segments']) ? readArticle(reading, raw) : null;
  reportMixture(reading, raw);
  const config: Config = {
    file,
    inputs: part('inputs', () => readInputs(reading, raw.inputs), EMPTY_CONFIG.inputs),
    columns: part('columns', () => readColumns(reading, raw.columns), EMPTY_CONFIG.columns),
    ...section('passWords', () => readPassWords(reading, raw.passWords ?? {})),
    slices: [...slices.filter((slice) => slice !== null), ...(old?.slices ?? [])],
    metrics: [...metrics.filter((metric) => metric !== null), ...(old?.metrics ?? [])],
    policy: { ...part('policy', () => readPolicy(reading, raw.policy), DEFAULT_POLICY), ...old?.policy },
    ...section('equal', () => readEqual(reading, raw.equal ?? [])),
    ...section('shifts', () => readShifts(reading, raw.shifts ?? [])),
    ...section('overlap', () => raw.overlap ?? {}),
    ...section('baselines', () => readBaselines(reading, raw.baselines ?? [])),
    ...section('classes', () => readClasses(reading, raw.classes ?? {})),
    ...section('clusters', () => readClusters(reading, raw.clusters ?? {})),
    waivers: present(raw.waivers) ? reading.source.text(['waivers']) : null,
    ledger: part('ledger', () => readLedger(reading, raw.ledger), null),
    notes: old?.notes ?? [],
  };
  reportFloors(reading, raw, slices, metrics);
  return config;
}

function present(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** The two spellings of one thing in one file. */
function reportMixture(reading: Reading, raw: RawConfig): void {
  if (!present(raw)) return;
  for (const [old, now] of [
    ['gating', 'policy'],
    ['gating', 'metrics'],
    ['segments', 'slices'],
  ] as const) {
    if (present(raw[old]) && present(raw[now]))
      report(reading, [old], `and ${now} are both given, must be one`);
  }
}

/** Floors above 1 where everything that is measured is a rate. */
function reportFloors(
  reading: Reading,
  raw: RawConfig,
  slices: readonly (SliceConfig | null)[],
  metrics: readonly (MetricConfig | null)[],
): void {
  const check = (floor: number | null | undefined, path: Path) => {
    if (floor === null || floor === undefined || (floor >= 0 && floor <= 1)) return;
    const hint = floor > 1 && floor <= 100 ? `${floor / 100} is ${floor} %` : undefined;
    report(reading, path, `is ${floor}, must be between 0 and 1: every metric here is a rate`, hint);
  };
  metrics.forEach((metric, at) => {
    if (metric !== null && isRate(metric.measure)) check(metric.floor, ['metrics', at, 'floor']);
  });
  if (metrics.some((metric) => metric === null || !isRate(metric.measure))) return;
  slices.forEach((slice, at) => {
    if (slice === null) return;
    check(slice.floor, ['slices', at, 'floor']);
    const entry = raw.slices?.[at];
    for (const key of typeof entry === 'object' ? Object.keys(entry.values ?? {}) : []) {
      check((entry as { values: Record<string, { floor?: number }> }).values[key]?.floor, [
        'slices',
        at,
        'values',
        key,
        'floor',
      ]);
    }
  });
}

function byPlace(a: Problem, b: Problem): number {
  return (a.where?.line ?? 0) - (b.where?.line ?? 0) || (a.where?.column ?? 0) - (b.where?.column ?? 0);
}
