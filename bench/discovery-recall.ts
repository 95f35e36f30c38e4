/**
 * How often slice discovery finds and confirms a slice that is there: one of 1 to 3 conditions, planted among 12 dimensions. Found
 * is a confirmed slice of the same cases, or of nearly the same (Jaccard overlap of at least .8).
 *
 *   node bench/discovery-recall.ts [--runs 40] [--modes worst,regressed] [--tables 2000,10000] [--order sliceline] [--seed 20260101]
 */

import { parseArgs } from 'node:util';
import { EMPTY_CONFIG } from '../src/config/index.ts';
import { rowsOfSlice, type SearchMode, type SearchTable, type SliceOrder } from '../src/discovery/index.ts';
import { createRandom, type Random } from '../src/stats/index.ts';
import { findByHalves } from '../src/studies/discover/find-by-halves.ts';
import { findInAll } from '../src/studies/discover/find-in-all.ts';
import { DISCOVER_DEFAULTS, type DiscoverRequest } from '../src/studies/discover/request.ts';
import { inHalves, madeTable } from './discovery-data.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

const ALPHA = 0.05;
const COLUMNS = 12;

/** Error rate of all other cases; half of the answers are drawn anew in the new run, which flips about one case in ten. */
const BASE = { error: 0.12, redrawn: 0.5 } as const;

const LEVELS = [1, 2, 3];
const DROPS = [0.1, 0.15, 0.2, 0.3];
const SIZES = [50, 100, 200, 500];

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '40' },
    modes: { type: 'string', default: 'worst,regressed' },
    tables: { type: 'string', default: '2000,10000' },
    order: { type: 'string', default: 'sliceline' },
    seed: { type: 'string', default: '20260101' },
  },
});
const runs = Number(flags.runs);
const seed = Number(flags.seed);

/** One planted slice. */
interface Plan {
  readonly rows: number;
  readonly level: number;
  readonly size: number;
  readonly drop: number;
}

interface Planted {
  readonly table: SearchTable;
  /** 1 for the cases of the slice. */
  readonly inside: Uint8Array;
}

const REQUEST: DiscoverRequest = {
  ...DISCOVER_DEFAULTS,
  config: EMPTY_CONFIG,
  order: flags.order as SliceOrder,
};

for (const mode of flags.modes.split(',') as SearchMode[]) {
  for (const rows of flags.tables.split(',').map(Number)) {
    for (const level of LEVELS) {
      const measured = [];
      for (const size of SIZES) {
        for (const drop of DROPS) {
          const cell = await recall({ rows, level, size, drop }, mode, REQUEST);
          measured.push({
            key: `${mode}, ${rows} cases, level ${level}, size ${size}, drop ${100 * drop}`,
            ...cell,
          });
        }
      }
      console.log(`${mode}, ${rows} cases, level ${level}: ${measured.map(({ found }) => found).join(' ')}`);
      keep('discovery-recall', measured);
    }
  }
  const all = { ...REQUEST, search: 'all', correction: 'bh' } as const;
  const key = `${mode}, 2000 cases, level 2, size 200, drop 20, all cases, bh`;
  const row = { key, ...(await recall({ rows: 2000, level: 2, size: 200, drop: 0.2 }, mode, all)) };
  console.log(JSON.stringify(row));
  keep('discovery-recall', [row]);
}

function keep<Row extends { readonly key: string }>(name: string, rows: readonly Row[]): void {
  if (runs < 40 || flags.order !== 'sliceline') return;
  keepResults(name, { script: 'bench/discovery-recall.ts', seed, runs, machine: machine() }, rows);
}

/** Share of the runs that found the slice; of what was confirmed, the mean share that is no worse than the rest. */
async function recall(plan: Plan, mode: SearchMode, request: DiscoverRequest) {
  const minCases = Math.max(20, Math.floor(plan.rows / 100));
  const sums = { found: 0, exact: 0, falseShare: 0, anyFalse: 0 };
  for (let run = 0; run < runs; run++) {
    const random = createRandom(seed + 97 * plan.level + plan.size, run);
    const { table, inside } = plant(plan, random);
    const search = request.search === 'all' ? findInAll : findByHalves;
    const { slices } = await search(inHalves(table, random), mode, ALPHA, minCases, request);
    const confirmed = slices
      .filter(({ state }) => state === 'confirmed')
      .map(({ items }) => rowsOfSlice(table, items));
    const overlaps = confirmed.map((rows) => overlapOf(rows, inside).jaccard);
    const wrong = confirmed.filter((rows) => isFalse(rows, inside, mode)).length;
    if (overlaps.some((overlap) => overlap >= 0.8)) sums.found += 1;
    if (overlaps.includes(1)) sums.exact += 1;
    if (wrong > 0) sums.anyFalse += 1;
    sums.falseShare += wrong / Math.max(1, confirmed.length);
  }
  const share = (sum: number) => Number((sum / runs).toFixed(4));
  return {
    searched: plan.size >= minCases,
    found: share(sums.found),
    exact: share(sums.exact),
    falseShare: share(sums.falseShare),
    anyFalse: share(sums.anyFalse),
  };
}

/** A table in which exactly `size` cases have all conditions and fail more often in the new run. */
function plant({ rows, level, size, drop }: Plan, random: Random): Planted {
  const inside = new Uint8Array(rows);
  for (let left = size; left > 0; ) {
    const row = random.nextBelow(rows);
    if (inside[row] === 0) left -= 1;
    inside[row] = 1;
  }
  const old = Uint8Array.from({ length: rows }, () => (random.nextFloat() < BASE.error ? 1 : 0));
  const more = drop / (1 - BASE.error);
  const table = madeTable(rows, COLUMNS, random, (_columns, row) => {
    const kept = random.nextFloat() < BASE.redrawn ? BASE.error : old[row]!;
    return [kept + (1 - kept) * more * inside[row]!, old[row]!];
  });
  // Columns 3 to 5 have five to seven values; their second value becomes the condition.
  const conditions = Array.from({ length: level }, (_, i) => table.columns[3 + i]!.codes);
  for (let row = 0; row < rows; row++) {
    if (inside[row] === 1) for (const codes of conditions) codes[row] = 2;
    else if (conditions.every((codes) => codes[row] === 2)) conditions[random.nextBelow(level)]![row] = 3;
  }
  return { table, inside };
}

function overlapOf(rows: Uint8Array, inside: Uint8Array) {
  let [both, either, cases, planted] = [0, 0, 0, 0];
  rows.forEach((member, row) => {
    cases += member;
    planted += inside[row]!;
    both += member & inside[row]!;
    either += member | inside[row]!;
  });
  return { jaccard: both / either, both, cases, planted };
}

/** Whether a slice is in truth no worse than the other cases; for `regressed`, whether nothing in it got worse. */
function isFalse(rows: Uint8Array, inside: Uint8Array, mode: SearchMode): boolean {
  const { both, cases, planted } = overlapOf(rows, inside);
  if (mode === 'regressed') return both === 0;
  return both / cases <= (planted - both) / (rows.length - cases);
}
