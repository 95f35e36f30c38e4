/** `slicewise sample`: draws cases from production logs. */

import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CaseFormat, Design, SampleRequest, WantedDesign } from '../../datasets/index.ts';
import { UsageError } from '../../errors.ts';
import type { PageFormat } from '../../reports/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { formatOption } from '../format-option.ts';
import { checkOutputs } from '../output-files.ts';
import { startProgress } from '../progress.ts';
import { readRoles } from '../record-options.ts';
import type { Shell } from '../shell.ts';

type SampleOptions = DisplayOptions & {
  readonly by?: readonly string[];
  readonly floor: number;
  readonly size?: number;
  readonly margin?: number;
  readonly power?: number;
  readonly rule: SampleRequest['rule'];
  readonly spread?: string;
  readonly eval?: readonly string[];
  readonly where?: string;
  readonly seed: number;
  readonly design?: readonly WantedDesign[];
  readonly label?: string;
  readonly probabilities?: string;
  readonly allowMissing?: boolean;
  readonly output?: string;
  readonly as: CaseFormat;
  readonly worksheet?: string;
  readonly secondPass?: string;
  readonly estimate?: string;
  readonly tag?: string;
  readonly ledger?: string;
  readonly queue: string;
  readonly from?: string;
  readonly map?: readonly string[];
  readonly evalMap?: readonly string[];
  readonly format: PageFormat;
};

/** As `DESIGNS` and `CASE_FORMATS`; the help loads no stage. */
const DESIGN_NAMES: readonly Design[] = [
  'random',
  'stratified',
  'metadata',
  'class',
  'fringe',
  'dense',
  'entropy-top',
  'entropy-binned',
];
const FORMATS: readonly CaseFormat[] = ['jsonl', 'promptfoo', 'inspect'];

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
const list = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(',').filter((name) => name !== ''),
];

