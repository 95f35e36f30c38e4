/** An order-independent digest of one run's results. */

import { formatFingerprint } from '../fingerprint.ts';
import type { CaseTable } from './case-table.ts';
import { type Relation, ROW_CODES, roleSql, stableIdSql } from './relation.ts';

/** See `Engine.fingerprint`. */
export async function fingerprintRows(table: CaseTable, relation: Relation): Promise<string> {
  const { passed, failed, error, unscored } = ROW_CODES;
  const { code } = relation;
  const status = `CASE ${code} WHEN ${error} THEN 'error' WHEN ${unscored} THEN 'unscored' ELSE 'scored' END`;
  const verdict = `CASE ${code} WHEN ${passed} THEN '1' WHEN ${failed} THEN '0' ELSE '' END`;
  const score = roleSql(relation, 'score', table.lists) ?? 'NULL';
  const fields = [stableIdSql(relation, false), relation.trial, status, verdict, `coalesce(${score}, '')`];
  // DuckDB's number has the digest's first byte lowest.
  const first = 'CAST(h & CAST(18446744073709551615 AS UHUGEINT) AS UBIGINT)';
  const last = 'CAST(h >> 64 AS UBIGINT)';
  const [row] = await table.database.rows(
    `SELECT CAST(sum(${first}) AS VARCHAR), CAST(sum(${last}) AS VARCHAR) FROM (SELECT md5_number(${fields.join(' || chr(31) || ')}) AS h FROM ${relation.from})`,
  );
  const [upper, lower] = row!.map((sum) => BigInt((sum as string | null) ?? '0'));
  return formatFingerprint(upper!, lower!);
}
