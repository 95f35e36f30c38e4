/** One pass over the training data: what every part of a gate wants of its rows is collected while whoever comes first reads them. */

import type { Config } from '../config/index.ts';
import { labelOfCell } from '../derived/index.ts';
import { DataError } from '../errors.ts';
import type { Scope } from '../scope/index.ts';
import { openRecords } from '../sources/index.ts';
import type { Ports } from './ports.ts';
import type { RowListener } from './row-listener.ts';
import { countMix, gatedDimensions, type SideCounts } from './training-mix.ts';

/** A training row to learn from. */
export interface TrainingRow {
  readonly text: string | null;
  readonly label: string;
}

/** The training data of the new version. */
export interface TrainingPass {
  /** Must hear every row of the one pass where somebody else makes it. */
  readonly listen: RowListener;
  /** Rows by slice; null where no training data is named, or nothing is gated by it. Reads only where nobody has. */
  mix(): Promise<SideCounts | null>;
  /** Rows with a label, whose column is named as in the results or has a usual name; none where no training data is named. */
  labelled(): Promise<readonly TrainingRow[]>;
}

/**
 * @param expected what the results call the true label
 * @throws DataError from `mix` and `labelled` with every problem of the files, and from the latter where texts or labels have no column
 */
export function trainingPass(
  config: Pick<Config, 'inputs' | 'baselines'>,
  scope: Pick<Scope, 'groupings'>,
  ports: Pick<Ports, 'cwd' | 'progress'>,
  expected: string | undefined,
): TrainingPass {
  const files = config.inputs.train;
  const gated = gatedDimensions(scope);
  const mix = files.length > 0 && gated.length > 0 ? countMix('new', gated) : null;
  const learnt = (config.baselines?.simple.length ?? 0) > 0 ? collectLabelled(expected) : null;
  let isRead = false;
  const listen: RowListener = (opened) => {
    isRead = true;
    const listeners = [mix?.listen, learnt?.listen].flatMap((one) =>
      one === undefined ? [] : [one(opened)],
    );
    return (chunk) => {
      for (const add of listeners) add(chunk);
    };
  };
  const read = async (): Promise<void> => {
    if (isRead) return;
    ports.progress('reading training data');
    const opened = await openRecords({ files, mapping: {}, cwd: ports.cwd });
    const add = listen(opened);
    for await (const chunk of opened.rows()) add(chunk);
  };
  return {
    listen,
    mix: async () => {
      if (mix === null) return null;
      await read();
      return mix.counts();
    },
    labelled: async () => {
      if (files.length === 0 || learnt === null) return [];
      await read();
      return learnt.rows(files);
    },
  };
}

/** Keeps the texts and labels of all rows. */
function collectLabelled(expected: string | undefined) {
  const rows: TrainingRow[] = [];
  let missing: 'label' | 'text' | null = null;
  const listen: RowListener = ({ columns, mapping }) => {
    const column = expected !== undefined && columns.includes(expected) ? expected : mapping.expected;
    const text = mapping.input;
    if (column === undefined || text === undefined) {
      missing = column === undefined ? 'label' : 'text';
      return () => {};
    }
    return (chunk) => {
      chunk.lines.forEach((_, row) => {
        const own = labelOfCell(chunk.columns.get(column)?.[row] ?? null);
        const cell = chunk.columns.get(text)?.[row];
        if (own !== null) rows.push({ label: own, text: typeof cell === 'string' ? cell : null });
      });
    };
  };
  return {
    listen,
    rows: (files: readonly string[]): readonly TrainingRow[] => {
      if (missing === null) return rows;
      throw new DataError({
        message: `${files.join(', ')} has no column that is known as the ${missing}, so no baseline can be fitted`,
        hint: `name the column as the results do, such as ${expected ?? 'expected'}`,
      });
    },
  };
}
