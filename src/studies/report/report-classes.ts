/** The classes of a report: labels are counted once, and every figure is a function of the counts. */

import {
  type ClassOptions,
  classFigures,
  classLevels,
  confusionPairs,
  costComparison,
  rankMerges,
  reportResamples,
  withAbstentions,
} from '../../classes/index.ts';
import type { ClassCosts } from '../../config/index.ts';
import type { LabelCounts, LabelSlice } from '../../counts/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import { ALL_CASES, allGrouping, type ScopedGrouping } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import { type Comparison, type Ports, pairingOf } from '../../stages/index.ts';
import type { CostReport, ReportedClasses } from './class-report.ts';
import { type ClassSettings, classSettings, costsText } from './class-settings.ts';
import type { NamedKey } from './named.ts';
import { readOutcomes } from './outcome-file.ts';
import { type OutcomeReport, outcomeReport } from './outcome-report.ts';
import type { ReportRequest } from './request.ts';
import { resultsAmongLabels } from './result-columns.ts';

/** What the parts of a report look at. */
export interface ReportInput {
  readonly request: ReportRequest;
  readonly comparison: Comparison;
  readonly profile: ComparisonProfile;
  readonly groupings: readonly ScopedGrouping[];
  readonly nameOf: (key: SliceKey) => NamedKey;
}

/** Distinct labels beyond which they are texts, not classes. */
export const MOST_LABELS = 5_000;

/** Labels beyond which slices get no class tables of their own: there would be more cells than anybody reads. */
const MOST_SLICED = 300;

/** What became of the labels: the classes, or why there are none. */
export type ClassesAnswer =
  | {
      readonly kind: 'classes';
      readonly classes: ReportedClasses;
      /** Groupings that are results, which have no slices. */
      readonly results: ReadonlySet<string>;
      readonly notes: readonly string[];
    }
  | { readonly kind: 'none'; readonly notes: readonly string[] };

/** Counts the labels of every slice, and what follows from them. */
export async function reportClasses(input: ReportInput, ports: Ports): Promise<ClassesAnswer> {
  const { comparison, groupings, request, profile } = input;
  ports.progress('counting labels');
  const found = await comparison.engine.labels({
    groupings: [allGrouping(), ...groupings.map(({ grouping }) => grouping)],
    maxLabels: MOST_LABELS,
  });
  const none = noneBecause(found);
  if (none !== null) return { kind: 'none', notes: [none] };
  const { policy, classes } = request.config;
  const counts = withAbstentions(found, classes?.abstain ?? []);
  const settings = await classSettings(request, counts.labels, ports.cwd);
  const options: ClassOptions = {
    pairing: pairingOf(profile),
    multiLabel: counts.hasLists,
    ...{
      level: policy.level,
      resamples: reportResamples(counts.labels.length, false, 1_000),
      seed: policy.seed,
    },
    ...(classes === undefined ? {} : { undefinedAs: classes.average0 }),
  };
  const results = request.config.slices.length > 0 ? new Set<string>() : resultsAmongLabels(counts.slices);
  const slices = slicesOf(counts, policy.minCases).filter(({ grouping }) => !results.has(grouping));
  ports.progress('measuring classes');
  const named = slices.map((slice) => ({
    ...input.nameOf(slice),
    figures: classFigures(slice, counts.labels, {
      ...options,
      resamples: resamplesFor(counts, slice, policy.resamples),
    }),
  }));
  const pairs = counts.hasLists ? [] : confusionPairs(slices, counts.labels, options).pairs;
  return {
    kind: 'classes',
    results,
    classes: {
      labels: counts.labels.length,
      hasLists: counts.hasLists,
      severalTrials: counts.severalTrials,
      slices: named,
      pairs: pairs.map((pair) => ({ ...input.nameOf(pair.key), pair })),
      ...hierarchyOf(counts, settings, options),
      costs: costsOf(slices, counts.labels, settings, options, input.nameOf),
      outcome: await outcomeOf(request.outcome, counts, slices, options, input.nameOf, ports.cwd),
    },
    notes: [],
  };
}

