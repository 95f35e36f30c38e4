/** First pass over the logs: which rows can be drawn, with their names and strata; no text is kept but for distances. */

import {
  type Cell,
  createProblemLog,
  foundText,
  parseDecimal,
  passValue,
  type ResultChunk,
} from '../../cases/index.ts';
import { isDerivedName } from '../../derived/index.ts';
import { type CaseAttribute, crossValue, type Expression, evaluate } from '../../slices/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import { readConversation } from '../../text/index.ts';
import { cellAt, recordChunks } from '../logs/record-chunks.ts';
import { entropyAt } from './entropy.ts';
import type { ExistingCases } from './existing-cases.ts';
import { contentNumber, nameRows, textHash } from './row-identity.ts';
import { stratumParts } from './stratum.ts';
import { createTextPool, type TextPool } from './text-pool.ts';

/** Which columns matter. */
export interface PopulationColumns {
  /** Slice keys, all of which a row needs. */
  readonly by: readonly { readonly name: string; readonly column: string }[];
  readonly where: Expression | null;
  readonly label: string | null;
  readonly probabilities: string | null;
  /** A column of scores for Neyman. */
  readonly spread: string | null;
  readonly wantsTexts: boolean;
  /** Rows without an input cannot become cases. */
  readonly needsInput: boolean;
  /** All columns that are looked at, for derived ones. */
  readonly wanted: readonly string[];
}

/** Rows that can be drawn, by position. */
export interface Population {
  readonly names: readonly string[];
  /** Number of the row in reading order, from 0. */
  readonly ordinals: readonly number[];
  /** `contentNumber` of the row. */
  readonly contents: readonly number[];
  readonly strata: readonly StratumFacts[];
  readonly stratum: readonly number[];
  readonly labels: readonly string[];
  /** Position in `labels`, -1 without a label. */
  readonly label: readonly number[];
  /** Bits; NaN where the row has no probabilities. Empty where nobody asked. */
  readonly entropy: readonly number[];
  /** Positions whose texts were kept, and the texts. */
  readonly texts: ReadonlyMap<number, string>;
  readonly counts: PopulationCounts;
}

/** What became of the rows of the logs; the parts add up to `rows`. */
export interface PopulationCounts {
  readonly rows: number;
  readonly outside: number;
  /** The predicate is neither true nor false, because a column is missing. */
  readonly unknown: number;
  readonly missingKey: number;
  readonly missingInput: number;
  readonly repeated: number;
  readonly existing: number;
  readonly available: number;
}

/** One stratum. */
export interface StratumFacts {
  readonly key: string;
  readonly slices: Readonly<Record<string, string>>;
  /** Rows of the logs, those in the eval set too. */
  rows: number;
  available: number;
  scored: number;
  score: number;
  squares: number;
}

interface Found {
  readonly ids: (string | null)[];
  readonly contents: number[];
  readonly ordinals: number[];
  readonly stratum: number[];
  readonly label: number[];
  readonly entropy: number[];
  readonly isExisting: boolean[];
  readonly texts: TextPool;
}

/**
 * Reads the logs once.
 *
 * @param allowMissing rows without a slice key or input are left out and counted, else they are an error
 * @throws DataError naming every row that lacks the key, and with every problem of the files
 */
