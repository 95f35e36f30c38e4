/** Looks at the classes of a classification: recall, confusions, costs, levels of labels. */

import type { ClassDiagnosis } from '../../checks/index.ts';
import {
  type ClassFloors,
  type ClassOptions,
  type Confusions,
  type CostComparison,
  classFigures,
  classFloors,
  classLevels,
  confusionPairs,
  costComparison,
  rankMerges,
  withAbstentions,
} from '../../classes/index.ts';
import { type ClassCosts, DEFAULT_CLASS_FLOOR, DEFAULT_CLASSES, nearestHint } from '../../config/index.ts';
import type { LabelCounts, LabelSlice } from '../../counts/index.ts';
import { ConfigError } from '../../errors.ts';
import { answeredCells, type SliceEvidence } from '../../evidence/index.ts';
import { ALL_CASES, allGrouping } from '../../scope/index.ts';
import type { Grouping } from '../../slices/index.ts';
import { pairingOf } from '../measure.ts';
import type { Ports } from '../ports.ts';
import type { DiagnoseInput } from './input.ts';
import { labelParents } from './label-parents.ts';
import { namedK } from './labels-per-answer.ts';
import { whyNoClasses } from './why-no-classes.ts';

/** Distinct labels up to which it is a classification. */
const MOST_LABELS = 2000;
/** Classes times slices beyond which only all cases together are looked at: more cells than anybody reads. */
const MOST_CELLS = 20_000;
const MOST_MERGES = 10;
/** Case ids listed of each class. */
const MOST_CASES = 100;
/** Replicates behind the interval of a cost. */
const RESAMPLES = 2000;

/**
 * The classes of the comparison, in one more pass over the rows.
 *
 * @returns null where no true labels and predictions are mapped
 * @throws ConfigError where a label that the configuration names does not exist
 */
export async function diagnoseClasses(input: DiagnoseInput, ports: Ports): Promise<ClassDiagnosis | null> {
  const { comparison, scope, config, profile } = input;
  if (
    comparison.mappings.some(({ expected, predicted }) => expected === undefined || predicted === undefined)
  )
    return null;
  const gated = scope.groupings.filter(({ role }) => role === 'gated').map(({ grouping }) => grouping);
  const classes = config.classes ?? DEFAULT_CLASSES;
  const groupings = [
    allGrouping(),
    ...gated.filter(({ id }) => id !== ALL_CASES),
    ...costGroupings(classes.costs),
  ];
  const counted = await comparison.engine.labels({ groupings, maxLabels: MOST_LABELS });
  const reason = whyNoClasses(counted, judgedBy(input));
  if (reason !== null) return { kind: 'no classes', reason };
  checkNames(counted, classes.positive, classes.costs);
  const answered = { ...counted, slices: counted.slices.map((slice) => answeredCells(slice, config.policy)) };
  const counts = withAbstentions(answered, classes.abstain);
  const { labels } = counts;
  const { policy } = config;
  const multiLabel = counts.hasLists;
  const overall = counts.slices.find(({ grouping }) => grouping === ALL_CASES)!;
  const isGated = new Set(gated.map(({ id }) => id));
  const others = counts.slices.filter(
    (slice) => slice !== overall && slice.state === 'value' && isGated.has(slice.grouping),
  );
  const slices = others.length * labels.length > MOST_CELLS ? [] : others;
  const pairing = pairingOf(profile);
  const options: ClassOptions = {
    ...{ pairing, multiLabel, level: policy.level, seed: policy.seed, undefinedAs: classes.average0 },
    // The checks read closed forms; what has none is resampled by the report on classes.
    resamples: 0,
  };
  const floor = classes.floor ?? DEFAULT_CLASS_FLOOR;
  const compared = !multiLabel && pairing !== 'single run';
  const parents = await labelParents(config, ports.cwd);
  const floors = multiLabel
    ? null
    : classFloors(overall, labels, { floor, minCases: policy.minCases, level: policy.level, pairing });
  const confusions = compared
    ? {
        overall: confusionPairs([overall], labels, options),
        slices: confusionPairs(slices, labels, options),
      }
    : null;
  return {
    kind: 'classes',
    labels: labels.length,
    multiLabel,
    severalTrials: counts.severalTrials,
    slicesLeftOut: others.length - slices.length,
    slices: [overall, ...slices].map((slice) => classFigures(slice, labels, options)),
    floors,
    floor: { value: floor, configured: classes.floor !== null },
    confusions,
    lostCases: await lostCases(input, pointedAt(floors, confusions?.overall ?? null, floor)),
    costs:
      compared && classes.costs !== null
        ? costsOf(overall, counts.slices, labels, classes.costs, classes.positive, options)
        : [],
    levels: parents === null ? [] : classLevels(counts, counts.slices.indexOf(overall), parents, options),
    merges: multiLabel ? [] : rankMerges(overall, labels, pairing).slice(0, MOST_MERGES),
  };
}

