/** What SQLite's error codes mean to the person whose ledger it is. */

import { EngineError, type Problem, SlicewiseError } from '../../errors.ts';

/**
 * An error of `node:sqlite` as an EngineError that names the ledger file and says what to do; errors of Slicewise pass
 * through unchanged.
 *
 * @param path the ledger file as the user wrote it
 * @example ledgerFailure('a.db', { errcode: 26 }).problems[0].message // 'this file is damaged or is no Slicewise ledger'
 */
export function ledgerFailure(path: string, error: unknown): SlicewiseError {
  if (error instanceof SlicewiseError) return error;
  return new EngineError({ ...describe(error), where: { file: path } }, { cause: error });
}

function describe(error: unknown): Problem {
  const { code, errcode, message = String(error) } = error as NodeJS.ErrnoException & { errcode?: number };
  if (errcode === undefined && code?.startsWith('E') && !code.startsWith('ERR_')) {
    return {
      message: `the folder of the ledger cannot be made (${code})`,
      hint: 'name another file as the ledger',
    };
  }
  // Extended codes carry the primary code in their lowest byte.
  switch (errcode === undefined ? undefined : errcode & 0xff) {
    case 5:
    case 6:
      return {
        message: 'the ledger is locked by another process',
        hint: 'wait until the other slicewise command or the studio is done, then run this again',
      };
    case 11:
    case 26:
      return {
        message: 'this file is damaged or is no Slicewise ledger',
        hint: 'restore it from a backup, or move it away: the next recorded run starts a new ledger',
      };
    case 3:
    case 8:
    case 14:
      return {
        message: 'the ledger cannot be opened for reading and writing',
        hint: 'check that its folder exists and that you may write to the file and to its folder',
      };
    case 13:
      return { message: 'the disk is full: nothing was recorded in the ledger', hint: 'free some space' };
    default:
      return { message: `the ledger failed: ${message}` };
  }
}