export async function readPopulation(
  records: OpenedRecords,
  columns: PopulationColumns,
  existing: ExistingCases,
  excluded: ReadonlySet<string>,
  { allowMissing, seed }: { readonly allowMissing: boolean; readonly seed: number },
): Promise<Population> {
  const log = createProblemLog();
  const strata = new Map<string, StratumFacts & { readonly at: number }>();
  const labels = new Map<string, number>();
  const found: Found = {
    ids: [],
    contents: [],
    ordinals: [],
    stratum: [],
    label: [],
    entropy: [],
    isExisting: [],
    texts: createTextPool(seed),
  };
  const counts = { rows: 0, outside: 0, unknown: 0, missingKey: 0, missingInput: 0 };
  const { caseId, input } = records.mapping;

  function stratumOf(
    chunk: ResultChunk,
    row: number,
    isCounted: boolean,
  ): (StratumFacts & { readonly at: number }) | null {
    const cells = columns.by.map(({ column }) => cellAt(chunk, column, row));
    const parts = stratumParts(cells);
    if (parts === null) {
      const lacking = columns.by.filter((_, at) => cells[at] === null).map(({ name }) => foundText(name));
      if (isCounted) counts.missingKey += 1;
      if (!allowMissing) log.add(lacks(lacking.join(' and '), chunk, row));
      return null;
    }
    if (!isCounted) return null;
    const key = crossValue(parts);
    let stratum = strata.get(key);
    if (stratum === undefined) {
      const slices = Object.fromEntries(columns.by.map(({ name }, at) => [name, parts[at]!]));
      stratum = { key, slices, rows: 0, available: 0, scored: 0, score: 0, squares: 0, at: strata.size };
      strata.set(key, stratum);
    }
    return stratum;
  }

  function isWanted(chunk: ResultChunk, row: number): boolean {
    if (columns.where === null) return true;
    const isIn = evaluate(columns.where, (name) => attribute(chunk, name, row));
    if (isIn === null) counts.unknown += 1;
    else if (!isIn) counts.outside += 1;
    return isIn === true;
  }

  function lacksInput(chunk: ResultChunk, row: number): boolean {
    if (!columns.needsInput || cellAt(chunk, input, row) !== null) return false;
    counts.missingInput += 1;
    if (!allowMissing) log.add(lacks(`input (column ${foundText(input ?? '')})`, chunk, row));
    return true;
  }

  function take(chunk: ResultChunk, row: number, ordinal: number): void {
    if (!isWanted(chunk, row)) return;
    // Both are looked at, so that a row that lacks both is told of both.
    const isLacking = lacksInput(chunk, row);
    const stratum = stratumOf(chunk, row, !isLacking);
    if (stratum === null || isLacking) return;
    const text = cellAt(chunk, input, row);
    const id = cellAt(chunk, caseId, row);
    const idText = typeof id === 'string' ? id : null;
    const content = contentNumber(rowCells(chunk, row));
    stratum.rows += 1;
    addScore(stratum, columns.spread === null ? null : cellAt(chunk, columns.spread, row));
    found.ids.push(idText);
    found.contents.push(content);
    found.ordinals.push(ordinal);
    found.stratum.push(stratum.at);
    found.isExisting.push(
      (idText !== null && existing.ids.has(idText)) ||
        (typeof text === 'string' && existing.inputs.size > 0 && existing.inputs.has(textHash(text))),
    );
    if (columns.label !== null) found.label.push(labelOf(cellAt(chunk, columns.label, row), labels));
    if (columns.probabilities !== null) found.entropy.push(entropyAt(chunk, columns.probabilities, row));
    if (columns.wantsTexts && typeof text === 'string') {
      found.texts.add(found.ids.length - 1, idText ?? String(content), readConversation(text)?.text ?? text);
    }
  }

  for await (const chunk of recordChunks(records, columns.wanted, null)) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      take(chunk, row, counts.rows);
      counts.rows += 1;
    }
  }
  if (log.count() > 0) summarize(log, counts.rows, counts.missingKey + counts.missingInput);
  return assemble(found, [...strata.values()], [...labels.keys()], counts, excluded);
}

/** Leaves out what is repeated, in the eval set, or drawn before. */
function assemble(
  found: Found,
  strata: readonly StratumFacts[],
  labels: readonly string[],
  counts: Omit<PopulationCounts, 'repeated' | 'existing' | 'available'>,
  excluded: ReadonlySet<string>,
): Population {
  const { names, repeated } = nameRows(found.ids, found.contents);
  const isDrawn = (row: number): boolean =>
    found.isExisting[row]! || excluded.has(names[row]!) || excluded.has(found.ids[row] ?? '');
  const kept: number[] = [];
  let existing = 0;
  names.forEach((name, row) => {
    const stratum = strata[found.stratum[row]!]!;
    if (name === null) stratum.rows -= 1;
    else if (isDrawn(row)) existing += 1;
    else {
      kept.push(row);
      stratum.available += 1;
    }
  });
  const pick = <T>(values: readonly T[]): readonly T[] =>
    values.length === 0 ? [] : kept.map((row) => values[row]!);
  return {
    names: pick(names) as readonly string[],
    ordinals: pick(found.ordinals),
    contents: pick(found.contents),
    strata,
    stratum: pick(found.stratum),
    labels,
    label: pick(found.label),
    entropy: pick(found.entropy),
    texts: found.texts.at(kept),
    counts: { ...counts, repeated, existing, available: kept.length },
  };
}

/** Position of a label, -1 without one. */
function labelOf(cell: Cell, labels: Map<string, number>): number {
  if (cell === null) return -1;
  const name = typeof cell === 'string' ? cell : cell.join(', ');
  const at = labels.get(name) ?? labels.size;
  labels.set(name, at);
  return at;
}

function attribute(chunk: ResultChunk, column: string, row: number): CaseAttribute {
  const cell = chunk.attributes.get(column)?.[row] ?? null;
  return cell === null ? { state: 'missing' } : { state: 'value', cell };
}

/** What the file says of a row. */
export function* rowCells(
  { attributes }: Pick<ResultChunk, 'attributes'>,
  row: number,
): Generator<readonly [string, Cell]> {
  for (const [name, cells] of attributes) if (!isDerivedName(name)) yield [name, cells[row] ?? null];
}

function addScore(stratum: StratumFacts, cell: Cell): void {
  if (typeof cell !== 'string') return;
  const value = passValue(cell) ?? parseDecimal(cell);
  if (value === null) return;
  stratum.scored += 1;
  stratum.score += value;
  stratum.squares += value * value;
}

function lacks(what: string, { file, lines }: ResultChunk, row: number) {
  return { message: `the row has no ${what}`, where: { file, line: lines[row]! } };
}

/** Throws the rows that lack something, with their number first. */
function summarize(log: ReturnType<typeof createProblemLog>, rows: number, lacking: number): never {
  const all = createProblemLog();
  all.add({
    message: `${lacking} of ${rows} rows lack what a case needs`,
    hint: 'map the column (--map), or leave these rows out with --allow-missing, which counts them',
  });
  log.moveTo(all);
  all.throwIfAny();
  throw new Error('unreachable');
}
