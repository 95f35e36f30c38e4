/**
 * How often a candidate reads INVALID-METRIC although it is truly better than a constant answer, by cases and true scores.
 *
 *   node bench/trivial-baselines.ts
 */

import { TOO_CLOSE, trivialLift } from '../src/models/index.ts';
import { createRandom, type Random } from '../src/stats/index.ts';

const REPLICATES = 4_000;
const CASES = [30, 50, 100, 200];

/** Share of the most frequent of two labels, and the chance that the candidate is right of any case. */
const WORLDS = [
  { share: 0.5, right: 0.6 },
  { share: 0.5, right: 0.7 },
  { share: 0.5, right: 0.8 },
  { share: 0.7, right: 0.7 },
  { share: 0.7, right: 0.8 },
  { share: 0.7, right: 0.9 },
];

function failures(cases: number, share: number, right: number, random: Random) {
  const found = { share: 0, bound: 0 };
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const counts = { yes: [0, 0], no: [0, 0] };
    for (let at = 0; at < cases; at++) {
      const own = counts[random.nextFloat() < share ? 'yes' : 'no'];
      own[random.nextFloat() < right ? 1 : 0]! += 1;
    }
    const classes = Object.entries(counts).map(([label, [wrong, hit]]) => ({
      label,
      values: [
        { value: 0, cases: wrong! },
        { value: 1, cases: hit! },
      ],
    }));
    const { fails } = trivialLift(classes, { k: 1, level: 0.95, share: TOO_CLOSE });
    if (fails !== null) found[fails] += 1;
  }
  return found;
}

console.log(`| true lift | of the scores | ${CASES.map((cases) => `${cases} cases`).join(' | ')} |`);
for (const { share, right } of WORLDS) {
  const cells = CASES.map((cases) => {
    const found = failures(cases, share, right, createRandom(1, cases));
    const percent = (count: number) => ((100 * count) / REPLICATES).toFixed(1);
    return `${percent(found.share + found.bound)} % (${percent(found.bound)} %)`;
  });
  console.log(
    `| ${Math.round(100 * (right - share))} points | ${right} over ${share} | ${cells.join(' | ')} |`,
  );
}
