/** What a command other than the gate says to people, before it has a format: labelled lines, tables and notes. */

/** A column of a table; the first column of a table holds names and is cut where a line is too narrow. */
export interface PageColumn {
  readonly header: string;
  readonly align: 'left' | 'right';
}

/** Rows of text, already spelled. */
export interface PageTable {
  readonly title: string | null;
  readonly columns: readonly PageColumn[];
  /** Names are foreign text; every other cell is ours. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that a screenful leaves out unless all are asked for. */
  readonly most: number;
}

/** One thing at length: a heading and labelled lines, of which any may hold foreign text. */
export interface PageSection {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  /** Left out of a screenful unless all are asked for. */
  readonly isMore?: boolean;
}

/** One page. */
export interface Page {
  /** The answers, each with a short label. */
  readonly answers: readonly { readonly label: string; readonly text: string }[];
  readonly tables: readonly PageTable[];
  /** After the answers, before the tables. */
  readonly sections?: readonly PageSection[];
  /** Lines to copy as they are, after the tables. */
  readonly paste?: readonly string[];
  /** Sentences below, in order. */
  readonly notes: readonly string[];
}

/** A table of unrounded values; null is an empty cell. */
export type CsvTable = readonly (readonly (string | number | boolean | null)[])[];

/** A share as a percentage without sign: `2.1`. */
export function percentText(share: number, digits = 1): string {
  return (share * 100).toFixed(digits);
}
