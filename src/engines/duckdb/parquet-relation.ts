/** Parquet files of one run as a relation, read in place. */

import { caseKey, createProblemLog, type ProblemLog } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import type { Side, SideSource } from '../contract.ts';
import { identifier, textLiteral } from '../sql/literal.ts';
import type { Database } from './database.ts';
import { describeParquet, type FileColumns, readParquetSql } from './parquet-columns.ts';
import { outcomeSql } from './parquet-outcome.ts';
import { reportBadRows } from './parquet-problems.ts';
import { checkRuns } from './parquet-runs.ts';
import { type JoinedFiles, type Relation, type RelationColumn, rowIdSql } from './relation.ts';

type ParquetSource = Extract<SideSource, { kind: 'parquet' }>;

/**
 * Opens the Parquet files of a side and checks every row of them.
 *
 * @throws DataError that names what is wrong with files and rows
 */
export async function openParquet(database: Database, side: Side, source: ParquetSource): Promise<Relation> {
  const { mapping, passWords, run } = source;
  const described: FileColumns[] = [];
  for (const file of source.files) described.push(await describeParquet(database, file));
  const joined = joinFiles(source.files, described);
  const log: ProblemLog = createProblemLog();
  await checkRuns(database, joined, source, log);
  const runColumn = mapping.run === undefined ? undefined : joined.columns.get(mapping.run);
  const isOfRun =
    run === null ? '' : ` AND ${runColumn?.sql ?? 'CAST(NULL AS VARCHAR)'} = ${textLiteral(run)}`;
  const from = `${joined.from}${isOfRun}`;
  const idName = mapping.caseId ?? mapping.input ?? '';
  const idColumn = joined.columns.get(idName);
  const number = caseKey(mapping) === 'row' ? await rowNumber(database, joined, source.files) : null;
  const columnId = idColumn?.kind === 'text' ? idColumn.sql : 'CAST(NULL AS VARCHAR)';
  const trialColumn = mapping.trial === undefined ? undefined : joined.columns.get(mapping.trial);
  const { code, bad } = await outcomeSql(database, joined.columns, { mapping, passWords }, from);
  const relation: Relation = {
    side,
    mapping,
    from,
    caseId: number === null ? columnId : rowIdSql(number),
    trial: trialColumn?.kind === 'text' ? `coalesce(${trialColumn.sql}, '')` : "''",
    code,
    place: joined.place,
    columns: joined.columns,
    isDictionaryCoded: joined.isPlain,
    number,
    idColumn: idColumn?.kind === 'text' ? idName : null,
  };
  await reportBadRows(database, relation, { bad, passWords }, log);
  log.throwIfAny();
  return relation;
}

/** Counts on from file to file. */
async function rowNumber(
  database: Database,
  { place, hidesPlaces: isHidden }: JoinedFiles,
  files: readonly string[],
): Promise<string> {
  if (isHidden) {
    throw new DataError({
      message:
        'rows cannot be told apart by their place, since a column has the name file_row_number or filename',
      hint: 'name the column that identifies a case with --map caseId=COLUMN',
      where: { file: files[0]! },
    });
  }
  if (files.length === 1) return place.line;
  const counts = new Map(
    (await database.rows(
      `SELECT file_name, num_rows FROM parquet_file_metadata([${files.map(textLiteral).join(', ')}])`,
    )) as readonly (readonly [string, number])[],
  );
  let before = 0;
  const offsets = files.map((file) => {
    const offset = `WHEN ${textLiteral(file)} THEN ${before}`;
    before += counts.get(file)!;
    return offset;
  });
  return `(CASE ${place.file} ${offsets.join(' ')} END + ${place.line})`;
}

function joinFiles(files: readonly string[], described: readonly FileColumns[]): JoinedFiles {
  const [first = new Map<string, RelationColumn>()] = described;
  const signature = (columns: FileColumns): string => JSON.stringify([...columns]);
  const isAlike = described.every((columns) => signature(columns) === signature(first));
  if (isAlike && (files.length === 1 || !hidesPlaces(first))) {
    return {
      from: `${readParquetSql(files)} AS r WHERE TRUE`,
      columns: first,
      place: placeSql(first, files),
      isPlain: true,
      hidesPlaces: hidesPlaces(first),
    };
  }
  return unionFiles(files, described);
}

/** Virtual columns tell where a row stands, unless the file has columns of those names. */
function placeSql(columns: FileColumns, files: readonly string[]): Relation['place'] {
  return {
    file: files.length === 1 ? textLiteral(files[0]!) : 'r.filename',
    line: hidesPlaces(columns) ? 'CAST(0 AS BIGINT)' : 'r.file_row_number + 1',
  };
}

function hidesPlaces(columns: FileColumns): boolean {
  return [...columns.keys()].some((name) => /^(?:filename|file_row_number)(?:\.|$)/i.test(name));
}

/** Files whose columns differ: each is turned into texts `t0`, `t1`, ... and lists `l0`, ... of its own. */
function unionFiles(files: readonly string[], described: readonly FileColumns[]): JoinedFiles {
  const names = [...new Set(described.flatMap((columns) => [...columns.keys()]))];
  const hasList = names.map((name) => described.some((columns) => columns.get(name)?.kind === 'list'));
  const hasText = names.map((name) => described.some((columns) => columns.get(name)?.kind === 'text'));
  const selects = files.map((file, at) => {
    const place = placeSql(described[at]!, [file]);
    const parts = [`${textLiteral(file)} AS file`, `${place.line} AS line`];
    names.forEach((name, i) => {
      const column = described[at]!.get(name);
      const text = column?.kind === 'text' ? column.sql : 'CAST(NULL AS VARCHAR)';
      const list = column?.kind === 'list' ? column.sql : 'CAST(NULL AS VARCHAR[])';
      parts.push(`${text} AS ${identifier(`t${i}`)}`, `${list} AS ${identifier(`l${i}`)}`);
    });
    return `SELECT ${parts.join(', ')} FROM ${readParquetSql([file])} AS r`;
  });
  const columns = names.map((name, i): [string, RelationColumn] => {
    if (!hasList[i]) return [name, { kind: 'text', sql: `r.t${i}` }];
    return [name, { kind: 'list', sql: `r.l${i}`, ...(hasText[i] ? { orText: `r.t${i}` } : {}) }];
  });
  return {
    from: `(${selects.join(' UNION ALL ')}) AS r WHERE TRUE`,
    columns: new Map(columns),
    place: { file: 'r.file', line: 'r.line' },
    isPlain: false,
    hidesPlaces: described.some(hidesPlaces),
  };
}
