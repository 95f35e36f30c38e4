// The least SQL that counts what the gate counts: pairs two Parquet files by case id and counts outcomes by every column.
// `node bench/reference/duckdb-grouping.mjs OLD.parquet NEW.parquet COLUMN...`
import { DuckDBInstance } from '@duckdb/node-api';

const [before, after, ...columns] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '3GB',
  temp_directory: `${before}.spill`,
});
const connection = await instance.connect();
const side = (run, file) => `SELECT '${run}' AS run, case_id, passed, ${columns} FROM read_parquet('${file}')`;
const outcome = (run) => `max(CASE WHEN run = '${run}' THEN CAST(passed AS INTEGER) END)`;
const result = await connection.runAndReadAll(
  `WITH paired AS (
     SELECT case_id, ${outcome('b')} AS b, ${outcome('c')} AS c, ${columns.map((name) => `max(${name}) AS ${name}`)}
     FROM (${side('b', before)} UNION ALL ${side('c', after)}) GROUP BY case_id)
   SELECT ${columns}, b, c, count(*) FROM paired
   GROUP BY GROUPING SETS (${columns.map((name) => `(${name}, b, c)`)})`,
);
console.log(`${result.currentRowCount} cells`);
