/**
 * How often the intervals of probabilities hold the truth: AUC (DeLong, logit), average precision (infinitesimal jackknife, logit), the
 * paired differences, calibration in the large and slope, and how often the calibration error calls perfect probabilities wrong.
 *
 *   node bench/probability-intervals.ts [--runs 2000] [--seed 20260101]
 */

import { parseArgs } from 'node:util';
import {
  areaDifference,
  areaInterval,
  averagePrecisionArea,
  calibrationError,
  calibrationInTheLarge,
  createRandom,
  delongAuc,
  type Estimate,
  type Random,
  rankedScores,
  recalibration,
  scoreGroups,
  tInterval,
} from '../src/stats/index.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '20260101' } },
});
const runs = Number(flags.runs);
const seed = Number(flags.seed);

/** Logits are normal around a level that gives the share of events; probabilities are calibrated. */
interface Population {
  readonly n: number;
  readonly level: number;
  readonly spread: number;
}

const POPULATIONS: readonly Population[] = [
  { n: 50, level: 0, spread: 1.5 },
  { n: 100, level: -2.5, spread: 1 },
  { n: 200, level: 0, spread: 1.5 },
  { n: 400, level: -3, spread: 1.5 },
  { n: 1_000, level: 0, spread: 1.5 },
];

const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/** Probabilities of two runs, of which the second is noisier, and events drawn from the first. */
function draw({ n, level, spread }: Population, random: Random) {
  const logits = Array.from({ length: n }, () => level + spread * random.nextNormal());
  const scores = logits.map(expit);
  const other = logits.map((x) => expit(x + 0.7 * random.nextNormal()));
  const events = scores.map((p) => (random.nextFloat() < p ? 1 : 0));
  return { scores, other, events };
}

interface Coverage {
  readonly held: number;
  readonly of: number;
}

function measure(population: Population) {
  const truth = truthOf(population);
  const held = new Map<string, Coverage>();
  const note = (name: string, isHeld: boolean | null): void => {
    const known = held.get(name) ?? { held: 0, of: 0 };
    if (isHeld !== null) held.set(name, { held: known.held + (isHeld ? 1 : 0), of: known.of + 1 });
  };
  const holds = ({ lower, upper }: Estimate, value: number): boolean | null =>
    lower === null || upper === null ? null : lower <= value && value <= upper;
  for (let run = 0; run < runs; run++) {
    const { scores, other, events } = draw(population, createRandom(seed + population.n, run));
    const groups = scoreGroups(scores, events);
    const [auc, auc2] = [delongAuc(scores, events), delongAuc(other, events)];
    const ap = averagePrecisionArea(rankedScores(scores, events), events);
    const ap2 = averagePrecisionArea(rankedScores(other, events), events);
    note('auc', holds(areaInterval(auc, 0.95, 'delong'), truth.auc));
    note('average precision', holds(areaInterval(ap, 0.95, 'jackknife'), truth.ap));
    note('auc difference', holds(areaDifference(auc2, auc, 0.95, 'delong').delta, truth.auc2 - truth.auc));
    note(
      'average precision difference',
      holds(areaDifference(ap2, ap, 0.95, 'jackknife').delta, truth.ap2 - truth.ap),
    );
    note('in the large', holds(calibrationInTheLarge(scores, events, null, 0.95).estimate, 0));
    note('slope', holds(recalibration(groups, null, 0.95).slope, 1));
    const lossDifference = scores.map((p, i) => (other[i]! - events[i]!) ** 2 - (p - events[i]!) ** 2);
    note('brier difference', holds(tInterval(lossDifference, 0.95), truth.brier2 - truth.brier));
    if (population.n >= 100 && run < runs / 4) {
      note('calibration error keeps quiet', calibrationError(groups, 1, 199).pValue! > 0.05);
    }
  }
  return Object.fromEntries([...held].map(([name, { held: h, of }]) => [name, { share: h / of, of }]));
}

/** The values that a very large sample has. */
function truthOf(population: Population) {
  const { scores, other, events } = draw({ ...population, n: 1_000_000 }, createRandom(seed - 1));
  const brier = (values: readonly number[]) =>
    values.reduce((sum, p, i) => sum + (p - events[i]!) ** 2, 0) / values.length;
  const ap = (values: readonly number[]) => averagePrecisionArea(rankedScores(values, events), events).value!;
  return {
    auc: delongAuc(scores, events).value!,
    auc2: delongAuc(other, events).value!,
    ap: ap(scores),
    ap2: ap(other),
    brier: brier(scores),
    brier2: brier(other),
  };
}

const rows = POPULATIONS.map((population) => {
  const covered = measure(population);
  const share = (1e6 * expit(population.level)).toFixed(0);
  const key = `n ${population.n}, logit ${population.level}`;
  console.log(
    key,
    share,
    Object.entries(covered)
      .map(([name, { share: s }]) => `${name} ${(100 * s).toFixed(1)}`)
      .join('; '),
  );
  return { key, ...population, runs, coverage: covered };
});
keepResults('probability-intervals', { bench: 'probability-intervals', seed, machine: machine() }, rows);
