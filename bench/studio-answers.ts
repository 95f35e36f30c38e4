/**
 * How long the studio takes for its heavier answers, and how long others wait meanwhile: a filter while slices are searched for, the
 * status while very many slices are gated.
 *
 *   npm run build && node bench/studio-answers.ts [--only explore,cases,slices,policy,columns] [--cases 1000000]
 */

import { parseArgs } from 'node:util';
import { largeComparison } from '../test/browser/million.ts';
import { type RunningStudio, startStudio } from '../test/browser/studio.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';
import { type HardComparison, manyColumns, manySlices } from './studio-answers-data.ts';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string', default: 'explore,cases,slices,policy,columns' },
    cases: { type: 'string', default: '1000000' },
  },
});

/** One measured answer. */
interface Row {
  readonly key: string;
  readonly what: string;
  /** Until it was there. */
  readonly tookMs: number;
  /** What others asked meanwhile, how often, and how long the middle and the longest of them waited. */
  readonly meanwhile: string;
  readonly asked: number;
  readonly waitP50: number;
  readonly waitMax: number;
}

const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  explore: () => explore(Number(flags.cases)),
  cases: () => caseLists(Number(flags.cases)),
  slices: () => opening('gate over 100,000 slices', manySlices(1_000_000, 100_000)),
  policy,
  columns: () => opening('gate on a CSV of 5,000 columns', manyColumns(1_000, 5_000)),
};

type Ask = () => Promise<unknown>;

/** A search among a million cases with texts goes on for minutes; filters are asked at its beginning. */
const MOST_SEARCH_MS = 20_000;

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

async function timed(ask: Ask): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

