/** Result rows of releases in which nothing changed, for the kinds of data whose tests need single cases. */

import type { MetricConfig, Policy } from '../../src/config/index.ts';
import type { Random } from '../../src/stats/index.ts';

export type Row = Readonly<Record<string, string | number | boolean>>;

export interface Release {
  readonly baseline: readonly Row[];
  readonly candidate: readonly Row[];
  readonly rerun: readonly Row[] | null;
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Simulated releases for each number of slices. */
  readonly releases: number;
  /** Numbers of gated slices to try. */
  readonly slices: readonly number[];
  readonly columns: readonly string[];
  readonly metrics: readonly MetricConfig[];
  readonly policy: Partial<Policy>;
  readonly draw: (random: Random, slices: number) => Release;
}

/** Cases of each release. */
const CASES = 1200;

const base = {
  releases: 300,
  slices: [5, 40],
  columns: ['segment'],
  metrics: [] as readonly MetricConfig[],
  policy: {} as Partial<Policy>,
};

const DRAWN: readonly Scenario[] = [
  {
    ...base,
    name: 'plain',
    about: 'one column of disjoint slices',
    draw: (random, slices) => runs(random, CASES, segmentsOf(slices), passed),
  },
  {
    ...base,
    name: 'overlap',
    about: 'three columns gated together, so that every case is in three slices',
    slices: [12, 45],
    columns: ['segment', 'language', 'channel'],
    draw: (random, slices) =>
      runs(
        random,
        CASES,
        (draws) => ({
          segment: `s${draws.nextBelow(slices / 3)}`,
          language: `l${draws.nextBelow(slices / 3)}`,
          channel: `c${draws.nextBelow(slices / 3)}`,
        }),
        passed,
      ),
  },
  {
    ...base,
    name: 'trials',
    about: 'three trials a case, so that outcomes are shares',
    slices: [5, 20],
    draw: (random, slices) => withTrials(random, CASES, segmentsOf(slices), 3),
  },
  {
    ...base,
    name: 'clusters',
    releases: 1000,
    about: 'conversations of about five cases that rise and fall together',
    slices: [5, 20],
    draw: (random, slices) => withClusters(random, CASES, slices),
  },
  {
    ...base,
    name: 'metrics',
    releases: 200,
    about: 'pass rate and a score in [0, 1], both gated',
    slices: [5],
    metrics: [
      { id: 'passRate', gate: true, margin: null, floor: null, measure: { kind: 'passRate' } },
      {
        id: 'mean:grade',
        gate: true,
        margin: null,
        floor: null,
        measure: { kind: 'mean', column: 'grade', direction: 'higher', bounds: [0, 1] },
      },
    ],
    draw: (random, slices) => runs(random, CASES, segmentsOf(slices), graded),
  },
  {
    ...base,
    name: 'rerun',
    about: 'a second run of the baseline is given; it nominates',
    slices: [5, 40],
    draw: (random, slices) => runs(random, CASES, segmentsOf(slices), passed),
  },
  {
    ...base,
    name: 'rerun-block',
    about: 'a second run of the baseline is given, and the policy lets it block',
    policy: { churn: 'block' },
    draw: (random, slices) => runs(random, CASES, segmentsOf(slices), passed),
  },
  {
    ...base,
    name: 'errors',
    about: 'one case in 25 ends in an error in each run',
    draw: (random, slices) => runs(random, CASES, segmentsOf(slices), withErrors),
  },
];

/** All kinds of unchanged releases; the third run is kept only where the scenario is about it. */
export const SCENARIOS: readonly Scenario[] = DRAWN.map((scenario) =>
  scenario.name.startsWith('rerun') ? scenario : { ...scenario, draw: withoutRerun(scenario.draw) },
);

function withoutRerun(draw: Scenario['draw']): Scenario['draw'] {
  return (random, slices) => ({ ...draw(random, slices), rerun: null });
}

type Columns = (random: Random) => Row;

function segmentsOf(slices: number): Columns {
  return (random) => ({ segment: `s${String(random.nextBelow(slices)).padStart(2, '0')}` });
}

/** What one run did with one case whose pass chance is known. */
type Answer = (random: Random, chance: number) => Row;

const passed: Answer = (random, chance) => ({ passed: random.nextFloat() < chance });

const graded: Answer = (random, chance) => {
  const grade = Math.min(1, Math.max(0, chance + 0.15 * random.nextNormal()));
  return { passed: grade > 0.5, grade };
};

const withErrors: Answer = (random, chance) =>
  random.nextFloat() < 0.04
    ? { passed: random.nextFloat() < chance, error: 'timeout' }
    : { passed: random.nextFloat() < chance, error: '' };

/** Three runs of one system over the same cases: each case keeps its own pass chance. */
function runs(random: Random, cases: number, columns: Columns, answer: Answer): Release {
  const known = Array.from({ length: cases }, (_, i) => ({
    row: { case_id: `c${i}`, ...columns(random) },
    chance: passChance(random),
  }));
  const run = () => known.map(({ row, chance }) => ({ ...row, ...answer(random, chance) }));
  return { baseline: run(), candidate: run(), rerun: run() };
}

/** Most cases pass always or never, some are a matter of luck: about 10 % flip between two runs. */
function passChance(random: Random): number {
  const kind = random.nextFloat();
  if (kind < 0.7) return 0.99;
  return kind < 0.78 ? 0.02 : 0.3 + 0.6 * random.nextFloat();
}

function withTrials(random: Random, cases: number, columns: Columns, trials: number): Release {
  const known = Array.from({ length: cases }, (_, i) => ({
    row: { case_id: `c${i}`, ...columns(random) },
    chance: passChance(random),
  }));
  const run = () =>
    known.flatMap(({ row, chance }) =>
      Array.from({ length: trials }, (_, trial) => ({
        ...row,
        trial,
        passed: random.nextFloat() < chance,
      })),
    );
  return { baseline: run(), candidate: run(), rerun: null };
}

/** A whole conversation has a good or a bad day in each run, so its cases do not count as independent. */
function withClusters(random: Random, cases: number, slices: number): Release {
  const known = Array.from({ length: cases }, (_, i) => {
    const conversation = Math.floor(i / 5);
    return {
      case_id: `c${i}`,
      cluster: `t${conversation}`,
      segment: `s${String(conversation % slices).padStart(2, '0')}`,
    };
  });
  const run = () => {
    const day = Array.from({ length: Math.ceil(cases / 5) }, () => (random.nextFloat() < 0.15 ? 0.35 : 0.97));
    return known.map((row, i) => ({ ...row, passed: random.nextFloat() < day[Math.floor(i / 5)]! }));
  };
  return { baseline: run(), candidate: run(), rerun: null };
}
