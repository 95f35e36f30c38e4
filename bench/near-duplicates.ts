/**
 * CPU time and memory of the near-duplicate join, reading included, in one sitting with SetSimilaritySearch (a Python environment
 * that this script makes) and with the same prefix filter as SQL in DuckDB; and the speed of the contamination scan.
 *
 *   node bench/near-duplicates.ts [--only peers,million,stream,scan,workers]
 */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  createContaminationScan,
  createNearDuplicates,
  findNearDuplicatesInThreads,
} from '../src/text/index.ts';
import { corpus } from './near-duplicates-data.ts';
import { type Cost, machine, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'peers,million,stream,scan' },
    write: { type: 'string' },
    join: { type: 'string' },
    scan: { type: 'string' },
    threads: { type: 'string' },
  },
});

const SCRIPT = fileURLToPath(import.meta.url);
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

if (flags.write !== undefined) await write(...(flags.write.split(',') as [string, string]));
else if (flags.join !== undefined)
  await joinFile(...(flags.join.split(',') as [string, string, string, string]));
else if (flags.threads !== undefined) await joinInThreads(...(flags.threads.split(',') as [string, string]));
else if (flags.scan !== undefined) await scanFile(flags.scan);
else measureAll();

function measureAll(): void {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  const make = (texts: number) => {
    const file = join(folder, `${texts}.txt`);
    if (!existsSync(file)) runOnce([SCRIPT, '--write', `${texts},${file}`]);
    return file;
  };
  const wanted = flags.only.split(',');
  const keep = (key: string, cost: Partial<Cost>, more: object = {}) => {
    console.log(key, JSON.stringify({ ...cost, ...more }));
    keepResults('near-duplicates', machine(), [{ key, ...cost, ...more }]);
  };
  try {
    if (wanted.includes('peers')) {
      const file = make(100_000);
      for (const threshold of [0.9, 0.995]) {
        keep(
          `100k texts at ${threshold}: slicewise`,
          runOnce([SCRIPT, '--join', `${file},${threshold},kept,1`]),
        );
        keep(
          `100k texts at ${threshold}: DuckDB SQL`,
          runOnce([path('near-duplicates-duckdb.ts'), file, String(threshold)]),
        );
        keep(`100k texts at ${threshold}: SetSimilaritySearch`, runPeer(folder, file, threshold));
      }
    }
    if (wanted.includes('million')) {
      const file = make(1_000_000);
      keep('1M texts at 0.995: slicewise', runOnce([SCRIPT, '--join', `${file},0.995,kept,1`]));
      keep('1M texts at 0.9: slicewise', runOnce([SCRIPT, '--join', `${file},0.9,kept,1`]));
    }
    if (wanted.includes('stream')) {
      const file = make(1_000_000);
      keep(
        '10M texts at 0.995, streamed: slicewise',
        runOnce([SCRIPT, '--join', `${file},0.995,streamed,10`]),
      );
    }
    if (wanted.includes('workers')) {
      const file = make(1_000_000);
      // In turn, so that a busy moment hits both.
      for (let round = 1; round <= 3; round++) {
        for (const threads of [1, 2]) {
          const args = [SCRIPT, '--threads', `${file},${threads}`];
          const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
          keep(`1M texts at 0.995, search alone, ${threads} threads, run ${round}`, {}, JSON.parse(stdout));
        }
      }
    }
    if (wanted.includes('scan')) {
      const result = spawnSync(process.execPath, [SCRIPT, '--scan', make(100_000)], { encoding: 'utf8' });
      keep('contamination scan, 13 words, 1,000 items', {}, JSON.parse(result.stdout));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Texts in memory, searched by so many threads; milliseconds of the search alone, since reading is the same. Where other programs
 * have the cores, wall clock says how busy these are: the processor time of the thread that took longest is what it comes to else.
 */
async function joinInThreads(file: string, threads: string): Promise<void> {
  const texts: string[] = [];
  for await (const text of createInterface({ input: createReadStream(file) })) texts.push(text);
  const count = Number(threads);
  const spent = ({ user, system }: NodeJS.CpuUsage) => Math.round((user + system) / 1000);
  const [before, process0, thread0] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  const { groups } = await findNearDuplicatesInThreads(texts, { threshold: 0.995 }, count);
  const wallMs = Math.round(performance.now() - before);
  const allMs = spent(process.cpuUsage(process0));
  const callingMs = spent(process.threadCpuUsage(thread0));
  const load = Math.round(loadavg()[0]! * 10) / 10;
  console.log(JSON.stringify({ wallMs, callingMs, allMs, load, peakMb: peakMb(), groups }));
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

async function write(texts: string, file: string): Promise<void> {
  const stream = createWriteStream(file);
  for (const text of corpus(Number(texts), 1)) {
    if (!stream.write(`${text}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
}

/** Reads a file so often, each pass with a first word of its own, so that its sets differ from those of the others. */
async function joinFile(file: string, threshold: string, mode: string, passes: string): Promise<void> {
  const builder = createNearDuplicates({ threshold: Number(threshold) });
  const kept: string[] = [];
  for (let pass = 0; pass < Number(passes); pass++) {
    for await (const text of createInterface({ input: createReadStream(file) })) {
      const one = pass === 0 ? text : `pass${pass} ${text}`;
      builder.add(one);
      if (mode === 'kept') kept.push(one);
    }
  }
  const { texts, groups, edges } = builder.finish(mode === 'kept' ? (text) => kept[text]! : null);
  console.log(JSON.stringify({ texts, groups, edges: edges.length }));
}

async function scanFile(file: string): Promise<void> {
  const texts: string[] = [];
  for await (const text of createInterface({ input: createReadStream(file) })) texts.push(text);
  const scan = createContaminationScan(
    texts.filter((_, at) => at % 100 === 7),
    { n: 13, stopItems: 10 },
  );
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const before = process.cpuUsage();
  texts.forEach((text, source) => void scan.scan(text, source));
  const { user, system } = process.cpuUsage(before);
  const found = scan.finish().items.length;
  const cpuMs = (user + system) / 1000;
  console.log(
    JSON.stringify({ cpuMs: Math.round(cpuMs), mbPerSecond: Math.round(bytes / 1000 / cpuMs), found }),
  );
}

function runPeer(folder: string, file: string, threshold: number): Partial<Cost> {
  const python = join(folder, 'peer/bin/python');
  if (!existsSync(python)) {
    for (const [command, ...args] of [
      ['python3', '-m', 'venv', join(folder, 'peer')],
      [python, '-m', 'pip', 'install', '--quiet', 'SetSimilaritySearch'],
    ] as const) {
      const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stderr}`);
    }
  }
  const { status, stdout, stderr } = spawnSync(
    python,
    [path('near-duplicates-peer.py'), file, String(threshold)],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
