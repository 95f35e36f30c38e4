/**
 * Runs the benches one after the other, each in a process of its own, and writes their figures into the pages.
 *
 *   npm run bench [-- --only small-run,gate-aa]
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Name, script and arguments; speed first, so that nothing else has warmed the machine. */
const BENCHES: readonly (readonly [name: string, ...command: string[]])[] = [
  ['small-run', 'small-run.ts'],
  ['engine-1m', 'engine-1m.ts'],
  ['coded-table', 'coded-table.ts'],
  ['gate-rows', 'gate-scale.ts', '--cases', '1000000,3000000'],
  ['gate-10m', 'gate-scale.ts', '--cases', '10000000', '--rounds', '1'],
  ['gate-columns', 'gate-scale.ts', '--columns', '3,6,24'],
  ['gate-overlap', 'gate-scale.ts', '--gated', '12'],
  ['gate-shuffled', 'gate-scale.ts', '--shuffled'],
  ['studio', 'studio.ts'],
  ['studio-answers', 'studio-answers.ts'],
  ['joint-flips', 'joint-flips.ts'],
  ['class-bootstrap', 'class-bootstrap.ts'],
  ['slice-search', 'slice-search.ts'],
  ['text-baseline', 'text-baseline.ts'],
  ['discovery-speed', 'discovery-speed.ts'],
  ['import-speed', 'import-speed.ts'],
  ['import-2gb', 'import-speed.ts', '--only', 'promptfoo', '--megabytes', '2000', '--rounds', '1'],
  ['near-duplicates', 'near-duplicates.ts', '--only', 'peers,million,stream,scan,workers'],
  ['discovery-null', 'discovery-null.ts', '--joint', '400'],
  ['discovery-dimensions', 'discovery-dimensions.ts'],
  ['discovery-recall', 'discovery-recall.ts'],
  ['probability-intervals', 'probability-intervals.ts'],
  ['gate-simulation', 'gate-simulation.ts'],
  ['gate-aa', 'gate-aa.ts'],
  ['gate-aa-files', 'gate-aa-files.ts'],
  ['gate-rerun', 'gate-rerun.ts'],
  ['class-gate', 'class-gate.ts'],
  ['tables', 'tables.ts'],
];

const { values: flags } = parseArgs({ options: { only: { type: 'string' } } });
const names = flags.only?.split(',') ?? BENCHES.map(([name]) => name);
const unknown = names.filter((name) => !BENCHES.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`no bench ${unknown.join(', ')}; there are ${BENCHES.map(([name]) => name).join(', ')}`);
  process.exitCode = 2;
} else {
  for (const [name, script, ...args] of BENCHES) {
    if (!names.includes(name)) continue;
    console.log(`\n${name}: node bench/${[script, ...args].join(' ')}`);
    const path = fileURLToPath(new URL(script!, import.meta.url));
    const { status } = spawnSync(process.execPath, [path, ...args], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
