/** The classes of a report: labels are counted once, and every figure is a function of the counts. */

import { type ClassOptions, classFigures, confusionPairs } from '../../classes/index.ts';
import type { LabelCounts, LabelSlice } from '../../counts/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import { ALL_CASES, allGrouping, type ScopedGrouping } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import { type Comparison, type Ports, pairingOf } from '../../stages/index.ts';
import type { ReportedClasses } from './class-report.ts';
import type { ReportRequest } from './request.ts';
import type { NamedKey } from './result.ts';
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
const MOST_LABELS = 5_000;

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
  const counts = await comparison.engine.labels({
    groupings: [allGrouping(), ...groupings.map(({ grouping }) => grouping)],
    maxLabels: MOST_LABELS,
  });
  const none = noneBecause(counts);
  if (none !== null) return { kind: 'none', notes: [none] };
  const { policy, classes } = request.config;
  const options: ClassOptions = {
    pairing: pairingOf(profile),
    multiLabel: counts.hasLists,
    ...{ level: policy.level, resamples: resamplesFor(counts), seed: policy.seed },
    ...(classes === undefined ? {} : { undefinedAs: classes.average0 }),
  };
  ports.progress('measuring classes');
  const results = request.config.slices.length > 0 ? new Set<string>() : resultsAmongLabels(counts.slices);
  const slices = slicesOf(counts, policy.minCases).filter(({ grouping }) => !results.has(grouping));
  const named = slices.map((slice) => ({
    ...input.nameOf(slice),
    figures: classFigures(slice, counts.labels, options),
  }));
  const pairs = counts.hasLists ? null : confusionPairs(slices, counts.labels, options);
  return {
    kind: 'classes',
    results,
    classes: {
      labels: counts.labels.length,
      hasLists: counts.hasLists,
      severalTrials: counts.severalTrials,
      slices: named,
      pairs: (pairs?.pairs ?? []).map((pair) => ({ ...input.nameOf(pair.key), pair })),
      ...{ levels: [], merges: [], costs: null },
    },
    notes: [],
  };
}

/** Why labels are no classes. */
function noneBecause({ tooMany, labels }: LabelCounts): string | null {
  if (tooMany !== null) {
    return `there are ${tooMany} or more different labels: they are read as texts, not as classes (the most is ${MOST_LABELS}); the first is ${JSON.stringify(labels[0] ?? '')}`;
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

/** Resamples of each slice: fewer where there are many labels and slices, which all cost as much. */
function resamplesFor({ labels, slices }: LabelCounts): number {
  const size = labels.length * slices.length;
  return size > 2_000 ? 500 : 1_000;
}
