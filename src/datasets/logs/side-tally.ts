/** Counts the rows of logs, or the cases of an eval set, in one pass: slices, times, topics, scores. */

import { type Cell, isErrorText, parseDecimal, passValue, type ResultChunk } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { timeBucket } from '../../slices/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import { cellAt } from './record-chunks.ts';
import { addRow, emptyFacts, type RowNumbers, type SliceFacts } from './slice-facts.ts';
import { timeText } from './time-text.ts';

/** One dimension of one side. */
export interface DimensionTally {
  readonly slices: Map<string, SliceFacts>;
  missing: number;
  /** The first rows without the key. */
  readonly missingAt: string[];
  /** There were too many values to go on counting. */
  isOverfull: boolean;
}

/** Everything that is counted of one side. */
export interface SideTally {
  rows: number;
  /** Rows of the eval set that repeat a case, such as trials, and count once. */
  repeats: number;
  readonly dimensions: ReadonlyMap<string, DimensionTally>;
  readonly all: SliceFacts;
  readonly errors: { known: number; errors: number };
  readonly hours: Map<string, TimeCell>;
  readonly weekdays: Map<string, TimeCell>;
  /** Day to topic to rows. */
  readonly days: Map<string, Map<string, number>>;
  readonly topics: Map<string, number>;
  untimed: number;
  withoutTopic: number;
  /** Rows whose value (revenue) is missing or no number. */
  valueless: number;
  first: string | null;
  last: string | null;
}

/** Rows of one hour or weekday and the sum of their value. */
export interface TimeCell {
  rows: number;
  value: number;
}

/** Which columns to look at. */
export interface TallyColumns {
  /** Dimension to column; null where this side has none. */
  readonly dimensions: ReadonlyMap<string, string | null>;
  readonly topic: string | null;
  readonly value: string | null;
  /** Most different values of a dimension; more end its count. */
  readonly mostValues: number;
}

/** More topics than this are no topics. */
const MOST_TOPICS = 5_000;
/** Places that are named. */
const PLACES = 5;

const TOKENS = ['total_tokens', 'tokens', 'usage.total_tokens', 'token_usage.total_tokens'];
const TOKEN_PARTS = [
  ['input_tokens', 'output_tokens'],
  ['prompt_tokens', 'completion_tokens'],
  ['usage.input_tokens', 'usage.output_tokens'],
  ['usage.prompt_tokens', 'usage.completion_tokens'],
] as const;

/**
 * Reads one side.
 *
 * @param perCase rows with the same case id count once: an eval set, not logs
 */
export async function tallySide(
  chunks: AsyncIterable<ResultChunk>,
  records: OpenedRecords,
  columns: TallyColumns,
  perCase: boolean,
): Promise<SideTally> {
  const tally = emptyTally(columns);
  const numbers = numberReader(records);
  const seen = new Set<string>();
  const { caseId, input, timestamp, error } = records.mapping;
  const identity = perCase ? (caseId ?? input) : undefined;
  for await (const chunk of chunks) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      const id = cellAt(chunk, identity, row);
      if (typeof id === 'string') {
        if (seen.has(id)) {
          tally.repeats += 1;
          continue;
        }
        seen.add(id);
      }
      tally.rows += 1;
      const own = numbers(chunk, row);
      addRow(tally.all, own);
      countSlices(tally, columns, chunk, row, own);
      countTime(tally, columns, chunk, row, timestamp);
      if (error !== undefined) {
        tally.errors.known += 1;
        const cell = cellAt(chunk, error, row);
        if (cell !== null && (typeof cell !== 'string' || isErrorText(cell))) tally.errors.errors += 1;
      }
    }
  }
  return tally;
}

function emptyTally({ dimensions }: TallyColumns): SideTally {
  return {
    rows: 0,
    repeats: 0,
    dimensions: new Map(
      [...dimensions.keys()].map((name) => [
        name,
        { slices: new Map(), missing: 0, missingAt: [], isOverfull: false },
      ]),
    ),
    all: emptyFacts(),
    errors: { known: 0, errors: 0 },
    hours: new Map(),
    weekdays: new Map(),
    days: new Map(),
    topics: new Map(),
    untimed: 0,
    withoutTopic: 0,
    valueless: 0,
    first: null,
    last: null,
  };
}

