/** `slicewise forecast`: the score to expect on a new domain before anybody labelled it. */

import type { Command } from 'commander';
import type { PageFormat } from '../../reports/index.ts';
import type { CommandModule } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { addKnownResults, fewestCases, type KnownResultsOptions, knownResults } from '../known-results.ts';
import { readNumberIn } from '../number-option.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type ForecastOptions = DisplayOptions &
  KnownResultsOptions & {
    readonly results: readonly string[];
    readonly text?: string;
    readonly confidence?: string;
    readonly seed: string;
    readonly format: PageFormat;
  };

/** Nothing was foreseen. */
const REFUSED = 4;

export const forecastCommand: CommandModule = {
  usage: 'INPUTS... --results RESULTS --splits FILE [options]',
  description:
    'Foresees the pass rate on inputs of a new domain that nobody labelled, from results on held-out splits. How wrong such ' +
    'forecasts are is measured on these splits, one left out after the other, and is the width of the interval. Refuses inputs ' +
    'that lie farther from the known ones than every held-out split did.',
  examples: [
    {
      command: 'slicewise forecast new.jsonl --results old.jsonl --splits splits.jsonl',
      shows: 'from the splits that splits build made',
    },
    {
      command: 'slicewise forecast new.csv --results old.csv --column site --in-domain hq',
      shows: 'from the sources that the results name',
    },
  ],
  exitCodes: [
    [0, 'foreseen'],
    [2, 'it could not run: usage, input or infrastructure'],
    [REFUSED, 'refused: too few splits, or the inputs lie outside of them'],
  ],
  define,
  run,
};

function define(command: Command): void {
  command
    .argument('<inputs...>', 'inputs of the new domain, without labels')
    .optionsGroup('What is known:')
    .requiredOption('--results <file...>', 'results with verdicts, on the splits');
  addKnownResults(command);
  command
    .optionsGroup('The new inputs:')
    .option('--text <column>', 'column of the texts (default: found by name)')
    .option('--confidence <column>', "the system's confidence, in results and inputs")
    .option('--seed <n>', 'seed of every draw', '1')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<ForecastOptions>();
  const display = displayOf(options, shell);
  const results = await knownResults(options.results, options, null);
  const { renderForecast, runForecast } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runForecast({
    cwd: shell.cwd,
    stdin: shell.stdin,
    results,
    inputs: command.args,
    text: options.text ?? null,
    confidence: options.confidence ?? null,
    minCases: fewestCases(options),
    seed: readNumberIn('--seed', options.seed, { least: 0, most: Number.MAX_SAFE_INTEGER, isWhole: true }),
  }).finally(progress.end);
  await shell.stdout.write(renderForecast(report, options.format, display));
  return report.expected === null ? REFUSED : 0;
}
