/** What the candidate gets for the cases of each true label, over all cases and per slice. */

import type { Config } from '../../config/index.ts';
import { type LabelCells, NO_LABEL, type OutcomeMeasure, tallyCells } from '../../counts/index.ts';
import type { Engine } from '../../engines/index.ts';
import type { ClassTally } from '../../models/index.ts';
import { allGrouping } from '../../scope/index.ts';
import { crossValue, type Grouping, type SliceKey } from '../../slices/index.ts';

/** Tallies of the classes. */
export interface ClassTallies {
  readonly overall: readonly ClassTally[];
  /** Empty for a slice without a case. */
  readonly of: (slice: SliceKey) => readonly ClassTally[];
}

/** By the verdicts of the run, whatever they rest on: cases are counted by slice and true label. */
export async function talliesByVerdict(
  engine: Pick<Engine, 'count'>,
  expected: string,
  groupings: readonly Grouping[],
  measure: OutcomeMeasure,
  { policy: { errors } }: Pick<Config, 'policy'>,
): Promise<ClassTallies> {
  const byLabel: Grouping = { kind: 'column', id: `labels of ${expected}`, column: expected };
  const crossed = groupings.map((grouping): Grouping => {
    return { kind: 'cross', id: `${grouping.id} by label`, parts: [grouping, byLabel] };
  });
  const counts = await engine.count({ groupings: [byLabel, ...crossed] });
  const found = new Map(
    counts
      .filter(({ state }) => state === 'value')
      .map(({ grouping, value, cells }) => [
        `${grouping}\n${value}`,
        tallyCells(cells, measure, { errors }).candidateValues,
      ]),
  );
  const labels = counts
    .filter(({ grouping, state }) => grouping === byLabel.id && state === 'value')
    .map(({ value }) => value);
  return {
    overall: labels.map((label) => ({ label, values: found.get(`${byLabel.id}\n${label}`)! })),
    of: ({ grouping, value }) =>
      labels.flatMap((label) => {
        const values = found.get(`${grouping} by label\n${crossValue([value, label])}`);
        return values === undefined ? [] : [{ label, values }];
      }),
  };
}

/**
 * By equal labels, where one run holds the true labels as hashes only (a recorded baseline), so that they are no attribute of the
 * cases. A case without an answer is wrong.
 */
export async function talliesByAnswer(
  engine: Pick<Engine, 'labels'>,
  groupings: readonly Grouping[],
  maxLabels: number,
  { policy: { errors } }: Pick<Config, 'policy'>,
): Promise<ClassTallies> {
  const all = allGrouping();
  const { labels, slices } = await engine.labels({ groupings: [all, ...groupings], maxLabels });
  const found = new Map(
    slices.map((slice) => [`${slice.grouping}\n${slice.state}\n${slice.value}`, slice.cells]),
  );
  const read = (cells: LabelCells | undefined) =>
    cells === undefined ? [] : cellTallies(cells, labels, errors);
  return {
    overall: read(slices.find(({ grouping }) => grouping === all.id)?.cells),
    of: ({ grouping, state, value }) => read(found.get(`${grouping}\n${state}\n${value}`)),
  };
}

function cellTallies(
  { expected, candidate, cases }: LabelCells,
  labels: readonly string[],
  errors: 'fail' | 'exclude',
): readonly ClassTally[] {
  const tallies = new Map<number, { right: number; wrong: number }>();
  expected.forEach((truth, at) => {
    const answer = candidate[at]!;
    const isLeftOut = answer === NO_LABEL.absent || (answer === NO_LABEL.error && errors === 'exclude');
    if (truth < 0 || isLeftOut) return;
    const tally = tallies.get(truth) ?? { right: 0, wrong: 0 };
    tallies.set(truth, tally);
    tally[answer === truth ? 'right' : 'wrong'] += cases[at]!;
  });
  return [...tallies].map(([truth, { right, wrong }]) => ({
    label: labels[truth]!,
    values: [
      { value: 0, cases: wrong },
      { value: 1, cases: right },
    ],
  }));
}
