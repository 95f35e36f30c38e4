/** Loads the rows that TypeScript readers hand over into a table. */

import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';
import {
  type Cell,
  type ColumnMapping,
  caseKey,
  createProblemLog,
  type Outcomes,
  type PassWords,
  type ProblemLog,
  type ResultChunk,
  rereadOutcomes,
} from '../../cases/index.ts';
import { canonicalCell } from '../cell.ts';
import type { Side, SideSource } from '../contract.ts';
import { listLiteral } from '../sql/literal.ts';
import type { Database } from './database.ts';
import { type Relation, type RelationColumn, ROW_CODES, rowNumberOf } from './relation.ts';

/** Rows that go into the table at once; DuckDB's own vector size. */
const VECTOR = 2_048;

/** Table columns before the attributes: place, case, trial, outcome. */
const FIXED = [
  'file INTEGER',
  'line BIGINT',
  'case_id VARCHAR',
  'trial VARCHAR',
  'code UTINYINT',
  'other_code UTINYINT',
];

/** One attribute's columns in the table: `t3` for texts and, once a list was met, `l3`. */
interface StoredColumn {
  readonly index: number;
  /** Positions in the table. */
  readonly text: number;
  list: number | null;
}

/**
 * Reads all chunks of a side into the table `rows_SIDE`.
 *
 * @param other mapping of the baseline where the rows hold both runs (`SameRows`)
 * @returns the side, or both, baseline first
 * @throws DataError for rows that cannot be read
 */
export async function loadRowTable(
  database: Database,
  side: Side,
  source: Extract<SideSource, { kind: 'rows' }>,
  other: ColumnMapping | null = null,
): Promise<readonly Relation[]> {
  const log = createProblemLog();
  const table = `rows_${side}`;
  await database.run(`CREATE TEMP TABLE ${table} (${FIXED.join(', ')})`);
  const stored = new Map<string, StoredColumn>();
  const files: string[] = [];
  const writer = await createWriter(database, table);
  let width = FIXED.length;
  for await (const chunk of source.chunks) {
    const added: string[] = [];
    for (const [rawName, cells] of chunk.attributes) {
      const name = rawName.toWellFormed();
      let column = stored.get(name);
      if (column === undefined) {
        column = { index: stored.size, text: width++, list: null };
        stored.set(name, column);
        added.push(`t${column.index} VARCHAR`);
      }
      if (column.list === null && cells.some((cell) => cell !== null && typeof cell === 'object')) {
        column.list = width++;
        added.push(`l${column.index} VARCHAR[]`);
      }
    }
    if (added.length > 0) await writer.addColumns(added);
    if (files.at(-1) !== chunk.file) files.push(chunk.file);
    const before = other === null ? chunk : rereadChunk(chunk, other, log, source.passWords);
    writer.append(chunk, before, files.length - 1, stored, width);
  }
  writer.close();
  log.throwIfAny();
  const fileNames = listLiteral(files);
  const relation: Relation = {
    side,
    mapping: source.mapping,
    from: `${table} AS r WHERE TRUE`,
    caseId: 'r.case_id',
    trial: 'r.trial',
    code: 'r.code',
    place: { file: `(${fileNames})[r.file + 1]`, line: 'r.line' },
    columns: new Map([...stored].map(([name, column]) => [name, relationColumn(column)])),
    isDictionaryCoded: false,
    number: caseKey(source.mapping) === 'row' ? rowNumberOf('r.case_id') : null,
    idColumn: null,
  };
  if (other === null) return [relation];
  return [{ ...relation, side: 'baseline', mapping: other, code: 'r.other_code' }, relation];
}

function rereadChunk(
  chunk: ResultChunk,
  mapping: ColumnMapping,
  log: ProblemLog,
  words: PassWords | undefined,
): Outcomes {
  const file = new Array<string>(chunk.lines.length).fill(chunk.file);
  return rereadOutcomes({ file, line: chunk.lines, columns: chunk.attributes }, mapping, log, words);
}

function relationColumn({ index, list }: StoredColumn): RelationColumn {
  if (list === null) return { kind: 'text', sql: `r.t${index}` };
  return { kind: 'list', sql: `r.l${index}`, orText: `r.t${index}` };
}

interface Writer {
  addColumns(definitions: readonly string[]): Promise<void>;
  append(
    chunk: ResultChunk,
    other: Outcomes,
    file: number,
    stored: ReadonlyMap<string, StoredColumn>,
    width: number,
  ): void;
  close(): void;
}

async function createWriter(database: Database, table: string): Promise<Writer> {
  const { DuckDBDataChunk, INTEGER, BIGINT, LIST, listValue, UTINYINT, VARCHAR } = await import(
    '@duckdb/node-api'
  );
  const types: DuckDBType[] = [INTEGER, BIGINT, VARCHAR, VARCHAR, UTINYINT, UTINYINT];
  let appender = await database.connection.createAppender(table);

  function columnValues(
    chunk: ResultChunk,
    other: Outcomes,
    from: number,
    to: number,
    file: number,
    stored: ReadonlyMap<string, StoredColumn>,
    width: number,
  ): readonly DuckDBValue[][] {
    const rows = to - from;
    const pick = <T>(values: readonly T[]): readonly T[] => values.slice(from, to);
    const columns: DuckDBValue[][] = [
      new Array(rows).fill(file),
      pick(chunk.lines).map(BigInt),
      pick(chunk.caseId).map((id) => id.toWellFormed()),
      pick(chunk.trial).map((trial) => trial.toWellFormed()),
      pick(chunk.status).map((_, i) => rowCode(chunk, from + i)),
      pick(other.status).map((_, i) => rowCode(other, from + i)),
    ];
    for (let at = FIXED.length; at < width; at++) columns[at] = new Array(rows).fill(null);
    for (const [name, cells] of chunk.attributes) {
      const { text, list } = stored.get(name.toWellFormed())!;
      pick(cells).forEach((cell: Cell, i) => {
        const canonical = canonicalCell(cell, false);
        if (canonical === null) return;
        if (typeof canonical === 'string') columns[text]![i] = canonical;
        else columns[list!]![i] = listValue([...canonical]);
      });
    }
    return columns;
  }

  return {
    async addColumns(definitions) {
      appender.closeSync();
      for (const definition of definitions) {
        await database.run(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
        types.push(definition.endsWith('[]') ? LIST(VARCHAR) : VARCHAR);
      }
      appender = await database.connection.createAppender(table);
    },
    append(chunk, other, file, stored, width) {
      for (let from = 0; from < chunk.lines.length; from += VECTOR) {
        const to = Math.min(from + VECTOR, chunk.lines.length);
        const data = DuckDBDataChunk.create(types, to - from);
        data.setColumns(columnValues(chunk, other, from, to, file, stored, width));
        appender.appendDataChunk(data);
      }
    },
    close: () => appender.closeSync(),
  };
}

function rowCode(rows: Outcomes, row: number): number {
  if (rows.status[row] === 'error') return ROW_CODES.error;
  if (rows.status[row] === 'unscored') return ROW_CODES.unscored;
  const passed = rows.passed[row];
  if (passed === null) return ROW_CODES.graded;
  return passed === 1 ? ROW_CODES.passed : ROW_CODES.failed;
}
