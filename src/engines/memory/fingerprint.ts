/** An order-independent digest of one run's results. */

import { hash } from 'node:crypto';
import { caseKey } from '../../cases/index.ts';
import { cellText, hashedText } from '../cell.ts';
import { formatFingerprint } from '../fingerprint.ts';
import { roleColumn } from './case-table.ts';
import type { SideRows } from './side-rows.ts';

const UNIT_SEPARATOR = '\u001f';

/** See `Engine.fingerprint`. */
export function fingerprintRows(rows: SideRows): string {
  const scores = roleColumn(rows, 'score');
  const keyIsText = caseKey(rows.mapping) === 'input';
  let upper = 0n;
  let lower = 0n;
  for (let row = 0; row < rows.length; row++) {
    const caseId = rows.caseId[row]!;
    const fields = [
      keyIsText ? hashedText(caseId) : caseId,
      rows.trial[row]!,
      rows.status[row]!,
      rows.passed[row] === null ? '' : String(rows.passed[row]),
      scores === null ? '' : (cellText(scores[row]!) ?? ''),
    ];
    const digest = hash('md5', fields.join(UNIT_SEPARATOR), 'buffer');
    upper += digest.readBigUInt64LE(0);
    lower += digest.readBigUInt64LE(8);
  }
  return formatFingerprint(upper, lower);
}