/** Merges that are listed. */
const MOST_MERGES = 50;

function hierarchyOf(
  counts: LabelCounts,
  { parents }: ClassSettings,
  options: ClassOptions,
): Pick<ReportedClasses, 'levels' | 'merges'> {
  if (counts.hasLists) return { levels: [], merges: [] };
  const whole = counts.slices.findIndex(({ grouping }) => grouping === ALL_CASES);
  const above = (label: string) => (parents === null ? null : (parents.get(label) ?? null));
  const merges = rankMerges(counts.slices[whole]!, counts.labels, options.pairing);
  return {
    levels: parents === null ? [] : classLevels(counts, whole, parents, options),
    merges: merges.slice(0, MOST_MERGES).map((merge) => ({
      ...merge,
      inMap: above(merge.first) !== null && above(merge.first) === above(merge.second),
    })),
  };
}

function costsOf(
  slices: readonly LabelSlice[],
  labels: readonly string[],
  { costs, positive }: ClassSettings,
  options: ClassOptions,
  nameOf: ReportInput['nameOf'],
): CostReport | null {
  if (costs === null || options.multiLabel) return null;
  return {
    costs: costsText(costs),
    positive,
    slices: slices.flatMap((slice) => {
      const figures = costComparison(slice, labels, costsIn(costs, slice), positive, options);
      return figures === null ? [] : [{ ...nameOf(slice), figures }];
    }),
  };
}

/** @throws UsageError where cases carry several labels, which have no one outcome */
async function outcomeOf(
  file: string | null,
  counts: LabelCounts,
  shown: readonly LabelSlice[],
  options: ClassOptions,
  nameOf: ReportInput['nameOf'],
  cwd: string,
): Promise<OutcomeReport | null> {
  if (file === null) return null;
  if (counts.hasLists) {
    throw new UsageError({ message: '--outcome is about one label per case, and cases here carry several' });
  }
  return outcomeReport(counts, shown, await readOutcomes(file, cwd), options, nameOf);
}

/** A slice may have costs of its own. */
function costsIn(costs: ClassCosts, { grouping, state, value }: SliceKey): ClassCosts {
  if (costs.kind !== 'errors' || state !== 'value') return costs;
  const own = costs.slices.find((slice) => slice.column === grouping && slice.value === value);
  return own === undefined
    ? costs
    : { ...costs, miss: own.miss, falseAlarm: own.falseAlarm, noAnswer: own.noAnswer };
}

/** Why labels are no classes. */
function noneBecause({ tooMany, labels }: LabelCounts): string | null {
  if (tooMany !== null) {
    return `there are ${tooMany} or more different labels: they are read as texts, not as classes (at most ${MOST_LABELS} are)`;
  }
  return labels.length === 0 ? 'no case has a true or a predicted label' : null;
}

/** All cases first, then slices with enough cases; small ones are counted in the footer of their dimension. */
function slicesOf({ slices, labels }: LabelCounts, minCases: number): readonly LabelSlice[] {
  const all = slices.filter(({ grouping }) => grouping === ALL_CASES);
  if (labels.length > MOST_SLICED) return all;
  const large = slices.filter(
    ({ grouping, cells }) =>
      grouping !== ALL_CASES && cells.cases.reduce((sum, cases) => sum + cases, 0) >= minCases,
  );
  return [...all, ...large];
}

/** Classes times slices above which each slice is resampled less often. */
const MANY = 2_000;
const RESAMPLES_OF_MANY = 500;

function resamplesFor({ labels, slices }: LabelCounts, { grouping }: SliceKey, most: number): number {
  const isWhole = grouping === ALL_CASES;
  const isMany = !isWhole && labels.length * slices.length > MANY;
  return reportResamples(labels.length, isWhole, isMany ? Math.min(most, RESAMPLES_OF_MANY) : most);
}
