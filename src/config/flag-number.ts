/** Reads a number that somebody typed behind a flag. */

import { parseDecimal } from '../cases/index.ts';
import type { Problem } from '../errors.ts';
import { type Limit, limitProblem, percentHint } from './limits.ts';

/**
 * The number, or null with the problem added: `--floor 5% is no number`, `--min-cases is 0, must be at least 1`.
 *
 * @param flag as typed, for messages
 */
export function flagNumber(flag: string, typed: string, limit: Limit, problems: Problem[]): number | null {
  const text = typed.trim();
  const value = parseDecimal(text);
  if (value === null) {
    const percent = /^([0-9.]+) ?%$/.exec(text);
    const hint = percent === null ? {} : { hint: `write ${Number(`${percent[1]}e-2`)} for ${text}` };
    problems.push({ message: `${flag} is ${JSON.stringify(typed)}, must be a number`, ...hint });
    return null;
  }
  const wrong = limitProblem(value, limit);
  if (wrong === null) return value;
  const hint = percentHint(value, limit);
  problems.push({ message: `${flag} ${wrong}`, ...(hint === undefined ? {} : { hint }) });
  return null;
}
