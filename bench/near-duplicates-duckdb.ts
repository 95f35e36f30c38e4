/**
 * The other peer of near-duplicates.ts: the same exact prefix filter as SQL in DuckDB, with two threads.
 *
 *   node bench/near-duplicates-duckdb.ts TEXTS THRESHOLD
 */

import { DuckDBInstance } from '@duckdb/node-api';

const [file = '', threshold = '0.9'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const db = await instance.connect();
const sql = (text: string) => db.run(text);
const t = Number(threshold);

await sql(`create table words as
  select row_number() over () as id, regexp_extract_all(lower(line), '\\w+') as w
  from read_csv('${file.replaceAll("'", "''")}', columns = {'line': 'varchar'}, delim = '\\x1F', quote = '', header = false)`);
await sql(`create table grams as
  select distinct id, hash(w[k] || ' ' || w[k + 1] || ' ' || w[k + 2]) as g
  from (select id, w, unnest(range(1, len(w) - 1)) as k from words)`);
await sql('create table sizes as select id, count(*) as n from grams group by id');
await sql('create table rarity as select g, count(*) as df from grams group by g');
await sql(`create table prefixes as
  select id, g, n from (
    select grams.id, grams.g, n, row_number() over (partition by grams.id order by df, grams.g) as place
    from grams join rarity using (g) join sizes using (id)
  ) where place <= n - ceil(${t} * n - 1e-9) + 1`);
await sql(`create table candidates as
  select distinct a.id as a, b.id as b from prefixes a join prefixes b
  on a.g = b.g and a.id < b.id and a.n >= ${t} * b.n - 1e-9 and b.n >= ${t} * a.n - 1e-9`);
const pairs = await db.runAndReadAll(`
  select count(*) as pairs from (
    select a, b, count(*) as shared from candidates
    join grams x on x.id = a join grams y on y.id = b and y.g = x.g group by a, b
  ) join sizes s on s.id = a join sizes r on r.id = b
  where shared >= ${t} * (s.n + r.n - shared) - 1e-9`);
console.log(JSON.stringify(pairs.getRowObjectsJson()[0]));
