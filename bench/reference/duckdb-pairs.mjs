// The smallest program that does the countable part of a comparison: opens DuckDB, pairs two JSONL files by case id and
// counts outcomes by segment. `node bench/reference/duckdb-pairs.mjs OLD.jsonl NEW.jsonl`
import { DuckDBInstance } from '@duckdb/node-api';

const [before, after] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});
const connection = await instance.connect();
const read = (file) => `read_json('${file}', format = 'newline_delimited')`;
const result = await connection.runAndReadAll(
  `SELECT o.segment, o.passed AS baseline, n.passed AS candidate, count(*) AS cases
   FROM ${read(before)} o JOIN ${read(after)} n USING (case_id) GROUP BY ALL ORDER BY ALL`,
);
for (const row of result.getRowsJson()) console.log(row.join('\t'));