/** Does `work` and asks something else all the while, with short rests. */
async function beside(key: string, what: string, work: Ask, meanwhile: string, other: Ask): Promise<Row> {
  let isDone = false;
  const waits: number[] = [];
  const asking = (async () => {
    while (!isDone) {
      waits.push(await timed(other));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const tookMs = await timed(work);
  isDone = true;
  await asking;
  waits.sort((a, b) => a - b);
  const [middle, longest] = [waits[Math.floor(waits.length / 2)]!, waits.at(-1)!];
  const row = {
    ...{ key, what, tookMs: round(tookMs), meanwhile, asked: waits.length },
    ...{ waitP50: round(middle), waitMax: round(longest) },
  };
  console.log(JSON.stringify(row));
  // At once: what a later answer does must not lose the figures before it.
  keepResults('studio-answers', { script: 'bench/studio-answers.ts', machine: machine() }, [row]);
  return row;
}

async function answered(studio: RunningStudio, endpoint: string, params: unknown): Promise<never> {
  const { status, body } = await studio.ask(endpoint, params);
  if (status !== 200) throw new Error(`${endpoint}: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function explore(cases: number): Promise<readonly Row[]> {
  const { folder } = await largeComparison(cases);
  const studio = await startStudio(['old.parquet', 'new.parquet', '--slice', 'segment'], { cwd: folder });
  const scope = { metric: null, where: null, depth: 'all' };
  const of = `${cases} cases: `;
  try {
    const { dimensions } = (await answered(studio, 'explore-dimensions', scope)) as {
      readonly dimensions: readonly {
        readonly id: string;
        readonly values: readonly { readonly key: string }[];
      }[];
    };
    const counts = (filter: readonly unknown[]) =>
      answered(studio, 'explore-counts', { ...scope, show: 'delta', filter });
    await counts([]);
    let turn = 0;
    const filter = () => {
      const { id, values } = dimensions[1 + (turn % 3)]!;
      turn += 1;
      return counts([{ dimension: id, values: [values[turn % values.length]!.key] }]);
    };
    const search = async () => {
      const until = performance.now() + MOST_SEARCH_MS;
      let found = await answered(studio, 'explore-found', { ...scope, start: true });
      while ((found as { readonly state: string }).state === 'running' && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        found = await answered(studio, 'explore-found', { ...scope, start: false });
      }
    };
    const rest = () => new Promise((resolve) => setTimeout(resolve, 2000));
    const besides = (what: string, work: Ask) => beside(of + what, what, work, 'filters', filter);
    return [
      await besides('nothing else', rest),
      await besides('error tree', () => answered(studio, 'explore-tree', scope)),
      await besides('associations', () => answered(studio, 'explore-associations', scope)),
      await besides('map of inputs', () => answered(studio, 'explore-map', { ...scope, filter: [] })),
      await besides(`found slices, the first ${MOST_SEARCH_MS / 1000} s at most`, search),
    ];
  } finally {
    await studio.close();
  }
}

async function caseLists(cases: number): Promise<readonly Row[]> {
  const { folder, args } = await largeComparison(cases);
  const studio = await startStudio(args, { cwd: folder });
  const plain = { where: '', slice: '', within: [], classes: [], errors: false, search: '', ids: [] };
  const page = { ...plain, order: 'drop', metric: '', offset: 0, limit: 100 };
  const list = (change: object) => () => answered(studio, 'cases', { ...page, ...change });
  const status = () => studio.ask('status');
  const asks: readonly (readonly [string, Ask])[] = [
    ['first page', list({})],
    ['search for a word', list({ search: 'refund' })],
    ['search for another', list({ search: 'voucher' })],
    ['search for two words', list({ search: 'cancel voucher' })],
    ['predicate on a number', list({ where: 'length > 4000' })],
    ['another', list({ where: 'length < 60' })],
    ['order by a number', list({ order: 'column:length' })],
    ['order by another', list({ order: 'column:latency_ms' })],
    ['predicate on a time', list({ where: "created_at > '2026-05-01'" })],
    [
      'nearest cases',
      () =>
        answered(studio, 'case-neighbours', {
          ref: `case-${'4'.padStart(String(cases - 1).length, '0')}`,
          metric: '',
        }),
    ],
    [
      'nearest of another',
      () =>
        answered(studio, 'case-neighbours', {
          ref: `case-${'5'.padStart(String(cases - 1).length, '0')}`,
          metric: '',
        }),
    ],
  ];
  const rows: Row[] = [];
  try {
    for (const [what, ask] of asks)
      rows.push(await beside(`${cases} cases: ${what}`, what, ask, 'status', status));
  } finally {
    await studio.close();
  }
  return rows;
}

/** From the start of the command until the release is judged. */
async function opening(what: string, made: Promise<HardComparison>): Promise<readonly Row[]> {
  const { folder, args } = await made;
  const studio = await startStudio(args, { cwd: folder, early: true });
  const status = () => studio.ask('status');
  const ready = async () => {
    for (;;) {
      const { body } = await status();
      const { state } = body as { readonly state: string };
      if (state === 'ready') return;
      if (state === 'failed') throw new Error(JSON.stringify(body));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  try {
    const row = await beside(what, what, ready, 'status', status);
    const pages: Row[] = [];
    for (const endpoint of ['release', 'slices'] as const) {
      const own = `${what}: ${endpoint}`;
      pages.push(await beside(own, endpoint, () => answered(studio, endpoint, {}), 'status', status));
    }
    return [row, ...pages];
  } finally {
    await studio.close();
  }
}

async function policy(): Promise<readonly Row[]> {
  const { folder, args } = await manySlices(200_000, 1_000);
  const studio = await startStudio(args, { cwd: folder });
  const status = () => studio.ask('status');
  try {
    const { setting } = (await answered(studio, 'policy', {})) as { readonly setting: object };
    const trial = (change: object, releases: number) => () =>
      answered(studio, 'policy-trial', { ...setting, ...change, releases, drop: 0.15 });
    const what = (releases: number) => `policy tuner, 1,000 slices: ${releases} releases`;
    const rows: Row[] = [];
    for (const [margin, releases] of [
      [0.04, 100],
      [0.05, 1000],
    ] as const) {
      rows.push(await beside(what(releases), what(releases), trial({ margin }, releases), 'status', status));
    }
    return rows;
  } finally {
    await studio.close();
  }
}

for (const part of flags.only.split(',')) {
  await PARTS[part]!();
}
