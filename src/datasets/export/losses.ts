/** Counts what an export could not carry over as it is, so that nothing is dropped in silence. */

/** One kind of loss or change, with the number of rows that it touches. */
export interface Loss {
  readonly what: string;
  readonly rows: number;
}

/** A growing list of losses. */
export interface LossLog {
  /** Counts one row. */
  add(what: string): void;
  /** States something of the whole run. */
  say(what: string): void;
  /** In the order in which they were first met. */
  list(): readonly Loss[];
}

export function createLossLog(): LossLog {
  const losses = new Map<string, number>();
  return {
    add: (what) => void losses.set(what, (losses.get(what) ?? 0) + 1),
    say: (what) => void losses.set(what, losses.get(what) ?? 0),
    list: () => [...losses].map(([what, rows]) => ({ what, rows })),
  };
}

/**
 * A loss as a sentence.
 *
 * @example lossText({ what: 'input is missing and written as an empty text', rows: 3 }) // '... (3 rows)'
 */
export function lossText({ what, rows }: Loss): string {
  return rows === 0 ? what : `${what} (${rows} ${rows === 1 ? 'row' : 'rows'})`;
}
