/**
 * Speed and memory of reading other tools' files: `slicewise import FILE` as a whole process, on files that are made here, and
 * beside it in the same run what `JSON.parse` alone takes for the texts of the same rows.
 *
 *   npm run build && node bench/import-speed.ts [--megabytes 200] [--rounds 3] [--only jsonl,promptfoo,...]
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rowTexts, type WrittenFile, writeArchive, writeFormat } from './import-files.ts';
import { CLI, type Cost, inTurn, machine, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: 'jsonl,lm-eval,promptfoo,inspect,inspect-archive,otel' },
    parse: { type: 'string' },
  },
});

if (flags.parse !== undefined) {
  const [name, file] = flags.parse.split(',') as [string, string];
  const texts = rowTexts(name, file);
  const started = performance.now();
  let rows = 0;
  for (const text of texts) rows += JSON.parse(text) === null ? 0 : 1;
  console.log(JSON.stringify({ rows, ms: performance.now() - started }));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  try {
    for (const name of flags.only.split(',')) measure(name, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function measure(name: string, folder: string): void {
  const megabytes = Number(flags.megabytes);
  const written: WrittenFile =
    name === 'inspect-archive' ? writeArchive(folder, megabytes) : writeFormat(name, folder, megabytes);
  const script = fileURLToPath(import.meta.url);
  const parsed = name === 'inspect-archive' ? null : `${name},${written.file}`;
  const read = (): Cost =>
    runOnce([CLI, ...commandFor(name, written.file)], [0, 1, 3, 4], String(written.rows));
  const { first, second } =
    parsed === null
      ? inTurn(read, read, Number(flags.rounds))
      : inTurn(read, () => parseCost(script, parsed), Number(flags.rounds));
  const perSecond = (cost: Cost): number => Number(((written.megabytes * 1000) / cost.cpuMs).toFixed(1));
  const row = {
    key: `${name}, ${Math.round(written.megabytes)} MB, ${written.rows} rows`,
    read: first,
    mbPerCpuSecond: perSecond(first),
    parseMbPerCpuSecond: parsed === null ? null : perSecond(second),
  };
  console.log(JSON.stringify(row));
  keepResults('import-speed', { script: 'bench/import-speed.ts', machine: machine() }, [row]);
  rmSync(written.file);
}

/** Plain rows have nothing to import: their own first use is a floor on the pass rate. */
function commandFor(name: string, file: string): readonly string[] {
  return name === 'jsonl' ? ['gate', file, '--floor', '0.5'] : ['import', file];
}

/** What parsing alone takes, without reading the file. */
function parseCost(script: string, parse: string): Cost {
  const started = performance.now();
  const { ms } = JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=8000', script, '--parse', parse], {
      encoding: 'utf8',
    }),
  ) as { readonly ms: number };
  return { wallMs: performance.now() - started, cpuMs: ms, peakMb: 0 };
}
