/** `slicewise report`: the numbers of a run or of two, per slice and class, with intervals and without a verdict. */

import { type Command, Option } from 'commander';
import type { Config, MetricConfig } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import type { Ports } from '../../stages/index.ts';
import type { ClassMetric, PartKind, ReportOptions, SpanMatch } from '../../studies/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addRunOptions } from '../comparison-options.ts';
import { wantedBy } from '../comparison-request.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { portsOf } from '../shell-ports.ts';
import { addAnswerOptions, readNumber, runStudy } from '../study-command.ts';

/** Flags as the parser hands them over. */
interface ReportFlags {
  readonly metric?: readonly string[];
  readonly class?: readonly string[];
  readonly positive?: string;
  readonly cost?: string;
  readonly costs?: string;
  readonly labelMap?: string;
  readonly outcome?: string;
  readonly parts?: PartKind;
  readonly spanMatch?: SpanMatch;
  readonly ranking?: string;
  readonly k?: string;
  readonly train?: readonly string[];
  readonly top?: string;
  readonly html?: string;
  readonly quiet?: boolean;
}

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Flags of the comparison that mean the same here; the others are the gate's. */
const SHARED = [
  ...(['baseline', 'candidate', 'baselineRun', 'candidateRun', 'from', 'score', 'map'] as const),
  ...(['slice', 'cross', 'where', 'minCases', 'errors', 'level', 'resamples', 'seed'] as const),
];

export const reportCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'Prints the classification report that scikit-learn prints, with intervals, and what it leaves out: every slice, every class in ' +
    'every slice, which classes are confused, what mistakes cost, how far probabilities are to be believed, and with an old run what ' +
    'changed. Runs without labels get their rates per slice. It never gates.',
  examples: [
    { command: 'slicewise report new.jsonl', shows: 'one run, nothing configured' },
    { command: 'slicewise report old.jsonl new.jsonl --slice region', shows: 'what changed, by region' },
    {
      command: 'slicewise report f.csv --map baseline.predicted=a --map candidate.predicted=b',
      shows: 'both runs in one file',
    },
    {
      command: 'slicewise report new.jsonl --positive fraud --cost miss=100,false-alarm=1',
      shows: 'what mistakes cost, by slice',
    },
    {
      command: 'slicewise report new.jsonl --ranking retrieved --k 1,5,10',
      shows: 'retrieved ids against expected ids',
    },
    {
      command: 'slicewise report new.jsonl --html report.html',
      shows: 'slices, classes and data as pages, in one file',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    command.argument('[files...]', 'OLD NEW: the results of both runs. One file alone is the new run.');
    addRunOptions(command);
    addReportOptions(command);
    addAnswerOptions(command);
    command.option(
      '--html <file>',
      'write the pages of the studio that show numbers and no verdict into one file',
    );
  },
  run: async (command: Command, shell: Shell) => {
    const flags = command.opts<ReportFlags>();
    const { REPORT_DEFAULTS, readReportMetrics, runReport } = await import('../../studies/index.ts');
    const { classMetrics, metrics } = readReportMetrics(flags.metric ?? []);
    const options = optionsOf(flags, classMetrics, REPORT_DEFAULTS);
    const study = (config: Config, ports: Ports) => runReport({ config, ...options }, ports);
    const writeHtml = flags.html === undefined ? undefined : await htmlWriter(flags.html, command, shell);
    return runStudy(command, shell, study, {
      read: (own) => readRuns(own, metrics, shell),
      ...(writeHtml === undefined ? {} : { after: (_, config) => writeHtml(config) }),
    });
  },
};

/** Refuses what could not be written, and gives what writes it once the numbers are there. */
async function htmlWriter(
  path: string,
  command: Command,
  shell: Shell,
): Promise<(config: Config) => Promise<void>> {
  const { checkOutputs, writeOutputs } = await import('../output-files.ts');
  const wanted = wantedBy(command, shell);
  const { baseline = [], candidate = [] } = wanted.flags;
  if ([...baseline, ...candidate].includes('-')) {
    throw new UsageError({
      message: '--html reads the results once more, and standard input can be read once',
      hint: 'write the results to a file',
    });
  }
  await checkOutputs([path], [...baseline, ...candidate], shell.cwd, '--html');
  return async (config) => {
    const { repeatArguments } = await import('../../request/index.ts');
    const { reportAsHtml } = await import('../html-output.ts');
    const progress = startProgress(command.opts<ReportFlags>().quiet ?? false, shell);
    try {
      const inputs = repeatArguments(wanted.flags, wanted.configFile);
      const request = { config, waivers: [], inputs, rules: '', recordAs: 'main' };
      const text = await reportAsHtml(request, { ...portsOf(shell), progress: progress.say });
      await writeOutputs([{ path, text }], shell.cwd);
    } finally {
      progress.end();
    }
  };
}