export const sampleCommand: CommandModule = {
  usage: 'LOGS... [options] | --estimate WORKSHEET',
  description:
    'Draws rows of production logs as cases: a floor for every slice first, the rest by size, spread or evenly; or by the ' +
    'designs of quality control. Every item knows its inclusion probability, so a rate of production can be estimated from ' +
    'what people find. The same seed gives the same bytes. What is written is read back and compared: slice keys, inputs, ' +
    'outputs, tool calls and times are there, or nothing is written.',
  examples: [
    {
      command: 'slicewise sample logs/ --by customer --size 1200 -o cases.jsonl',
      shows: 'at least 20 cases of every customer, the rest by traffic',
    },
    {
      command: 'slicewise sample logs/ --where \'language == "fr"\' --as promptfoo -o fr.yaml',
      shows: 'what the eval set lacks of a slice, as promptfoo tests',
    },
    {
      command: 'slicewise sample logs/ --design random --design fringe --worksheet w.csv',
      shows: 'a worksheet for review',
    },
    {
      command: 'slicewise sample --estimate review.csv',
      shows: 'the error rate of the logs from a filled worksheet',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .argument('[logs...]', 'files, patterns or folders of logs, or - for standard input')
    .optionsGroup('What is drawn:')
    .option(
      '--by <columns>',
      'slice keys; their combinations are the strata (default: that of the gate)',
      list,
    )
    .option('--eval <file>', 'cases that exist: they count and are not drawn again (repeatable)', many)
    .option('--where <predicate>', "only rows of a slice, such as 'tokens > 1000'")
    .option('--floor <n>', 'least cases of a slice, with those of --eval', readWhole, 20)
    .option('--size <n>', 'cases to draw (default: what the floor needs; 300 for other designs)', readWhole)
    .option('--margin <share>', 'as many as give a rate to within this, such as 0.05', readShare)
    .option('--power <drop>', 'as many in each slice as show a drop, such as 0.15', readShare)
    .addOption(
      new Option('--rule <rule>', 'what follows the floor')
        .choices(['proportional', 'neyman', 'equal'])
        .default('proportional'),
    )
    .option('--spread <column|file>', 'for neyman: a column of scores, or a filled worksheet')
    .option('--design <name[:n]>', `${DESIGN_NAMES.join(', ')}; repeated, their union`, readDesign)
    .option('--label <column>', 'classes of the design class; each gets the floor')
    .option('--probabilities <column>', 'for designs by entropy: JSON lists or objects')
    .option('--second-pass <worksheet>', 'draw more where a first pass found defects, nothing twice')
    .option('--seed <n>', 'of the draw', readWhole, 1)
    .option('--allow-missing', 'leave out rows without slice key or input, counted; else they are an error')
    .optionsGroup('What is written:')
    .option('-o, --output <file>', 'the cases')
    .addOption(new Option('--as <format>', 'how cases are written').choices([...FORMATS]).default('jsonl'))
    .option('--worksheet <file>', 'a CSV for review: why each item was drawn, empty columns for tags')
    .option('--ledger <file>', 'puts the items into a queue of this ledger')
    .option('--queue <name>', 'name of the queue', 'review')
    .optionsGroup('What people found:')
    .option('--estimate <worksheet>', 'the rate of production from a filled worksheet; reads no logs')
    .option('--tag <name>', 'the defect to estimate (default: any tag but ok)')
    .optionsGroup('How files are read:')
    .option('--from <tool>', 'what wrote the logs, such as bifrost, otel or rows (default: found by content)')
    .option(
      '--map <role=column>',
      'which column of the logs plays a role, such as input=prompt (repeatable)',
      many,
    )
    .option('--eval-map <role=column>', 'the same for the eval set (repeatable)', many)
    .optionsGroup('The answer:')
    .addOption(formatOption());
  addDisplayOptions(command, { all: true });
}

function readWhole(text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number.');
}

function readShare(text: string): number {
  const value = /^[0-9]*\.?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('expected a number between 0 and 1, such as 0.05.');
}

function readDesign(text: string, before: readonly WantedDesign[] = []): readonly WantedDesign[] {
  const [, name, size] = /^([a-z-]+)(?::([0-9]{1,9}))?$/.exec(text) ?? [];
  const known = DESIGN_NAMES.find((one) => one === name);
  if (known === undefined) {
    throw new InvalidArgumentError(`designs are ${DESIGN_NAMES.join(', ')}, with a size as in random:100.`);
  }
  if (before.some((one) => one.name === known)) throw new InvalidArgumentError('the design is named twice.');
  return [...before, { name: known, size: size === undefined ? null : Number(size) }];
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<SampleOptions>();
  const display = displayOf(options, shell);
  if (options.estimate !== undefined) return estimate(command, options.estimate, options, shell);
  checkTogether(command.args, options);
  const outputs = [options.output, options.worksheet].filter((path) => path !== undefined);
  const named = [
    ...command.args,
    ...(options.eval ?? []),
    ...[options.secondPass, options.spread, options.ledger].filter((path) => path !== undefined),
  ];
  await checkOutputs(outputs, named, shell.cwd, '--output');
  const logRoles = await readRoles(options.map ?? [], options.from);
  const evalRoles = await readRoles(options.evalMap ?? [], undefined);
  const { renderSample, runSample } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  const report = await runSample({
    files: command.args,
    cwd: shell.cwd,
    stdin: shell.stdin,
    from: logRoles.from,
    mapping: logRoles.mapping,
    evalFiles: options.eval ?? [],
    evalMapping: evalRoles.mapping,
    by: options.by ?? [],
    floor: options.floor,
    size: options.size ?? null,
    margin: options.margin ?? null,
    drop: options.power ?? null,
    rule: options.rule,
    spread: options.spread ?? null,
    where: options.where ?? null,
    seed: options.seed,
    designs: options.design ?? [],
    label: options.label ?? null,
    probabilities: options.probabilities ?? null,
    allowMissing: options.allowMissing ?? false,
    output: options.output ?? null,
    as: options.as,
    worksheet: options.worksheet ?? null,
    secondPass: options.secondPass ?? null,
    ledger:
      options.ledger === undefined
        ? null
        : { path: resolve(shell.cwd, options.ledger), queue: options.queue, now: shell.now },
    progress: progress.say,
    // Patterns and folders may hold what is to be written, which is only known now.
    onInputs: (files) => checkOutputs(outputs, [...named, ...files], shell.cwd, '--output'),
  }).finally(progress.end);
  await shell.stdout.write(renderSample(report, options.format, display));
  return 0;
}

function checkTogether(logs: readonly string[], { size, margin, secondPass, design }: SampleOptions): void {
  const problems = [];
  if (logs.length === 0) {
    problems.push({
      message: 'no logs are named, expected at least one file',
      hint: 'slicewise sample LOGS... -o cases.jsonl',
    });
  }
  if (size !== undefined && margin !== undefined) {
    problems.push({
      message: '--size and --margin both say how many cases are drawn',
      hint: 'give one of them',
    });
  }
  if (secondPass !== undefined && design !== undefined) {
    problems.push({ message: '--second-pass is a design of its own', hint: 'leave --design out' });
  }
  if (problems.length > 0) throw new UsageError(problems);
}

async function estimate(
  command: Command,
  worksheet: string,
  options: SampleOptions,
  shell: Shell,
): Promise<number> {
  if (command.args.length > 0) {
    throw new UsageError({
      message: '--estimate reads the worksheet alone, and logs are named',
      hint: `slicewise sample --estimate ${worksheet}`,
    });
  }
  const { estimateWorksheet, renderEstimate } = await import('../../datasets/index.ts');
  const report = await estimateWorksheet(worksheet, shell.cwd, options.tag ?? null);
  await shell.stdout.write(renderEstimate(report, options.format, displayOf(options, shell)));
  return 0;
}
