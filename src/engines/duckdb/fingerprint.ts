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
  const half = (from: number): string => `sum(CAST('0x' || substring(h, ${from}, 16) AS UBIGINT))`;
  const [row] = await table.database.rows(
    `SELECT CAST(${half(1)} AS VARCHAR), CAST(${half(17)} AS VARCHAR) FROM (SELECT md5(${fields.join(' || chr(31) || ')}) AS h FROM ${relation.from})`,
  );
  const [upper, lower] = row!.map((sum) => BigInt((sum as string | null) ?? '0'));
  return formatFingerprint(upper!, lower!);
}
