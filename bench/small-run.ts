/**
 * The first use: 1,200 cases in 5 slices. The whole command against the smallest program that opens DuckDB, pairs the same
 * two files by case id and counts; and the time of `--help`.
 *
 *   npm run build && node bench/small-run.ts [--rounds 15]
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from '../src/stats/index.ts';
import { CLI, inTurn, machine, medianCost, runGate, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(flags.rounds);

const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
try {
  const [before, after] = writeRuns(folder, 1200, 5);
  const reference = fileURLToPath(new URL('./reference/duckdb-pairs.mjs', import.meta.url));
  const { first, second, wallRatio, cpuRatio } = inTurn(
    () => runGate([before, after]),
    () => runOnce([reference, before, after]),
    rounds,
  );
  const help = medianCost(Array.from({ length: rounds }, () => runOnce([CLI, '--help'], [0], 'Usage')));
  const bare = medianCost(Array.from({ length: rounds }, () => runOnce(['--eval', ''])));
  const rows = [
    { key: 'small run: slicewise OLD NEW', ...first },
    { key: 'small run: smallest DuckDB program', ...second },
    { key: 'small run: ratio', wallRatio, cpuRatio, bar: 1.5 },
    { key: 'slicewise --help', ...help, barMs: 100 },
    { key: 'node alone', ...bare },
  ];
  for (const row of rows) console.log(JSON.stringify(row));
  keepResults('small-run', { script: 'bench/small-run.ts', rounds, machine: machine() }, rows);
} finally {
  rmSync(folder, { recursive: true });
}

/** Two result files of the same cases with ids, segment, verdict, question and answer, as eval tools write them. */
function writeRuns(into: string, cases: number, slices: number): readonly [string, string] {
  const random = createRandom(11);
  const rates = [0.92, 0.9];
  const files = ['old.jsonl', 'new.jsonl'].map((name, run) => {
    const rows = Array.from({ length: cases }, (_, i) =>
      JSON.stringify({
        case_id: `case-${String(i).padStart(5, '0')}`,
        segment: `segment_${i % slices}`,
        passed: random.nextFloat() < rates[run]!,
        input: `How do I change the delivery address of order ${i * 7919} after it was sent?`,
        output: `Run ${run}: open the order, choose "delivery", and enter the new address (${i}).`,
      }),
    );
    const file = join(into, name);
    writeFileSync(file, `${rows.join('\n')}\n`);
    return file;
  });
  return [files[0]!, files[1]!];
}
