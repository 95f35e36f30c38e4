/** First pass over the rows of both runs: which labels there are. */

import { type ColumnMapping, probabilityColumns, type ResultChunk } from '../../cases/index.ts';
import { labelOfCell, type ProbabilityLabels, probabilityLabels } from './labels.ts';
import { labelSigns } from './read-row.ts';

/** Gathers labels chunk by chunk. */
export interface LabelCollection {
  add(chunk: Pick<ResultChunk, 'attributes' | 'lines'>, mapping: ColumnMapping): void;
  /** The labels of everything that was added; `positive` as the configuration says, null where it does not. */
  labels(positive: string | null): ProbabilityLabels;
}

/** More distinct labels than this are no classification; further ones are passed over. */
const MOST_LABELS = 10_000;

/** A collection over any number of chunks of any number of runs. */
export function collectLabels(): LabelCollection {
  const found = new Set<string>();
  let longestList = 0;
  let column: string | null = null;
  const note = (label: string | null): void => {
    if (label !== null && found.size < MOST_LABELS) found.add(label);
  };
  return {
    add({ attributes, lines }, mapping) {
      for (const role of ['expected', 'predicted'] as const) {
        const name = mapping[role];
        for (const cell of (name === undefined ? undefined : attributes.get(name)) ?? [])
          note(labelOfCell(cell));
      }
      const where = probabilityColumns(mapping, [...attributes.keys()]);
      if (where === null) return;
      if (where.kind === 'columns') {
        for (const label of where.byLabel.keys()) note(label);
        return;
      }
      column = where.column;
      for (let row = 0; row < lines.length; row++) {
        const { names, listed } = labelSigns(where, (name) => attributes.get(name)?.[row] ?? null);
        for (const name of names) note(name);
        longestList = Math.max(longestList, listed);
      }
    },
    labels: (positive) => probabilityLabels(found, column, longestList, positive),
  };
}
