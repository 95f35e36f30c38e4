/** `slicewise experiments log`: writes a gate's report into an MLflow run. */

import type { Command } from 'commander';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { formatOption } from '../format-option.ts';
import type { Shell } from '../shell.ts';

interface LogOptions {
  readonly mlflow: string;
  readonly runId: string;
  readonly format: PageFormat;
}

export const experimentsLogCommand: CommandModule = {
  usage: 'REPORT --mlflow WHERE --run-id ID',
  description:
    'Writes what a gate found into the MLflow run that it is about: numbers of every gated slice as metrics, the verdict as ' +
    'tags (slicewise.verdict and others), and the report as a file of the run. REPORT is the JSON of `slicewise gate`. The tag ' +
    'of the verdict is written last. Nothing is sent anywhere but to the address that --mlflow names.',
  examples: [
    {
      command: 'slicewise experiments log report.json --mlflow https://host --run-id 3f2a',
      shows: 'into a run of a server',
    },
    {
      command: 'slicewise experiments log report.json --mlflow mlruns --run-id 3f2a',
      shows: 'into a run of a folder',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<report>', 'the JSON that `slicewise gate --out report.json` wrote')
    .requiredOption('--mlflow <folder or address>', 'an MLflow folder (mlruns) or server')
    .requiredOption('--run-id <id>', 'the run')
    .addOption(formatOption());
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const { mlflow, runId, format } = command.opts<LogOptions>();
  const { connectMlflow, isAddress } = await import('../mlflow-connection.ts');
  const to = isAddress(mlflow) ? connectMlflow(mlflow, shell) : mlflow;
  const { renderLog, runLog } = await import('../../datasets/index.ts');
  const report = await runLog({
    report: command.args[0] ?? '',
    runId,
    cwd: shell.cwd,
    to,
    now: shell.now().getTime(),
  });
  await shell.stdout.write(renderLog(report, format));
  return 0;
}
