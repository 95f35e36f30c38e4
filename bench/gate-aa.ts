/**
 * A/A: how often the gate blocks or asks for review when nothing changed: two runs of one system on the same cases, two
 * halves of one run without a common case, releases with a floor, and daily looks at accumulating cases.
 *
 *   node bench/gate-aa.ts [--releases 1000] [--only paired|halves|floor|looks] [--seed 20260102]
 */

import { parseArgs } from 'node:util';
import { DEFAULT_POLICY, type Policy } from '../src/config/index.ts';
import type { SliceCount } from '../src/counts/index.ts';
import type { Pairing } from '../src/evidence/index.ts';
import { binomialDraw, createRandom, type Random } from '../src/stats/index.ts';
import { keepResults } from './results.ts';
import { evidenceOf, judgeRelease, pairedCount, unpairedCount } from './simulation/release.ts';
import { holds, shareOf } from './simulation/share.ts';
import { drawOutcomes, drawSlices, type PairedCounts, type TrueSlice } from './simulation/world.ts';

const { values: flags } = parseArgs({
  options: {
    releases: { type: 'string', default: '1000' },
    only: { type: 'string', default: 'paired,halves,floor,looks' },
    seed: { type: 'string', default: '20260102' },
  },
});
const releases = Number(flags.releases);
const seed = Number(flags.seed);
const parts = flags.only.split(',');

const SIZES = [5, 20, 100] as const;
const SLICES = [1, 2, 5, 10, 20, 50] as const;

/** The default policy, and the same without a minimum, as slices of 5 cases take no part in the default. */
const POLICIES: readonly (readonly [string, Policy])[] = [
  ['default', DEFAULT_POLICY],
  ['minCases 1', { ...DEFAULT_POLICY, minCases: 1 }],
];

/** What one simulated release is judged on; `null` ends it. */
type Look = { readonly counts: readonly SliceCount[]; readonly pairing: Pairing };

/** Draws releases that did not change, judges them, and keeps the shares that blocked or needed a review. */
function measure(key: string, policy: Policy, draw: (random: Random) => Iterable<Look>): void {
  let blocked = 0;
  let reviewed = 0;
  for (let release = 0; release < releases; release++) {
    const verdicts = new Set<string>();
    for (const { counts, pairing } of draw(createRandom(seed, release))) {
      const { decisions } = judgeRelease(evidenceOf(counts, policy, pairing), policy);
      for (const { verdict } of decisions.values()) verdicts.add(verdict);
    }
    if (verdicts.has('BLOCK')) blocked++;
    if (verdicts.has('BLOCK') || verdicts.has('REVIEW')) reviewed++;
  }
  const block = shareOf(blocked, releases);
  const review = shareOf(reviewed, releases);
  const row = {
    key,
    block,
    review,
    blockHolds: holds(block, policy.blockBudget),
    reviewHolds: holds(review, policy.reviewBudget),
  };
  console.log(
    `${key.padEnd(64)} block ${(100 * block.share).toFixed(1)} (99 % lower ${(100 * block.lower99).toFixed(1)}) review ${(100 * review.share).toFixed(1)}${row.blockHolds ? '' : '  BLOCK BUDGET REFUTED'}${row.reviewHolds ? '' : '  REVIEW BUDGET REFUTED'}`,
  );
  // A shorter run is for the eye and must not replace the figures that are kept.
  if (releases < 1000) return;
  keepResults('gate-aa', { script: 'bench/gate-aa.ts', seed }, [row]);
}

function equalSlices(random: Random, slices: number, n: number): TrueSlice[] {
  return Array.from({ length: slices }, () => ({ n, passRate: 0.78 + 0.2 * random.nextFloat() }));
}

if (parts.includes('paired')) {
  for (const [name, policy] of POLICIES) {
    for (const rho of [0.6, 0.9]) {
      for (const n of SIZES) {
        for (const slices of SLICES) {
          measure(`paired, ${name}, rho ${rho}, n ${n}, ${slices} slices`, policy, (random) => [
            {
              pairing: 'paired',
              counts: equalSlices(random, slices, n).map((slice, place) =>
                pairedCount(place, drawOutcomes(random, slice, rho, 0)),
              ),
            },
          ]);
        }
      }
    }
  }
}

if (parts.includes('halves')) {
  for (const [name, policy] of POLICIES) {
    for (const n of SIZES) {
      for (const slices of SLICES) {
        measure(`halves, ${name}, n ${n}, ${slices} slices`, policy, (random) => [
          {
            pairing: 'unpaired',
            counts: equalSlices(random, slices, n).map(({ passRate }, place) =>
              unpairedCount(
                place,
                { passed: binomialDraw(random, n, passRate), n },
                { passed: binomialDraw(random, n, passRate), n },
              ),
            ),
          },
        ]);
      }
    }
  }
}

if (parts.includes('floor')) {
  const policy: Policy = { ...DEFAULT_POLICY, floor: 0.85 };
  for (const passRate of [0.85, 0.87, 0.93]) {
    for (const rho of [0.6, 0.9]) {
      for (const slices of [5, 40, 200]) {
        measure(`floor .85, all slices at ${passRate}, rho ${rho}, ${slices} slices`, policy, (random) => [
          {
            pairing: 'paired',
            counts: drawSlices(random, slices).map(({ n }, place) =>
              pairedCount(place, drawOutcomes(random, { n, passRate }, rho, 0)),
            ),
          },
        ]);
      }
    }
  }
}

if (parts.includes('looks')) {
  const daily: Policy = { ...DEFAULT_POLICY, looks: 'always-valid' };
  for (const [name, policy] of [['always-valid', daily] as const, ['fixed', DEFAULT_POLICY] as const]) {
    for (const slices of [1, 40]) {
      measure(`30 daily looks, 10 new cases a day and slice, ${name}, ${slices} slices`, policy, (random) =>
        dailyLooks(random, slices),
      );
    }
  }
}

/** The same release, seen again after each day's new cases. */
function* dailyLooks(random: Random, slices: number): Generator<Look> {
  const truth = equalSlices(random, slices, 10);
  let seen: readonly PairedCounts[] = truth.map(() => ({ both: 0, lost: 0, gained: 0, neither: 0 }));
  for (let day = 1; day <= 30; day++) {
    seen = seen.map((before, place) => {
      const fresh = drawOutcomes(random, truth[place]!, 0.6, 0);
      return {
        both: before.both + fresh.both,
        lost: before.lost + fresh.lost,
        gained: before.gained + fresh.gained,
        neither: before.neither + fresh.neither,
      };
    });
    yield { pairing: 'paired', counts: seen.map((counts, place) => pairedCount(place, counts)) };
  }
}
