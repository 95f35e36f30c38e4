/** Reads training data, old and new, for the share of every gated slice in it. */

import type { Config } from '../config/index.ts';
import type { TrainingMix } from '../gate/index.ts';
import { trainingKey } from '../gate/index.ts';
import type { Scope, ScopedGrouping } from '../scope/index.ts';
import { evaluateGrouping, groupingColumns } from '../slices/index.ts';
import { openRecords } from '../sources/index.ts';
import { wilsonInterval } from '../stats/index.ts';
import type { Ports } from './ports.ts';

/** Shares by slice, and what could not be read from the training data. */
export interface TrainingShares {
  readonly training: ReadonlyMap<string, TrainingMix>;
  readonly notes: readonly string[];
}

/** Rows of one side by slice key. */
interface SideCounts {
  readonly rows: number;
  readonly slices: ReadonlyMap<string, number>;
  /** Groupings whose columns the files have. */
  readonly known: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/**
 * The mix before and after. Rows are counted, not cases; a row without the key counts in the total and has a note. Nothing is
 * concluded from a changed mix: it stands beside the delta for people to see.
 *
 * @throws DataError with every problem of the files
 */
export async function trainingShares(
  { inputs, policy }: Config,
  { groupings }: Scope,
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<TrainingShares> {
  const gated = groupings.filter(({ role, grouping }) => role === 'gated' && grouping.kind !== 'all');
  if ((inputs.train.length === 0 && inputs.trainBaseline.length === 0) || gated.length === 0) {
    return { training: new Map(), notes: [] };
  }
  ports.progress('reading training data');
  const before = await countSide(inputs.trainBaseline, 'old', gated, ports);
  const after = await countSide(inputs.train, 'new', gated, ports);
  const keys = new Set([...(before?.slices.keys() ?? []), ...(after?.slices.keys() ?? [])]);
  const shareOf = (side: SideCounts | null, key: string) =>
    side?.known.has(groupingOf(key))
      ? wilsonInterval(side.slices.get(key) ?? 0, side.rows, policy.level)
      : null;
  return {
    training: new Map(
      [...keys].map((key) => [key, { baseline: shareOf(before, key), candidate: shareOf(after, key) }]),
    ),
    notes: [...(before?.notes ?? []), ...(after?.notes ?? [])],
  };
}

async function countSide(
  files: readonly string[],
  name: 'old' | 'new',
  gated: readonly ScopedGrouping[],
  { cwd }: Pick<Ports, 'cwd'>,
): Promise<SideCounts | null> {
  if (files.length === 0) return null;
  const records = await openRecords({ files, mapping: {}, cwd });
  const columns = new Set(records.columns);
  const readable = gated.filter(({ grouping }) =>
    groupingColumns(grouping).every((column) => columns.has(column)),
  );
  // Values are counted per grouping and become keys once, since a key costs more than a count and rows come by the million.
  const valuesOf = readable.map(({ grouping, dimension }) => {
    return { grouping, dimension, counts: new Map<string, number>() };
  });
  const missing = new Map<string, number>();
  let rows = 0;
  for await (const chunk of records.rows()) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      rows += 1;
      for (const { grouping, dimension, counts } of valuesOf) {
        const { state, values } = evaluateGrouping(grouping, (column) => {
          const cell = chunk.columns.get(column)?.[row] ?? null;
          return cell === null || cell === '' ? { state: 'missing' } : { state: 'value', cell };
        });
        if (state === 'missing') missing.set(dimension, (missing.get(dimension) ?? 0) + 1);
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  }
  const lacking = gated.filter((one) => !readable.includes(one)).map(({ dimension }) => dimension);
  return {
    rows,
    slices: new Map(
      valuesOf.flatMap(({ grouping, counts }) =>
        [...counts].map(
          ([value, count]) => [trainingKey({ grouping: grouping.id, state: 'value', value }), count] as const,
        ),
      ),
    ),
    known: new Set(readable.map(({ grouping }) => grouping.id)),
    notes: [
      ...(lacking.length === 0 ? [] : [`the ${name} training data have no column for ${lacking.join(', ')}`]),
      ...[...missing].map(
        ([dimension, count]) => `${count} of ${rows} rows of the ${name} training data have no ${dimension}`,
      ),
    ],
  };
}

function groupingOf(key: string): string {
  return (JSON.parse(key) as readonly [string])[0];
}
