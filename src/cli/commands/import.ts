/** `slicewise import`: what the results of another tool hold, and their rows as a file. */

import type { Command } from 'commander';
import type { PageFormat } from '../../reports/index.ts';
import type { SourceFormat } from '../../sources/index.ts';
import type { CommandModule } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';

type ImportOptions = DisplayOptions & {
  readonly from?: string;
  readonly score?: string;
  readonly run?: string;
  readonly output?: string;
  readonly check?: boolean;
  readonly format: PageFormat;
};

export const importCommand: CommandModule = {
  usage: 'FILE... [options]',
  description:
    'Reads the result files of other tools (promptfoo, Inspect, lm-evaluation-harness, DeepEval, OpenAI evals, HELM, Langfuse, ' +
    'Phoenix, MLflow, Braintrust and more) and says what it understood: runs, cases, trials, scores, errors, what gave no row, ' +
    'fields that nothing maps, and where the numbers that the source states differ from what its rows give. With -o the rows ' +
    'are written as Parquet or JSON lines. Every other command reads these files directly; nothing needs to be imported first.',
  examples: [
    { command: 'slicewise import results.json', shows: 'what a file holds and which runs it has' },
    {
      command: 'slicewise import logs/new.eval -o new.parquet',
      shows: 'the rows of an Inspect log as Parquet',
    },
    {
      command: 'slicewise import results.json --run openai:gpt-5 -o gpt5.jsonl.gz',
      shows: 'one run of several as JSON lines',
    },
  ],
  exitCodes: [
    [0, 'understood'],
    [2, 'the files cannot be read, or nobody knows their format'],
    [4, 'understood, but no row is usable'],
  ],
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('<files...>', 'result files of one tool, or the folder of a run')
    .option('--from <tool>', 'the tool that wrote them (default: found by content)')
    .option('--score <metric>', "the metric that decides (default: the tool's own)")
    .option('--run <name>', 'write the rows of this run alone')
    .option('-o, --output <file>', 'write the rows: .parquet, .jsonl, .jsonl.gz or .jsonl.zst')
    .option('--check', 'one line and the exit code')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const { from, score, run, output, check, format, ...options } = command.opts<ImportOptions>();
  const display = displayOf(options, shell);
  await checkOutputs(output === undefined ? [] : [output], command.args, shell.cwd, '--output');
  const { importLine, renderImport, runImport } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('reading');
  const report = await runImport({
    files: command.args,
    cwd: shell.cwd,
    stdin: shell.stdin,
    from: await readFormat(from),
    score: score ?? null,
    run: run ?? null,
    output: output ?? null,
  }).finally(progress.end);
  const { visible } = await import('../../reports/index.ts');
  await shell.stdout.write(
    check ? `${visible(importLine(report))}\n` : renderImport(report, format, display),
  );
  return report.usableRows > 0 ? 0 : 4;
}

async function readFormat(from: string | undefined): Promise<SourceFormat | null> {
  if (from === undefined) return null;
  const { configFromFlags } = await import('../../config/index.ts');
  // The configuration knows what --from may say, and what to answer otherwise.
  return configFromFlags({ from, candidate: ['-'] }).inputs.runs.candidate?.from ?? null;
}
