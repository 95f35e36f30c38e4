/** Reads training data, old and new, for the share of every gated slice in it. */

import type { RowChunk } from '../cases/index.ts';
import type { Config } from '../config/index.ts';
import type { TrainingMix } from '../gate/index.ts';
import { trainingKey } from '../gate/index.ts';
import type { Scope, ScopedGrouping } from '../scope/index.ts';
import { evaluateGrouping, groupingColumns } from '../slices/index.ts';
import { openRecords } from '../sources/index.ts';
import { wilsonInterval } from '../stats/index.ts';
import type { Ports } from './ports.ts';
import type { RowListener } from './row-listener.ts';

/** Shares by slice, and what could not be read from the training data. */
export interface TrainingShares {
  readonly training: ReadonlyMap<string, TrainingMix>;
  readonly notes: readonly string[];
}

/** Rows of one side by slice key. */
export interface SideCounts {
  readonly rows: number;
  readonly slices: ReadonlyMap<string, number>;
  /** Groupings whose columns the files have. */
  readonly known: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Counts the rows of one side while they are read. */
export interface MixCounter {
  readonly listen: RowListener;
  counts(): SideCounts;
}

/**
 * The mix before and after. Rows are counted, not cases; a row without the key counts in the total and has a note. Nothing is
 * concluded from a changed mix: it stands beside the delta for people to see.
 *
 * @param train the new training data, which other parts of a gate read as well
 * @throws DataError with every problem of the files
 */
export async function trainingShares(
  { inputs, policy }: Config,
  scope: Pick<Scope, 'groupings'>,
  train: { mix(): Promise<SideCounts | null> },
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<TrainingShares> {
  const before = await oldMix(inputs.trainBaseline, gatedDimensions(scope), ports);
  const after = await train.mix();
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

/** The gated groupings that cut the rows at all. */
export function gatedDimensions({ groupings }: Pick<Scope, 'groupings'>): readonly ScopedGrouping[] {
  return groupings.filter(({ role, grouping }) => role === 'gated' && grouping.kind !== 'all');
}

async function oldMix(
  files: readonly string[],
  gated: readonly ScopedGrouping[],
  { cwd, progress }: Pick<Ports, 'cwd' | 'progress'>,
): Promise<SideCounts | null> {
  if (files.length === 0 || gated.length === 0) return null;
  progress('reading training data');
  const records = await openRecords({ files, mapping: {}, cwd });
  const counter = countMix('old', gated);
  const add = counter.listen(records);
  for await (const chunk of records.rows()) add(chunk);
  return counter.counts();
}

/** A counter of rows by the slices of groupings. */
export function countMix(name: 'old' | 'new', gated: readonly ScopedGrouping[]): MixCounter {
  // Values are counted per grouping and become keys once, since a key costs more than a count and rows come by the million.
  let readable: readonly (ScopedGrouping & { readonly counts: Map<string, number> })[] = [];
  const missing = new Map<string, number>();
  let rows = 0;
  const add = (chunk: RowChunk): void => {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      rows += 1;
      for (const { grouping, dimension, counts } of readable) {
        const { state, values } = evaluateGrouping(grouping, (column) => {
          const cell = chunk.columns.get(column)?.[row] ?? null;
          return cell === null || cell === '' ? { state: 'missing' } : { state: 'value', cell };
        });
        if (state === 'missing') missing.set(dimension, (missing.get(dimension) ?? 0) + 1);
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  };
  return {
    listen: ({ columns }) => {
      const known = new Set(columns);
      readable = gated
        .filter(({ grouping }) => groupingColumns(grouping).every((column) => known.has(column)))
        .map((one) => ({ ...one, counts: new Map<string, number>() }));
      return add;
    },
    counts: () => {
      const known = new Set(readable.map(({ grouping }) => grouping.id));
      const lacking = gated
        .filter(({ grouping }) => !known.has(grouping.id))
        .map(({ dimension }) => dimension);
      return {
        ...{ rows, known },
        slices: new Map(
          readable.flatMap(({ grouping, counts }) =>
            [...counts].map(
              ([value, count]) =>
                [trainingKey({ grouping: grouping.id, state: 'value', value }), count] as const,
            ),
          ),
        ),
        notes: [
          ...(lacking.length === 0
            ? []
            : [`the ${name} training data have no column for ${lacking.join(', ')}`]),
          ...[...missing].map(
            ([dimension, count]) =>
              `${count} of ${rows} rows of the ${name} training data have no ${dimension}`,
          ),
        ],
      };
    },
  };
}

function groupingOf(key: string): string {
  return (JSON.parse(key) as readonly [string])[0];
}
