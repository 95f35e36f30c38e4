/** The arguments and flags that say what is compared, the same for every command that compares. */

import { type Command, Option } from 'commander';
import type { Flags } from '../config/index.ts';

/** Flags of a comparison as the parser hands them over. */
export type ComparisonOptions = Omit<Flags, 'baseline' | 'candidate'> & {
  readonly baseline?: readonly string[];
  readonly candidate?: readonly string[];
  /** A path; false for none; absent for the file that is found in the working folder. */
  readonly config?: string | false;
  readonly alwaysValid?: boolean;
};

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Adds `[files...]` and every flag of `ComparisonOptions`, in groups. */
export function addComparisonOptions(command: Command): void {
  command.argument(
    '[files...]',
    'OLD NEW: the results of both runs: rows (JSONL, JSON, CSV, TSV, Parquet), or files of promptfoo, Inspect and other tools. ' +
      'One file alone is the new run. Use --baseline and --candidate for runs in several files.',
  );
  addRunOptions(command);
  addSliceOptions(command);
  addPolicyOptions(command);
}

/** Adds the flags that say which runs are read, and nothing about how they are cut or judged. */
export function addRunOptions(command: Command): void {
  command
    .optionsGroup('What is compared:')
    .option('--baseline <files...>', 'results of the run in use: files, patterns, or ledger:NAME@latest')
    .option('--candidate <files...>', 'results of the run that may replace it')
    .option('--baseline-run <name>', 'rows of the baseline, where one file holds several runs')
    .option('--candidate-run <name>', 'rows of the candidate, likewise')
    .option(
      '--from <tool>',
      'what wrote the files, such as promptfoo, inspect or rows (default: found by content)',
    )
    .option('--score <metric>', "the metric of another tool's results that decides (default: the tool's own)")
    .option('--rerun <files...>', 'a second run of the unchanged baseline: measures churn')
    .option('--map <role=column>', 'which column plays a role, such as passed=correct (repeatable)', many)
    .option('--pass-words <texts>', 'what the passed column says for passed, such as bestanden,erfüllt', many)
    .option('--fail-words <texts>', 'likewise for failed; both add to the known words', many)
    .option('--config <file>', 'configuration (default: slicewise.yaml where there is one)')
    .option('--no-config', 'read no configuration')
    .option('--waivers <file>', 'exceptions that people took on')
    .option('--ledger <file>', 'the memory of runs and verdicts');
}

function addSliceOptions(command: Command): void {
  command
    .optionsGroup('How the cases are cut and measured:')
    .option('--slice <column>', 'gate each value of this column (repeatable)', many)
    .option('--cross <columns>', 'gate each combination of columns A,B (repeatable)', many)
    .option('--where <name: expression>', "gate a predicate, such as 'long: length(input) > 8000'", many)
    .option('--critical <column=value>', 'a slice that must not get worse (repeatable)', many)
    .option(
      '--metric <metric>',
      'passRate, errorRate, mean:COLUMN, p95:COLUMN, pass@3, recall:CLASS, f1:CLASS, macroF1, mcc ...',
      many,
    );
}

function addPolicyOptions(command: Command): void {
  command
    .optionsGroup('The rules:')
    .option('--floor <rate>', 'lowest acceptable rate of every slice, or METRIC=NUMBER', many)
    .option('--margin <drop>', 'smallest drop that matters (default: 0.05), or METRIC=NUMBER', many)
    .option('--min-cases <n>', 'below this a slice is shown, never gated (default: 20)')
    .option('--block-budget <share>', 'share of clean releases that may block (default: 0.05)')
    .option('--review-budget <share>', 'share that may call for review (default: 0.25)')
    .option('--multiplicity <method>', 'min-p, holm, tarone, bh, by or none (default: min-p)')
    .option('--errors <rule>', 'an error counts as a failure: fail, or exclude (default: fail)')
    .option('--require-evidence', 'an undecided critical slice reads UNTESTED')
    .addOption(new Option('--always-valid', 'look again and again at growing fresh cases of one candidate'))
    .option('--level <share>', 'level of intervals (default: 0.95)')
    .option('--resamples <n>', 'resamples of permutation and bootstrap (default: 10000)')
    .option('--seed <n>', 'seed of all randomness');
}
