/** The metric that is measured where none is configured: the pass rate, else the mean of the score. */

import { type ColumnMapping, foundTexts, sideBySide } from '../cases/index.ts';
import type { Config, MetricConfig } from '../config/index.ts';
import type { ComparisonProfile, RunProfile } from '../engines/index.ts';
import { ConfigError, type Problem } from '../errors.ts';

/**
 * Picks what to measure. A run in which every row is an error has no row that passed or failed, and is measured all the same:
 * an error counts as a failure.
 *
 * @throws ConfigError where nothing passed, failed or has a score; it names the columns that look as if they could tell
 */
export function defaultMetric(
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  config: Pick<Config, 'file' | 'inputs'>,
): MetricConfig {
  const rest = { gate: true, margin: null, floor: null };
  const runs = [profile.baseline, profile.candidate].filter((run) => run !== null);
  const score = mappings.at(-1)?.score;
  const canPass = runs.every((run) => run.hasPassed || hasOnlyErrors(run));
  if (canPass && (score === undefined || runs.some(({ hasPassed }) => hasPassed))) {
    return { id: 'passRate', ...rest, measure: { kind: 'passRate' } };
  }
  if (score !== undefined) {
    return {
      id: `mean:${score}`,
      ...rest,
      measure: { kind: 'mean', column: score, direction: 'higher', bounds: [0, 1] },
    };
  }
  throw new ConfigError({
    ...nothingToMeasure(profile, mappings, config.inputs.runs),
    where: config.file === null ? undefined : { file: config.file },
  });
}

function hasOnlyErrors({ scored, errors }: RunProfile): boolean {
  return scored === 0 && errors > 0;
}

/** Names that a column of outcomes may have; those that are taken without asking are the roles' own. */
const LIKELY = /pass|correct|success|solved|score|accura|exact.?match/i;

const LISTED_COLUMNS = 20;

function nothingToMeasure(
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  runs: Config['inputs']['runs'],
): Problem {
  const sides = [
    { side: 'baseline', run: profile.baseline, passed: mappings[0]?.passed },
    { side: 'candidate', run: profile.candidate, passed: mappings.at(-1)?.passed },
  ];
  const empty = sides.find(({ run, passed }) => run?.hasPassed === false && passed !== undefined);
  const names = profile.columns.map(({ name }) => name).filter((name) => name !== empty?.passed);
  const likely = names.filter((name) => LIKELY.test(name));
  const others = names.length - LISTED_COLUMNS;
  const columns = `columns: ${names.slice(0, LISTED_COLUMNS).join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
  const found = empty
    ? `column '${empty.passed}' is empty in every row of the ${empty.side}`
    : 'no column says whether a case passed and none holds a score';
  return {
    message: `there is nothing to measure: ${found}; ${columns}`,
    hint: twiceHint(names, runs) ?? hintFor(likely),
  };
}

/** Where one file may hold both runs, the command that reads it so; null where it does not, or is named twice already. */
function twiceHint(
  names: readonly string[],
  { baseline, candidate }: Config['inputs']['runs'],
): string | undefined {
  const sides = baseline === null ? sideBySide(names) : null;
  if (sides === null || candidate?.files.length !== 1 || candidate.rows !== undefined) return undefined;
  const [file] = candidate.files;
  if (file === undefined || file === '-') return undefined;
  const name = /^[\w./][\w./-]*$/.test(file) ? file : 'FILE';
  return `if it holds two runs side by side, name it twice: slicewise ${name} ${name}, or slicewise report ${name} ${name}; then ${foundTexts(sides.baseline, 3)} are of the old run and ${foundTexts(sides.candidate, 3)} of the new one`;
}

function hintFor(likely: readonly string[]): string {
  const number = 'or measure a number with --metric mean:COLUMN --margin 0.05';
  const [first, second] = likely;
  if (first === undefined) return `map one with --map passed=COLUMN, ${number}`;
  if (second === undefined) return `map one with --map passed=COLUMN, such as passed=${first}; ${number}`;
  const more = likely.length > 5 ? ', ...' : '';
  return `map one with --map passed=COLUMN, or one for each run with --map baseline.passed=COLUMN --map candidate.passed=COLUMN; it may be ${likely.slice(0, 5).join(', ')}${more}; ${number}`;
}
