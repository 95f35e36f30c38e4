/** Stops reading where one row has no end, so that memory stays bounded. */

import { DataError } from '../errors.ts';

/** Characters of the longest row that is read. */
const LONGEST_RECORD = 1 << 26;

/** @throws DataError where a row is longer than 64 Mi characters */
export function checkRecordLength(length: number, file: string, line: number): void {
  if (length <= LONGEST_RECORD) return;
  throw new DataError({
    message: `a row is longer than ${LONGEST_RECORD} characters`,
    hint: 'a quote or bracket may be left open, or the file is not made of rows',
    where: { file, line },
  });
}
