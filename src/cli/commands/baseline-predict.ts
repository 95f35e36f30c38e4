/** `slicewise baseline predict`: answers rows with a saved model. */

import type { Command } from 'commander';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type PredictOptions = DisplayOptions & {
  readonly id?: string;
  readonly label?: string;
  readonly without?: readonly string[];
  readonly out: string;
  readonly format: PageFormat;
};

export const baselinePredictCommand: CommandModule = {
  usage: 'MODEL DATA... -o predictions.jsonl [options]',
  description:
    'Answers every row with a model that slicewise baseline train wrote, and writes a run: case id, true label where there is one, ' +
    'answer, verdict, a probability per label, and every other column as it was, so that the run can be cut into slices.',
  examples: [
    {
      command: 'slicewise baseline predict model.json test.csv -o new.jsonl',
      shows: 'how many rows it answers rightly',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run,
};

function define(command: Command): void {
  command
    .argument('<model>', 'the file that slicewise baseline train wrote')
    .argument('<data...>', 'rows (CSV, JSON lines, Parquet)')
    .requiredOption('-o, --out <file>', 'write the run (.jsonl)')
    .option('--id <column>', 'case id (default: found by name, else the place of the row)')
    .option('--label <column>', 'true label (default: found by name)')
    .option('--without <column...>', 'columns that are not copied into the run, such as long texts')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function run(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<PredictOptions>();
  const display = displayOf(options, shell);
  const [model, ...files] = command.args as [string, ...string[]];
  await checkOutputs([options.out], [model, ...files], shell.cwd);
  const { renderPredictions, runBaselinePredict } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runBaselinePredict({
    records: { files, cwd: shell.cwd, stdin: shell.stdin },
    model,
    id: options.id ?? null,
    label: options.label ?? null,
    without: options.without ?? [],
    out: options.out,
  }).finally(progress.end);
  await shell.stdout.write(renderPredictions(report, options.format, display));
  return 0;
}
