/**
 * Simulates the gate: how often it blocks or asks for review when nothing changed or slices drifted harmlessly, and how
 * often it misses a slice of 47 cases that lost 14 points.
 *
 *   node bench/gate-simulation.ts [--quick] [--slices 5,40] [--seed 20260101]
 */

import { parseArgs } from 'node:util';
import { DEFAULT_POLICY } from '../src/config/index.ts';
import { createRandom } from '../src/stats/index.ts';
import { keepResults } from './results.ts';
import { type DrawFresh, GATES, type Outcome } from './simulation/gates.ts';
import { REPETITIONS, referenceOf, SLICES } from './simulation/reference.ts';
import { evidenceOf, pairedCount } from './simulation/release.ts';
import { distance, type Share, shareOf } from './simulation/share.ts';
import { drawOutcomes, drawSlices, REGRESSION } from './simulation/world.ts';

/** Correlations of two runs of one system: about 10 % and about 2.5 % churn. */
const CORRELATIONS = [0.6, 0.9] as const;

/** Standard deviation of the harmless drift of every slice. */
const DRIFT = 0.01;

const WORLDS = ['clean', 'benign', 'regressed'] as const;
type World = (typeof WORLDS)[number];

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    slices: { type: 'string', default: SLICES.join(',') },
    seed: { type: 'string', default: '20260101' },
  },
});
const seed = Number(flags.seed);

for (const slices of flags.slices.split(',').map(Number)) {
  const repetitions = Math.ceil((REPETITIONS[slices] ?? 1000) / (flags.quick ? 20 : 1));
  for (const rho of CORRELATIONS) {
    const started = performance.now();
    const outcomes = new Map(WORLDS.map((world) => [world, simulate(world, rho, slices, repetitions)]));
    const rows = GATES.map((gate, at) => rowOf(rho, slices, gate, at, outcomes));
    for (const row of rows) console.log(lineOf(row));
    console.log(`K ${slices}, rho ${rho}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    if (!flags.quick) keepResults('gate-simulation', { script: 'bench/gate-simulation.ts', seed }, rows);
  }
}

/** Outcomes of every gate, over all repetitions of one world. */
function simulate(world: World, rho: number, slices: number, repetitions: number): Outcome[][] {
  // Each cell of the table has a key of its own, and each repetition its own stream.
  const key = seed + 1000 * slices + 10 * Math.round(rho * 10) + WORLDS.indexOf(world);
  const byGate: Outcome[][] = GATES.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const random = createRandom(key, repetition);
    const release = drawSlices(random, slices).map((slice, place) => {
      const drift = world === 'benign' ? DRIFT * random.nextNormal() : 0;
      return { slice, shift: world === 'regressed' && place === 0 ? -REGRESSION : drift };
    });
    const counts = release.map(({ slice, shift }, place) =>
      pairedCount(place, drawOutcomes(random, slice, rho, shift)),
    );
    const evidence = evidenceOf(counts, DEFAULT_POLICY);
    const drawFresh: DrawFresh = (place, n) => {
      const { slice, shift } = release[place]!;
      return evidenceOf(
        [pairedCount(place, drawOutcomes(random, { ...slice, n }, rho, shift))],
        DEFAULT_POLICY,
      )[0]!;
    };
    GATES.forEach((gate, at) => {
      byGate[at]!.push(gate.run(evidence, drawFresh));
    });
  }
  return byGate;
}

function rowOf(
  rho: number,
  slices: number,
  gate: (typeof GATES)[number],
  at: number,
  outcomes: ReadonlyMap<World, readonly (readonly Outcome[])[]>,
) {
  const count = (world: World, is: (outcome: Outcome) => boolean): Share => {
    const list = outcomes.get(world)![at]!;
    return shareOf(list.filter(is).length, list.length);
  };
  const miss = count('regressed', ({ watchedBlocked }) => !watchedBlocked);
  const falseBlock = count('clean', ({ blocked }) => blocked);
  const reference = referenceOf(rho, gate.name, slices);
  const clean = outcomes.get('clean')![at]!;
  return {
    key: `rho ${rho}, ${String(slices).padStart(4)} slices, ${gate.name}`,
    gate: gate.title,
    rho,
    slices,
    falseBlock,
    falseReview: count('clean', ({ reviewed }) => reviewed),
    benignBlock: count('benign', ({ blocked }) => blocked),
    benignReview: count('benign', ({ reviewed }) => reviewed),
    miss,
    missBeyondReview: count('regressed', ({ watchedReviewed }) => !watchedReviewed),
    nomineesPerCleanRelease: clean.reduce((sum, { nominees }) => sum + nominees, 0) / clean.length,
    reference: reference && {
      ...reference,
      falseBlockDistance: distance(falseBlock, reference.falseBlock / 100, reference.repetitions),
      missDistance: distance(miss, reference.miss / 100, reference.repetitions),
    },
  };
}

function lineOf(row: ReturnType<typeof rowOf>): string {
  const percent = (share: Share) => (100 * share.share).toFixed(1).padStart(5);
  const { reference } = row;
  const beside = reference
    ? `  reference ${reference.falseBlock} [${reference.benign}] / ${reference.miss}: ${reference.falseBlockDistance}, ${reference.missDistance} s.e.`
    : '';
  return `${row.key.padEnd(42)} block${percent(row.falseBlock)} [${percent(row.benignBlock)}] review${percent(row.falseReview)} [${percent(row.benignReview)}] miss${percent(row.miss)} (beyond review${percent(row.missBeyondReview)})${beside}`;
}