/**
 * The pass rate where a column of its own says what passed: not equal labels, and not "among the first k", which is another question.
 * Who configures classes says that texts are labels.
 */
function judgedBy({ comparison, config, measured }: DiagnoseInput): SliceEvidence | null {
  const { passed } = comparison.mappings.at(-1)!;
  if (passed === undefined || namedK(passed) !== null || config.classes !== undefined) return null;
  return measured.overall.find(({ metric }) => metric.measure.kind === 'passRate') ?? null;
}

/** True labels below the floor, or with a kind of mistake that alarms. */
function pointedAt(
  floors: ClassFloors | null,
  confusions: Confusions | null,
  floor: number,
): ReadonlySet<string> {
  const below = (floors?.classes ?? []).filter(
    ({ hits, n, adjusted }) => adjusted !== null && adjusted <= 0.1 && hits / n < floor,
  );
  const confused = (confusions?.pairs ?? []).filter(({ alarm }) => alarm);
  return new Set([...below.map(({ label }) => label), ...confused.map(({ expected }) => expected)]);
}

/** One more pass, only where a check points at a class. */
async function lostCases(
  { comparison, config, profile }: DiagnoseInput,
  labels: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const lost = new Map<string, string[]>();
  const column = comparison.mappings.at(-1)!.expected!;
  if (labels.size === 0 || profile.paired === 0) return lost;
  const flips = await comparison.engine.flips({
    groupings: [{ kind: 'column', id: 'label', column }],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: config.policy.errors },
    limit: MOST_CASES,
  });
  for (const { value, state, direction, id } of flips) {
    if (direction !== 'lost' || state !== 'value' || !labels.has(value)) continue;
    const ids = lost.get(value);
    if (ids === undefined) lost.set(value, [id]);
    else ids.push(id);
  }
  return lost;
}

/** The labels that the configuration names must exist, or costs would silently count nothing. */
function checkNames(
  { labels, hasLists }: LabelCounts,
  positive: string | null,
  costs: ClassCosts | null,
): void {
  if (hasLists) return;
  const known = new Set(labels);
  const named: (readonly [string, string])[] = positive === null ? [] : [['classes.positive', positive]];
  if (costs?.kind === 'matrix') {
    costs.rows.forEach(({ expected, predicted }, at) => {
      if (expected !== null) named.push([`classes.costs[${at}].expected`, expected]);
      if (predicted !== null) named.push([`classes.costs[${at}].predicted`, predicted]);
    });
  }
  const missing = named.filter(([, label]) => !known.has(label));
  if (missing.length === 0) return;
  throw new ConfigError(
    missing.map(([field, label]) => ({
      message: `${field} is ${JSON.stringify(label)}, which no case has as a true label or an answer`,
      hint: nearestHint(label, labels.slice(0, 20)),
    })),
  );
}

/** Slices with costs of their own are counted whether they are gated or not. */
function costGroupings(costs: ClassCosts | null): readonly Grouping[] {
  const columns = costs?.kind === 'errors' ? new Set(costs.slices.map(({ column }) => column)) : [];
  return [...columns].map((column) => ({ kind: 'column', id: costId(column), column }));
}

const costId = (column: string): string => `costs of ${column}`;

/**
 * All cases with the general costs, then every slice that has costs of its own.
 *
 * @throws ConfigError where no case is in such a slice
 */
function costsOf(
  overall: LabelSlice,
  slices: readonly LabelSlice[],
  labels: readonly string[],
  costs: ClassCosts,
  positive: string | null,
  options: ClassOptions,
): readonly CostComparison[] {
  const resampled = { ...options, resamples: RESAMPLES };
  const own = costs.kind === 'errors' ? costs.slices : [];
  const found = own.map(({ column, value, ...rest }, at) => {
    const known = slices.filter(({ grouping, state }) => grouping === costId(column) && state === 'value');
    const slice = known.find((some) => some.value === value);
    if (slice === undefined) {
      throw new ConfigError({
        message: `classes.costs.slices[${at}] is about ${column}=${value}, in which no case is`,
        hint: nearestHint(
          value,
          known.slice(0, 20).map((some) => some.value),
        ),
      });
    }
    const model: ClassCosts = { kind: 'errors', slices: [], ...rest };
    return costComparison({ ...slice, grouping: column }, labels, model, positive, resampled);
  });
  return [costComparison(overall, labels, costs, positive, resampled), ...found].filter(
    (entry) => entry !== null,
  );
}