function addReportOptions(command: Command): void {
  command
    .optionsGroup('How the cases are cut:')
    .option(
      '--slice <column>',
      'report each value of this column (repeatable; default: all that are found)',
      many,
    )
    .option('--cross <columns>', 'report each combination of columns A,B (repeatable)', many)
    .option('--where <name: expression>', "report a predicate, such as 'long: length(input) > 8000'", many)
    .option('--min-cases <n>', 'smaller slices and classes are counted, not listed (default: 20)')
    .optionsGroup('The question:')
    .option('--class <label>', 'rows for these classes only (repeatable)', many)
    .option(
      '--metric <metric>',
      'f1, recall, precision, specificity, or passRate, mean:COLUMN ... (repeatable)',
      many,
    )
    .option('--positive <label>', 'the class that misses and false alarms are about, of two')
    .option('--cost <costs>', 'such as miss=100,false-alarm=1')
    .option('--costs <file>', 'what each mistake costs: JSON or CSV by true and predicted label')
    .option('--label-map <file>', 'which labels belong together, level by level: CSV or JSON')
    .option(
      '--outcome <file>',
      'what each label leads to, where runs have label sets of their own: CSV or JSON',
    )
    .option('--train <files...>', 'training data: rows of each class beside its recall')
    .addOption(
      new Option('--parts <kind>', 'answers have several parts, compared one by one').choices([
        'list',
        'spans',
        'json-fields',
      ]),
    )
    .addOption(
      new Option(
        '--span-match <rule>',
        'spans of one label are the same: exact, or where they overlap',
      ).choices(['exact', 'overlap']),
    )
    .option('--ranking <column>', 'ranked ids, compared with a list of expected ids')
    .option('--k <depths>', 'depths of --ranking, with commas (default: 1,5,10)')
    .option('--top <n>', 'rows of each table on a screen (default: 12)')
    .option('--errors <rule>', 'an error counts as a failure: fail, or exclude (default: fail)')
    .option('--level <share>', 'level of intervals (default: 0.95)')
    .option('--resamples <n>', 'resamples of permutation and bootstrap (default: 10000)')
    .option('--seed <n>', 'seed of all randomness');
}

/** The configuration with the flags that mean the same here. */
async function readRuns(command: Command, metrics: readonly MetricConfig[], shell: Shell) {
  const { prepareConfig } = await import('../../request/index.ts');
  const wanted = wantedBy(command, shell);
  const shared = Object.fromEntries(SHARED.map((name) => [name, wanted.flags[name]]));
  const read = await prepareConfig({ ...wanted, flags: shared }, shell.cwd);
  const { train } = command.opts<ReportFlags>();
  const config = {
    ...read,
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(train === undefined ? {} : { inputs: { ...read.inputs, train } }),
  };
  if (config.inputs.runs.candidate === null) {
    throw new UsageError({
      message: 'no run is named',
      hint: 'slicewise report OLD NEW, or slicewise report NEW',
    });
  }
  return { config };
}

function optionsOf(
  flags: ReportFlags,
  classMetrics: readonly ClassMetric[],
  defaults: ReportOptions,
): ReportOptions {
  if (flags.k !== undefined && flags.ranking === undefined) {
    throw new UsageError({ message: '--k says how deep --ranking looks, and no --ranking is named' });
  }
  return {
    classMetrics,
    classes: flags.class ?? defaults.classes,
    positive: flags.positive ?? defaults.positive,
    cost: flags.cost ?? defaults.cost,
    costsFile: flags.costs ?? defaults.costsFile,
    labelMap: flags.labelMap ?? defaults.labelMap,
    outcome: flags.outcome ?? defaults.outcome,
    parts: flags.parts ?? defaults.parts,
    spanMatch: flags.spanMatch ?? defaults.spanMatch,
    ranking:
      flags.ranking === undefined ? null : { column: flags.ranking, ks: depthsOf(flags.k ?? '1,5,10') },
    top: flags.top === undefined ? defaults.top : readNumber('--top', flags.top),
  };
}

function depthsOf(text: string): readonly number[] {
  return text.split(',').map((depth) => {
    if (/^\s*[1-9]\d{0,5}\s*$/.test(depth)) return Number(depth);
    throw new UsageError({ message: `--k is ${JSON.stringify(text)}, must be whole numbers such as 1,5,10` });
  });
}
