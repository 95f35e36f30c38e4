/** The table of near-duplicates. */

import { ms, resultsOf, table } from './figures.ts';

interface JoinRow {
  readonly key: string;
  readonly wallMs?: number;
  readonly cpuMs?: number;
  readonly peakMb?: number;
  readonly mbPerSecond?: number;
}

/** Joins by task, each program on a row of its own; ratios are of CPU time, ours over the peer's. */
function joins(): string {
  const rows = resultsOf<JoinRow>('near-duplicates').filter(({ cpuMs, peakMb }) => cpuMs && peakMb);
  const ours = new Map(
    rows.flatMap(({ key, cpuMs }) => (key.endsWith(': slicewise') ? [[key.split(': ')[0], cpuMs!]] : [])),
  );
  return table(
    ['task', 'program', 'CPU', 'peak memory', 'ours / theirs'],
    rows.map(({ key, cpuMs, peakMb }) => {
      const [task = '', program = ''] = key.split(': ');
      const mine = ours.get(task);
      const ratio = program === 'slicewise' || mine === undefined ? '' : (Number(mine) / cpuMs!).toFixed(2);
      return [task, program, ms(cpuMs!), `${peakMb!.toFixed(0)} MB`, ratio];
    }),
  );
}

interface ThreadsRow {
  readonly key: string;
  readonly wallMs: number;
  readonly callingMs: number;
  readonly allMs: number;
  readonly load: number;
  readonly peakMb: number;
}

/** One thread and two in turn, with how much sooner two end. */
function threads(): string {
  const runs = new Map<string, ThreadsRow[]>();
  for (const row of resultsOf<ThreadsRow>('near-duplicates')) {
    const run = /, run (\d+)$/.exec(row.key)?.[1];
    if (run !== undefined) runs.set(run, [...(runs.get(run) ?? []), row]);
  }
  return table(
    [
      'run',
      'threads',
      'wall clock',
      'CPU of the calling thread',
      'of all threads',
      'peak memory',
      'load',
      'ratio',
    ],
    [...runs].flatMap(([run, rows]) =>
      rows.map(({ key, wallMs, callingMs, allMs, load, peakMb }, i) => [
        run,
        /(\d+) threads/.exec(key)?.[1] ?? '',
        ms(wallMs),
        ms(callingMs),
        ms(allMs),
        `${peakMb} MB`,
        `${load}`,
        i === 0 ? '' : (rows[0]!.wallMs / wallMs).toFixed(2),
      ]),
    ),
  );
}

/** Tables by the name of their marks. */
export const OVERLAP_FIGURES: Readonly<Record<string, () => string>> = {
  'near duplicates': joins,
  'near duplicates, threads': threads,
};
