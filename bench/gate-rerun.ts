/**
 * What a second run of the unchanged baseline buys: false blocks and suspicions of clean releases, and misses of a slice of 47
 * cases that lost 14 points, without a rerun, with one that nominates, and with one that may block.
 *
 *   node bench/gate-rerun.ts [--releases 200] [--slices 5,40] [--seed 20260104]
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, DEFAULT_POLICY, EMPTY_CONFIG, type Policy } from '../src/config/index.ts';
import type { Verdict } from '../src/findings/index.ts';
import { gate } from '../src/pipeline.ts';
import { createRandom, type Random } from '../src/stats/index.ts';
import { keepResults } from './results.ts';
import { shareOf } from './simulation/share.ts';
import { drawSlices, REGRESSION, type TrueSlice } from './simulation/world.ts';

const { values: flags } = parseArgs({
  options: {
    releases: { type: 'string', default: '200' },
    slices: { type: 'string', default: '5,40' },
    seed: { type: 'string', default: '20260104' },
  },
});
const releases = Number(flags.releases);
const seed = Number(flags.seed);
const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));

/** With a rerun or without, and what it may do. Every size takes part. */
const WAYS: readonly { readonly name: string; readonly rerun: boolean; readonly policy: Policy }[] = [
  { name: 'no rerun', rerun: false, policy: { ...DEFAULT_POLICY, minCases: 1 } },
  { name: 'rerun nominates', rerun: true, policy: { ...DEFAULT_POLICY, minCases: 1 } },
  { name: 'rerun may block', rerun: true, policy: { ...DEFAULT_POLICY, minCases: 1, churn: 'block' } },
];

try {
  for (const rho of [0.6, 0.9]) {
    for (const slices of flags.slices.split(',').map(Number)) await compare(rho, slices);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function compare(rho: number, slices: number): Promise<void> {
  const seen = WAYS.map((): Seen => ({ block: 0, suspected: 0, miss: 0, missBeyondReview: 0 }));
  for (let release = 0; release < releases; release++) {
    for (const regressed of [false, true]) {
      writeRuns(createRandom(seed + slices + Math.round(100 * rho), 2 * release + Number(regressed)), {
        rho,
        slices,
        regressed,
      });
      for (const [at, way] of WAYS.entries()) {
        const verdicts = await verdictsOf(way);
        if (regressed) countMisses(seen[at]!, verdicts.get('s0'));
        else countAlarms(seen[at]!, [...verdicts.values()]);
      }
    }
  }
  const rows = WAYS.map(({ name }, at) => ({
    key: `rho ${rho}, ${slices} slices, ${name}`,
    block: shareOf(seen[at]!.block, releases),
    suspected: shareOf(seen[at]!.suspected, releases),
    miss: shareOf(seen[at]!.miss, releases),
    missBeyondReview: shareOf(seen[at]!.missBeyondReview, releases),
  }));
  for (const row of rows) {
    const percent = ({ share }: { readonly share: number }) => (100 * share).toFixed(1);
    console.log(
      `${row.key}: block ${percent(row.block)} suspected ${percent(row.suspected)} miss ${percent(row.miss)} beyond review ${percent(row.missBeyondReview)}`,
    );
  }
  if (releases >= 200) keepResults('gate-rerun', { script: 'bench/gate-rerun.ts', seed }, rows);
}

interface Seen {
  block: number;
  suspected: number;
  miss: number;
  missBeyondReview: number;
}

type SliceVerdict = Verdict | null | undefined;

function countAlarms(seen: Seen, verdicts: readonly SliceVerdict[]): void {
  if (verdicts.includes('BLOCK')) seen.block++;
  if (verdicts.includes('BLOCK') || verdicts.includes('REVIEW')) seen.suspected++;
}

function countMisses(seen: Seen, watched: SliceVerdict): void {
  if (watched !== 'BLOCK') seen.miss++;
  if (watched !== 'BLOCK' && watched !== 'REVIEW') seen.missBeyondReview++;
}

/** Baseline, candidate and rerun: each case answers as it always does with probability sqrt(rho), else by luck. */
function writeRuns(
  random: Random,
  { rho, slices, regressed }: { readonly rho: number; readonly slices: number; readonly regressed: boolean },
): void {
  const lines: Record<'baseline' | 'candidate' | 'rerun', string[]> = {
    baseline: [],
    candidate: [],
    rerun: [],
  };
  const steady = Math.sqrt(rho);
  drawSlices(random, slices).forEach(({ n, passRate }: TrueSlice, place) => {
    for (let i = 0; i < n; i++) {
      const usual = random.nextFloat() < passRate;
      for (const run of ['baseline', 'candidate', 'rerun'] as const) {
        const answer = random.nextFloat() < steady ? usual : random.nextFloat() < passRate;
        const spoilt =
          regressed && run === 'candidate' && place === 0 && random.nextFloat() < REGRESSION / passRate;
        lines[run].push(`{"case_id":"${place}-${i}","segment":"s${place}","passed":${answer && !spoilt}}\n`);
      }
    }
  });
  for (const [run, text] of Object.entries(lines)) writeFileSync(join(folder, `${run}.jsonl`), text.join(''));
}

async function verdictsOf({
  rerun,
  policy,
}: (typeof WAYS)[number]): Promise<ReadonlyMap<string, SliceVerdict>> {
  const run = (name: string) => ({ files: [join(folder, `${name}.jsonl`)], run: null });
  const config: Config = {
    ...EMPTY_CONFIG,
    inputs: {
      ...EMPTY_CONFIG.inputs,
      runs: {
        baseline: run('baseline'),
        candidate: run('candidate'),
        rerun: rerun ? run('rerun') : null,
      },
    },
    policy,
  };
  const report = await gate(
    { config, waivers: [], inputs: 'baseline.jsonl candidate.jsonl', rules: '', recordAs: 'main' },
    { cwd: folder, now: () => new Date(0), progress: () => {} },
  );
  const gated = report.slices.filter(({ role }) => role === 'gated');
  return new Map(gated.map(({ value, verdict }) => [value, verdict]));
}
