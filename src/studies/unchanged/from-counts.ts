/** Unchanged releases from counted outcomes: for disjoint slices, at a cost that does not depend on the number of cases. */

import type { SliceCount } from '../../counts/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import { compareSliceKeys, sliceId } from '../../slices/index.ts';
import { createRandom } from '../../stats/index.ts';
import type { Study } from '../open-study.ts';
import {
  dealCells,
  keepLevel,
  levelShift,
  type OutcomeCount,
  plantInCells,
  swapCells,
} from './cell-draws.ts';
import { type DrawnRelease, STREAMS, type UnchangedMode, type UnchangedModel } from './model.ts';

/** The model of one mode; slices must be disjoint, and every metric a function of outcomes. */
export function unchangedCounts(study: Study, mode: UnchangedMode): UnchangedModel {
  const { policy } = study.config;
  const slices = disjointSlices(study);
  const paired = mode === 'label swap';
  const draw = paired ? swapping(study, slices) : dealing(slices, mode, policy.seed);
  return {
    mode,
    pairing: paired ? 'paired' : 'unpaired',
    method: `${METHODS[mode]}${paired && hasFloors(study) ? ', at the level of the baseline' : ''}`,
    draw: (replicate) => release(draw(replicate)),
    plant: (drawn, slice, drop, replicate) => {
      const random = createRandom(policy.seed, STREAMS.plant + replicate);
      const target = sliceId('', slice);
      return release(
        drawn.counts
          .filter(({ grouping }) => isAll(slices) || grouping !== ALL_CASES)
          .map((count) =>
            sliceId('', count) === target
              ? { ...count, cells: plantInCells(count.cells, drop, random, policy.errors, paired) }
              : count,
          ),
      );
    },
  };
}

const METHODS: Readonly<Record<UnchangedMode, string>> = {
  'label swap': 'binomial draws on counts',
  relabelled: 'hypergeometric draws on counts, at the sizes of both runs',
  'split halves': 'hypergeometric draws on counts',
};

/** In canonical order, so that the draws depend on no order of files or configuration. */
function disjointSlices({ measured, scope }: Study): SliceCount[] {
  const gated = new Set(scope.groupings.map(({ grouping }) => grouping.id));
  return measured.counts.filter(({ grouping }) => gated.has(grouping)).sort(compareSliceKeys);
}

function isAll(slices: readonly SliceCount[]): boolean {
  return slices.every(({ grouping }) => grouping === ALL_CASES);
}

/** All cases together are the slices' cells one after the other: cells may come more than once. */
function release(slices: readonly SliceCount[]): DrawnRelease {
  if (isAll(slices)) return { counts: slices, units: new Map() };
  const cells = slices.flatMap((slice) => slice.cells);
  const all: SliceCount = { grouping: ALL_CASES, state: 'value', value: '(all)', cells };
  return { counts: [...slices, all], units: new Map() };
}

function swapping({ config, measured }: Study, slices: readonly SliceCount[]) {
  const { seed, errors } = config.policy;
  const withFloor = new Set(
    measured.slices
      .filter(({ floor, metric }) => floor !== null && metric.measure.kind === 'passRate')
      .map(({ key }) => sliceId('', key)),
  );
  const shifts = slices.map((slice) =>
    withFloor.has(sliceId('', slice)) ? levelShift(slice.cells, errors) : 0,
  );
  return (replicate: number): SliceCount[] => {
    const random = createRandom(seed, STREAMS.swap + replicate);
    return slices.map((slice, i) => ({
      ...slice,
      cells: keepLevel(swapCells(slice.cells, random), shifts[i], random, errors),
    }));
  };
}

function hasFloors({ measured }: Study): boolean {
  return measured.slices.some(({ floor }) => floor !== null);
}

function dealing(slices: readonly SliceCount[], mode: UnchangedMode, seed: number) {
  const sides = slices.map(({ cells }) => ({
    baseline: outcomesOf(cells, 'baseline'),
    candidate: outcomesOf(cells, 'candidate'),
  }));
  const total = (outcomes: readonly OutcomeCount[]) => outcomes.reduce((sum, { cases }) => sum + cases, 0);
  const inBaseline = sides.reduce((sum, { baseline }) => sum + total(baseline), 0);
  const inCandidate = sides.reduce((sum, { candidate }) => sum + total(candidate), 0);
  const one = inBaseline > 0 ? 'baseline' : 'candidate';
  const pool = sides.map((side) =>
    mode === 'relabelled' ? [...side.baseline, ...side.candidate] : side[one],
  );
  const first = mode === 'relabelled' ? inBaseline : Math.floor((inBaseline || inCandidate) / 2);
  return (replicate: number): SliceCount[] => {
    const dealt = dealCells(pool, first, createRandom(seed, STREAMS.deal + replicate));
    return slices.map((slice, i) => ({ ...slice, cells: dealt[i] }));
  };
}

function outcomesOf(cells: SliceCount['cells'], side: 'baseline' | 'candidate'): OutcomeCount[] {
  return cells.flatMap((cell) => {
    const outcome = cell[side];
    return outcome === null ? [] : [{ outcome, cases: cell.cases }];
  });
}
