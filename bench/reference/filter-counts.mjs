/** The bare engine's time for the counts of the explore page: `node filter-counts.mjs OLD NEW ROUNDS`, milliseconds per filter as JSON. */

import { DuckDBInstance } from '@duckdb/node-api';

const [old, next, rounds] = process.argv.slice(2);
const DIMENSIONS = ['segment', 'language', 'region', 'channel', 'length // 500'];
const instance = await DuckDBInstance.create(':memory:', { memory_limit: '4GB' });
const connection = await instance.connect();
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRows();

const started = performance.now();
await connection.run(`CREATE TABLE cases AS
  SELECT n.segment, n.language, n.region, n.channel, n.length, o.passed AS before, n.passed AS after
  FROM read_parquet('${next}') AS n JOIN read_parquet('${old}') AS o USING (case_id)`);
const loadMs = performance.now() - started;
const segments = (await rows('SELECT DISTINCT segment FROM cases ORDER BY 1')).map(([name]) => name);
const languages = (await rows('SELECT DISTINCT language FROM cases ORDER BY 1')).map(([name]) => name);

/** Every dimension under the filters on the others: what linked views need after each click. */
async function counts(filter) {
  for (const dimension of DIMENSIONS) {
    const others = Object.entries(filter)
      .filter(([name]) => name !== dimension)
      .map(([name, value]) => `${name} = '${value}'`);
    await rows(
      `SELECT ${dimension}, before, after, count(*) FROM cases ${others.length > 0 ? `WHERE ${others.join(' AND ')}` : ''} GROUP BY ALL`,
    );
  }
}

await counts({});
const times = [];
for (let i = 0; i < Number(rounds); i += 1) {
  const at = performance.now();
  await counts({ segment: segments[i % segments.length], language: languages[i % languages.length] });
  times.push(performance.now() - at);
}
console.log(JSON.stringify({ loadMs, times }));
