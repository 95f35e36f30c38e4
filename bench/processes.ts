/** Times whole processes: wall clock, processor time and peak memory, two commands in turn so that a slow moment hits both. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Cost of one process. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** The built command; build it first with `npm run build`. */
export const CLI: string =
  process.env.SLICEWISE_CLI ?? fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Runs the built command on a comparison, whatever its verdict. */
export function runGate(args: readonly string[]): Cost {
  return runOnce([CLI, ...args], [0, 1, 3, 4], 'Ship?');
}

const REPORT_PEAK = new URL('./reference/report-peak.mjs', import.meta.url).href;

/**
 * Runs `node ARGS` to its end.
 *
 * @param accepted exit codes of a run that did its work
 * @param said what it must have printed: a program that crashed may end with an accepted code
 * @throws Error when it ends otherwise
 */
export function runOnce(args: readonly string[], accepted: readonly number[] = [0], said = ''): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-peak-'));
  const file = join(folder, 'peak.json');
  try {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', REPORT_PEAK, ...args], {
      env: { ...process.env, BENCH_PEAK: file, NO_COLOR: '1' },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const wallMs = performance.now() - started;
    if (status === null || !accepted.includes(status) || !stdout.includes(said)) {
      throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
    }
    return { wallMs, ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Cost, 'wallMs'>) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The median of each figure, rounded to a tenth. */
export function medianCost(costs: readonly Cost[]): Cost {
  const of = (field: keyof Cost) => Math.round(median(costs.map((cost) => cost[field])) * 10) / 10;
  return { wallMs: of('wallMs'), cpuMs: of('cpuMs'), peakMb: of('peakMb') };
}

/**
 * Runs both commands in turn and gives medians and the median ratio of pairs.
 *
 * @param rounds counted runs of each; a single round has no warm-up before it
 */
export function inTurn(
  first: () => Cost,
  second: () => Cost,
  rounds: number,
): { readonly first: Cost; readonly second: Cost; readonly wallRatio: number; readonly cpuRatio: number } {
  if (rounds > 1) {
    first();
    second();
  }
  const pairs = Array.from({ length: rounds }, () => [first(), second()] as const);
  const ratio = (field: 'wallMs' | 'cpuMs') =>
    Math.round(median(pairs.map(([a, b]) => a[field] / b[field])) * 100) / 100;
  return {
    first: medianCost(pairs.map(([a]) => a)),
    second: medianCost(pairs.map(([, b]) => b)),
    wallRatio: ratio('wallMs'),
    cpuRatio: ratio('cpuMs'),
  };
}

/** What the figures were measured on. */
export function machine(): Readonly<Record<string, string | number>> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}
