/**
 * Speed and memory of reading other tools' files: `slicewise import FILE` as a whole process, on files that are made here, and
 * beside it in the same run what `JSON.parse` alone takes for the texts of the same rows.
 *
 *   npm run build && node bench/import-speed.ts [--megabytes 200] [--rounds 3] [--only jsonl,promptfoo,...]
 *
 * Files of another size, such as 2000, show whether memory stays bounded; nothing is parsed beside them.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openRun } from '../src/sources/index.ts';
import { rowTexts, type WrittenFile, writeArchive, writeFormat } from './import-files.ts';
import { CLI, type Cost, inTurn, machine, medianCost, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'jsonl,lm-eval,promptfoo,inspect,inspect-archive,otel' },
    write: { type: 'string' },
    parse: { type: 'string' },
    rows: { type: 'string' },
  },
});

// What this process holds counts as the peak of those that it starts, so files are made in a process of their own.
if (flags.write !== undefined) {
  const [name, folder] = flags.write.split(',') as [string, string];
  const write = name === 'inspect-archive' ? writeArchive : writeFormat.bind(null, name);
  console.log(JSON.stringify(write(folder, Number(flags.megabytes))));
} else if (flags.rows !== undefined) console.log(`${await readRows(flags.rows)} rows`);
else if (flags.parse !== undefined) {
  const [name, file] = flags.parse.split(',') as [string, string];
  const texts = rowTexts(name, file);
  const before = process.cpuUsage();
  let rows = 0;
  for (const text of texts) rows += JSON.parse(text) === null ? 0 : 1;
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ rows, cpuMs: (user + system) / 1000 }));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  try {
    for (const name of flags.only.split(',')) measure(name, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(name: string, folder: string): void {
  const script = fileURLToPath(import.meta.url);
  const written: WrittenFile = JSON.parse(
    own(script, '--write', `${name},${folder}`, '--megabytes', flags.megabytes),
  );
  const isUsual = Math.round(written.megabytes / 100) === 2;
  const parsed = name === 'inspect-archive' || !isUsual ? null : `${name},${written.file}`;
  const command = name === 'jsonl' ? [script, '--rows', written.file] : [CLI, 'import', written.file];
  const read = (): Cost => runOnce(command, [0, 4], 'rows');
  const rounds = Number(flags.rounds);
  const { first, second } =
    parsed === null
      ? { first: medianCost(Array.from({ length: rounds }, read)), second: null }
      : inTurn(read, () => parseCost(script, parsed), rounds);
  const perSecond = (cost: Cost): number => Number(((written.megabytes * 1000) / cost.cpuMs).toFixed(1));
  const row = {
    key: isUsual ? name : `${name}, ${Math.round(written.megabytes)} MB`,
    ...{ megabytes: Math.round(written.megabytes), rows: written.rows },
    read: first,
    mbPerCpuSecond: perSecond(first),
    parseMbPerCpuSecond: second === null ? null : perSecond(second),
  };
  console.log(JSON.stringify(row));
  keepResults('import-speed', { script: 'bench/import-speed.ts', machine: machine() }, [row]);
  rmSync(written.file);
}

/** Rows of our own have nothing to import: they are read as every command reads them. */
async function readRows(file: string): Promise<number> {
  const { source } = await openRun({
    files: [file],
    run: null,
    mapping: {},
    cases: 'rows',
    cwd: process.cwd(),
  });
  if (source.kind !== 'rows') throw new Error(`${file} has no rows`);
  let rows = 0;
  for await (const chunk of source.chunks) rows += chunk.caseId.length;
  return rows;
}

/** What parsing alone takes, without reading the file. */
function parseCost(script: string, parse: string): Cost {
  const started = performance.now();
  const { cpuMs } = JSON.parse(own(script, '--parse', parse)) as { readonly cpuMs: number };
  return { wallMs: performance.now() - started, cpuMs, peakMb: 0 };
}

/** What this script says as a process of its own. */
function own(...args: readonly string[]): string {
  return execFileSync(process.execPath, ['--max-old-space-size=8000', ...args], { encoding: 'utf8' });
}