function countSlices(
  tally: SideTally,
  { dimensions, mostValues }: TallyColumns,
  chunk: ResultChunk,
  row: number,
  numbers: RowNumbers,
): void {
  for (const [name, column] of dimensions) {
    if (column === null) continue;
    const own = tally.dimensions.get(name)!;
    if (own.isOverfull) continue;
    const cell = cellAt(chunk, column, row);
    if (cell === null) {
      own.missing += 1;
      if (own.missingAt.length < PLACES) own.missingAt.push(`${chunk.file}:${chunk.lines[row]}`);
      continue;
    }
    for (const value of typeof cell === 'string' ? [cell] : new Set(cell)) {
      let facts = own.slices.get(value);
      if (facts === undefined) {
        facts = emptyFacts();
        own.slices.set(value, facts);
      }
      addRow(facts, numbers);
    }
    own.isOverfull = own.slices.size > mostValues;
  }
}

function countTime(
  tally: SideTally,
  { topic, value }: TallyColumns,
  chunk: ResultChunk,
  row: number,
  timestamp: string | undefined,
): void {
  const topics = topic === null ? null : cellAt(chunk, topic, row);
  const names = topics === null ? [] : typeof topics === 'string' ? [topics] : [...new Set(topics)];
  if (topic !== null && names.length === 0) tally.withoutTopic += 1;
  for (const name of names) {
    tally.topics.set(name, (tally.topics.get(name) ?? 0) + 1);
    if (tally.topics.size > MOST_TOPICS) {
      throw new DataError({
        message: `the topic column ${topic} has more than ${MOST_TOPICS} values, expected topics`,
        hint: 'name a column of topics with --topic, or leave it out to find topics by words',
        where: { file: chunk.file },
      });
    }
  }
  const time = timeText(cellAt(chunk, timestamp, row));
  const weekday = time === null ? null : timeBucket(time, 'weekday');
  if (time === null || weekday === null) {
    tally.untimed += 1;
    return;
  }
  if (tally.first === null || time < tally.first) tally.first = time;
  if (tally.last === null || time > tally.last) tally.last = time;
  const worth = value === null ? null : numberOf(cellAt(chunk, value, row));
  if (value !== null && worth === null) tally.valueless += 1;
  addTime(tally.weekdays, weekday, worth);
  const hour = timeBucket(time, 'hour');
  if (hour !== null) addTime(tally.hours, hour, worth);
  const day = time.slice(0, 10);
  const counts = tally.days.get(day) ?? new Map<string, number>();
  tally.days.set(day, counts);
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function addTime(cells: Map<string, TimeCell>, bucket: string, worth: number | null): void {
  const cell = cells.get(bucket) ?? { rows: 0, value: 0 };
  cell.rows += 1;
  cell.value += worth ?? 0;
  cells.set(bucket, cell);
}

/** Reads the score, tokens, cost and latency of a row, as far as there are columns for them. */
function numberReader({ columns, mapping }: OpenedRecords): (chunk: ResultChunk, row: number) => RowNumbers {
  const total = TOKENS.find((name) => columns.includes(name)) ?? null;
  const parts = TOKEN_PARTS.find((names) => names.some((name) => columns.includes(name))) ?? null;
  const read = (chunk: ResultChunk, column: string | undefined, row: number): number | null =>
    column === undefined ? null : numberOf(cellAt(chunk, column, row));
  return (chunk, row) => {
    const passed = cellAt(chunk, mapping.passed, row);
    const judged = typeof passed === 'string' ? passValue(passed) : null;
    const whole = total === null ? null : read(chunk, total, row);
    const sums = parts?.map((name) => read(chunk, name, row)) ?? [];
    const known = sums.filter((one) => one !== null);
    return {
      score: judged ?? read(chunk, mapping.score, row),
      tokens: whole ?? (known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)),
      cost: read(chunk, mapping.cost, row),
      latency: read(chunk, mapping.latency, row),
    };
  };
}

/** The finite number that a cell spells; NaN and texts are none. */
function numberOf(cell: Cell): number | null {
  const parsed = typeof cell === 'string' ? parseDecimal(cell) : null;
  return parsed !== null && Number.isFinite(parsed) ? parsed : null;
}
