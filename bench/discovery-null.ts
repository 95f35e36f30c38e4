/**
 * How often slice discovery confirms a slice where there is none: the outcomes of real and made tables are dealt to other cases
 * (for "got worse" the two runs are swapped by a coin), and the search runs as `slicewise discover` runs it.
 *
 *   node bench/discovery-null.ts [--runs 400] [--only bbh,adult,made,all] [--rows 8000] [--modes worst,regressed] [--seed 20260101]
 */

import { parseArgs } from 'node:util';
import { EMPTY_CONFIG } from '../src/config/index.ts';
import type { SearchMode, SearchTable } from '../src/discovery/index.ts';
import { createRandom, type Random } from '../src/stats/index.ts';
import { findByHalves } from '../src/studies/discover/find-by-halves.ts';
import { findInAll } from '../src/studies/discover/find-in-all.ts';
import { DISCOVER_DEFAULTS, type DiscoverRequest } from '../src/studies/discover/request.ts';
import { dealt, inHalves, madeTable, realTable, swapped } from './discovery-data.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';
import { holds, type Share, shareOf } from './simulation/share.ts';

const ALPHA = 0.05;

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '400' },
    only: { type: 'string', default: 'bbh,adult,made,all' },
    rows: { type: 'string', default: '8000' },
    joint: { type: 'string', default: '200' },
    modes: { type: 'string', default: 'worst,regressed' },
    seed: { type: 'string', default: '20260101' },
  },
});
const runs = Number(flags.runs);
const seed = Number(flags.seed);
const about = { script: 'bench/discovery-null.ts', seed, machine: machine() };

interface Row {
  readonly key: string;
  readonly confirmed: Share;
  /** Slices counted or excluded by bounds, and slices tested: means over the runs. */
  readonly enumerated: number;
  readonly tested: number;
  readonly secondsPerRun: number;
}

/** One way to search. */
interface Procedure {
  readonly name: string;
  readonly mode: SearchMode;
  readonly request: DiscoverRequest;
}

/** What is searched in each run. */
type World = (random: Random) => SearchTable;

const request = (options: Partial<DiscoverRequest>): DiscoverRequest => ({
  ...DISCOVER_DEFAULTS,
  config: EMPTY_CONFIG,
  ...options,
});

const HALVES: readonly Procedure[] = (flags.modes.split(',') as SearchMode[]).flatMap((mode) => [
  { name: `${mode}, halves`, mode, request: request({}) },
  { name: `${mode}, cross-fit`, mode, request: request({ search: 'cross-fit' }) },
]);

const ALL: readonly Procedure[] = (['holm', 'level', 'tarone', 'bh', 'by', 'joint'] as const).flatMap(
  (correction) =>
    (flags.modes.split(',') as SearchMode[]).map((mode) => ({
      name: `${mode}, all cases, ${correction}`,
      mode,
      request: request({ search: 'all', correction, level: correction === 'joint' ? 2 : 3 }),
    })),
);

for (const name of flags.only.split(',')) {
  const world = worldOf(name);
  if (world === null) console.log(`${name}: the data is absent`);
  else {
    for (const procedure of name === 'all' ? ALL : HALVES) {
      const row = await simulate(world.title, world.draw, procedure);
      console.log(`${holds(row.confirmed, ALPHA) ? 'holds ' : 'BROKEN'} ${JSON.stringify(row)}`);
      if (runs >= 400) keepResults('discovery-null', about, [row]);
    }
  }
}

function worldOf(name: string): { readonly title: string; readonly draw: World } | null {
  if (name === 'bbh' || name === 'adult') {
    const table = realTable(name, Number(flags.rows), createRandom(seed));
    return table && { title: titleOf(name, table), draw: () => table };
  }
  const [rows, columns] = name === 'made' ? [2000, 30] : [1000, 8];
  const draw = (random: Random) => madeTable(rows, columns, random, () => [0.15, 0.15]);
  return { title: titleOf('made', draw(createRandom(seed))), draw };
}

function titleOf(name: string, { rows, columns }: SearchTable): string {
  return `${name}, ${rows} cases, ${columns.length} dimensions`;
}

async function simulate(title: string, draw: World, { name, mode, request }: Procedure): Promise<Row> {
  const { correction } = request;
  const of = correction === 'joint' ? Math.min(runs, Number(flags.joint)) : runs;
  const started = performance.now();
  const sums = { confirmed: 0, enumerated: 0, tested: 0 };
  for (let run = 0; run < of; run++) {
    const random = createRandom(seed + 1, run);
    const table = (mode === 'worst' ? dealt : swapped)(draw(random), random);
    const minCases = Math.max(20, Math.floor(table.rows / 100));
    const search = request.search === 'all' ? findInAll : findByHalves;
    const found = await search(inHalves(table, random), mode, ALPHA, minCases, request);
    sums.confirmed += found.slices.some(({ state }) => state === 'confirmed') ? 1 : 0;
    sums.tested += found.tested;
    sums.enumerated += found.levels.reduce((sum, { counted, pruned }) => sum + counted + pruned, 0);
  }
  return {
    key: `${title}: ${name}`,
    confirmed: shareOf(sums.confirmed, of),
    enumerated: Math.round(sums.enumerated / of),
    tested: Math.round(sums.tested / of),
    secondsPerRun: Number(((performance.now() - started) / 1000 / of).toFixed(3)),
  };
}
