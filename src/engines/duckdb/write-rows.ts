/** Writes one run's rows as Parquet. */

import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell, ColumnMapping } from '../../cases/index.ts';
import { EngineError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import { listColumn, numberColumn, textColumn, writeColumns } from '../parquet-file.ts';
import { identifier, textLiteral } from '../sql/literal.ts';
import { hashed } from '../sql/values.ts';
import { hashedColumns, WRITTEN, WRITTEN_NAMES, writtenMapping } from '../written-columns.ts';
import type { CaseTable } from './case-table.ts';
import { cellSql, type Relation, ROW_CODES, roleTextSql, stableIdSql } from './relation.ts';

interface WrittenColumn {
  readonly name: string;
  readonly kind: 'text' | 'list' | 'number';
  readonly sql: string;
}

/** See `Engine.writeRows`. */
export async function writeSide(
  table: CaseTable,
  relation: Relation,
  file: string,
  options: { readonly texts: boolean },
): Promise<ColumnMapping> {
  const columns = writtenColumns(table, relation, options.texts);
  const select = columns.map(({ sql }, i) => `${sql} AS x${i}`).join(', ');
  const rows = `SELECT ${select} FROM ${relation.from} ORDER BY x0, x1`;
  if (hasPlainNames(columns)) {
    const named = columns.map(({ name }, i) => `x${i} AS ${identifier(name)}`).join(', ');
    const { folder } = table.database;
    const written = join(folder, 'written.parquet');
    try {
      await table.database.run(
        `COPY (SELECT ${named} FROM (${rows}) ORDER BY x0, x1) TO ${textLiteral(written)} (FORMAT parquet, COMPRESSION snappy)`,
      );
      // The database may write to its own folder only.
      await copyFile(written, file).catch((cause: NodeJS.ErrnoException) => {
        throw new EngineError(
          { message: `${file} could not be written (${cause.code ?? cause})` },
          { cause },
        );
      });
    } finally {
      await rm(written, { force: true });
    }
  } else {
    const data = await table.database.columns(rows);
    const make = { text: textColumn, list: listColumn, number: numberColumn };
    await writeColumns(
      file,
      columns.map(({ name, kind }, i) => make[kind](name, (data[i] ?? []) as readonly (Cell & number)[])),
    );
  }
  return writtenMapping(relation.mapping);
}

/** Names that differ in case only, or are empty, are none that SQL can write. */
function hasPlainNames(columns: readonly WrittenColumn[]): boolean {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  return names.size === columns.length && columns.every(({ name }) => name !== '' && !name.includes('\0'));
}

function writtenColumns(table: CaseTable, relation: Relation, texts: boolean): readonly WrittenColumn[] {
  const { code } = relation;
  const verdict = `CASE ${code} WHEN ${ROW_CODES.passed} THEN 1 WHEN ${ROW_CODES.failed} THEN 0 END`;
  const hidden = hashedColumns(relation.mapping, texts);
  const attributes = [...relation.columns.keys()]
    .sort(compareText)
    .filter((name) => !WRITTEN_NAMES.has(name))
    .map((name): WrittenColumn => {
      if (hidden.has(name))
        return { name, kind: 'text', sql: hashedSql(roleTextSql(relation, name, table.lists)) };
      return {
        name,
        kind: table.lists.has(name) ? 'list' : 'text',
        sql: cellSql(relation, name, table.lists),
      };
    });
  return [
    { name: WRITTEN.caseId, kind: 'text', sql: stableIdSql(relation, texts) },
    { name: WRITTEN.trial, kind: 'text', sql: relation.trial },
    { name: WRITTEN.passed, kind: 'number', sql: `CAST(${verdict} AS INTEGER)` },
    { name: WRITTEN.error, kind: 'text', sql: `CASE WHEN ${code} = ${ROW_CODES.error} THEN 'error' END` },
    ...attributes,
  ];
}

function hashedSql(text: string): string {
  return `CASE WHEN (${text}) IS NOT NULL THEN ${hashed(`(${text})`)} END`;
}
