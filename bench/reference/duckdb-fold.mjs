// The least SQL that folds a table: counts the rows of every combination of columns and of both runs' values.
// `node bench/reference/duckdb-fold.mjs FILE BEFORE AFTER COLUMN...`
import { DuckDBInstance } from '@duckdb/node-api';

const [file, ...columns] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '3GB',
});
const connection = await instance.connect();
const from = /\.csv(\.gz)?$/.test(file) ? `read_csv('${file}', all_varchar = true)` : `read_parquet('${file}')`;
const result = await connection.stream(`SELECT ${columns}, count(*) AS n FROM ${from} GROUP BY ALL`);
let rows = 0;
for (;;) {
  const chunk = await result.fetchChunk();
  if (chunk === null || chunk.rowCount === 0) break;
  rows += chunk.rowCount;
}
console.log(`${rows} rows`);
