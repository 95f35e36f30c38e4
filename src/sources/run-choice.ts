/** Says how to choose one of the runs that a file holds. */

import type { RunCount } from '../cases/index.ts';
import { foundText } from '../cases/index.ts';

/** Which run of a comparison is opened; `alone` is a candidate without a baseline. */
export type RunSide = 'baseline' | 'candidate' | 'rerun' | 'alone' | 'import';

const FLAGS = {
  baseline: '--baseline-run',
  candidate: '--candidate-run',
  alone: '--candidate-run',
  import: '--run',
} as const;

/** Characters that runs must have in common to be offered together. */
const LEAST_PREFIX = 3;

/**
 * The hint for somebody who named a file with several runs and no run.
 *
 * @param files labels of the files
 * @param isImport results of another tool, of which a pattern may name several runs
 * @example chooseRunHint('baseline', ['r.json'], [{ run: 'a', rows: 2 }, { run: 'b', rows: 2 }]) // 'choose one with --baseline-run a'
 */
export function chooseRunHint(
  side: RunSide,
  files: readonly string[],
  runs: readonly RunCount[],
  isImport = false,
): string {
  const [first, second] = runs;
  if (first === undefined) return 'name the run to read';
  if (side === 'rerun') return `choose one with inputs: { runs: { rerun: { file: ..., run: ... } } }`;
  const choose = `choose one with ${FLAGS[side]} ${shellWord(first.run)}`;
  if (side !== 'alone' || second === undefined || (isImport && runs.length > 2))
    return isImport ? `${choose}${severalAtOnce(side, runs)}` : choose;
  const paths = files.map(shellWord).join(' ');
  const both = `slicewise gate --baseline ${paths} --baseline-run ${shellWord(first.run)} --candidate ${paths} --candidate-run ${shellWord(second.run)}`;
  return `${choose}, or compare two of them: ${both}`;
}

/** More than two runs may be the tasks of one model, which are one run to its user. */
function severalAtOnce(side: Exclude<RunSide, 'rerun'>, runs: readonly RunCount[]): string {
  const [first = '', ...others] = runs.map(({ run }) => run);
  let length = 0;
  while (length < first.length && others.every((run) => run[length] === first[length])) length += 1;
  if (runs.length <= 2 || length < LEAST_PREFIX) return '';
  return `, or several at once with ${FLAGS[side]} ${shellWord(`${first.slice(0, length)}*`)}`;
}

/** An argument that a POSIX shell reads as this text; texts with control characters are only shown. */
function shellWord(text: string): string {
  if (/^[\w./:@%+,=-]+$/.test(text)) return text;
  return foundText(text) === JSON.stringify(text) && !/[\\]/.test(JSON.stringify(text).replaceAll('\\"', ''))
    ? `'${text.replaceAll("'", "'\\''")}'`
    : foundText(text);
}
