/** Reads the number of an option, or says what it must be. */

import { UsageError } from '../errors.ts';

/** What a number may be. */
export interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
}

/**
 * @throws UsageError where the text is no plain decimal number, or outside of the range
 * @example readNumberIn('--share', '0.1', { least: 0, most: 0.5 }) // 0.1
 */
export function readNumberIn(
  flag: string,
  text: string,
  { least, most, isWhole = false }: NumberRange,
): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value;
  throw new UsageError({
    message: `${flag} is ${JSON.stringify(text)}, must be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}`,
  });
}
