/**
 * A/A through the whole pipeline, from result files to the report: overlapping slices, repeated trials, clusters, several
 * metrics, a rerun of the baseline, and plain slices as a cross-check of the counted simulation.
 *
 *   node bench/gate-aa-files.ts [--releases N] [--only overlap,trials,clusters,metrics,rerun,plain,missing] [--seed 20260103]
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Config,
  DEFAULT_POLICY,
  EMPTY_CONFIG,
  type MetricConfig,
  type Policy,
  type SliceConfig,
} from '../src/config/index.ts';
import type { Report } from '../src/gate/index.ts';
import { gate } from '../src/pipeline.ts';
import { createRandom } from '../src/stats/index.ts';
import { keepResults } from './results.ts';
import { holds, shareOf } from './simulation/share.ts';
import { type Release, SCENARIOS } from './simulation/unchanged-files.ts';

const { values: flags } = parseArgs({
  options: {
    releases: { type: 'string' },
    only: { type: 'string', default: SCENARIOS.map(({ name }) => name).join(',') },
    seed: { type: 'string', default: '20260103' },
  },
});
const seed = Number(flags.seed);
const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));

try {
  for (const scenario of SCENARIOS) {
    if (!flags.only.split(',').includes(scenario.name)) continue;
    for (const slices of scenario.slices) await measure(scenario, slices);
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(scenario: (typeof SCENARIOS)[number], slices: number): Promise<void> {
  const started = performance.now();
  const releases = Number(flags.releases ?? scenario.releases);
  const counts = { blocked: 0, reviewed: 0, suspected: 0, otherReasons: 0 };
  const adjustments = new Set<string>();
  for (let release = 0; release < releases; release++) {
    const report = await judged(scenario.draw(createRandom(seed, release), slices), scenario);
    const gated = report.slices.filter(({ role }) => role === 'gated');
    const breach = gated.some(({ grade }) => grade === 'confirmed' || grade === 'suspected');
    if (report.verdict === 'BLOCK') counts.blocked++;
    if (breach) counts.suspected++;
    if (report.verdict === 'BLOCK' || report.verdict === 'REVIEW') counts.reviewed++;
    if (report.verdict === 'REVIEW' && !breach) counts.otherReasons++;
    for (const { adjustment } of gated) if (adjustment !== null) adjustments.add(adjustment);
  }
  const block = shareOf(counts.blocked, releases);
  const review = shareOf(counts.suspected, releases);
  const row = {
    key: `${scenario.name}, ${slices} slices`,
    about: scenario.about,
    block,
    review,
    releaseReadsReviewOrBlock: shareOf(counts.reviewed, releases),
    reviewForOtherReasons: counts.otherReasons,
    adjustments: [...adjustments],
    blockHolds: holds(block, DEFAULT_POLICY.blockBudget),
    reviewHolds: holds(review, DEFAULT_POLICY.reviewBudget),
  };
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${row.key.padEnd(24)} block ${(100 * block.share).toFixed(1)} (99 % lower ${(100 * block.lower99).toFixed(1)}) suspected ${(100 * review.share).toFixed(1)} release reads review or block ${(100 * row.releaseReadsReviewOrBlock.share).toFixed(1)} by ${row.adjustments.join(' | ')} in ${seconds.toFixed(0)} s${row.blockHolds ? '' : '  BLOCK BUDGET REFUTED'}${row.reviewHolds ? '' : '  REVIEW BUDGET REFUTED'}`,
  );
  // A shorter run is for the eye and must not replace the figures that are kept.
  if (releases < scenario.releases) return;
  keepResults('gate-aa-files', { script: 'bench/gate-aa-files.ts', seed }, [row]);
}

async function judged(release: Release, scenario: (typeof SCENARIOS)[number]): Promise<Report> {
  const write = (name: string, rows: Release['baseline']) => {
    const file = join(folder, `${name}.jsonl`);
    writeFileSync(file, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    return { files: [file], run: null };
  };
  const config: Config = {
    ...EMPTY_CONFIG,
    inputs: {
      ...EMPTY_CONFIG.inputs,
      runs: {
        baseline: write('baseline', release.baseline),
        candidate: write('candidate', release.candidate),
        rerun: release.rerun === null ? null : write('rerun', release.rerun),
      },
    },
    slices: scenario.columns.map(columnSlices),
    metrics: scenario.metrics as readonly MetricConfig[],
    policy: { ...DEFAULT_POLICY, ...scenario.policy } as Policy,
  };
  return gate(
    { config, waivers: [], inputs: 'baseline.jsonl candidate.jsonl', rules: '', recordAs: 'main' },
    { cwd: folder, now: () => new Date(0), progress: () => {} },
  );
}

function columnSlices(column: string): SliceConfig {
  return {
    gate: true,
    values: new Map(),
    only: null,
    ignore: [],
    families: null,
    cut: { kind: 'column', column },
  };
}
