/** `slicewise discover`: finds slices that nobody declared, and says how sure it is. */

import { type Command, Option } from 'commander';
import type { Config, MetricConfig } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import type { Ports } from '../../stages/index.ts';
import type { DiscoverOptions, MinCases } from '../../studies/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addRunOptions } from '../comparison-options.ts';
import { wantedBy } from '../comparison-request.ts';
import type { Shell } from '../shell.ts';
import { addAnswerOptions, readNumber, runStudy } from '../study-command.ts';
import { keepYoungSpaceSmall } from '../young-space.ts';

/** Flags as the parser hands them over. */
interface DiscoverFlags {
  readonly metric?: string;
  readonly mode?: string;
  readonly level?: string;
  readonly top?: string;
  readonly minCases?: string;
  readonly order?: DiscoverOptions['order'];
  readonly weight?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly derived: boolean;
  readonly maxValues?: string;
  readonly search?: DiscoverOptions['search'];
  readonly correct?: DiscoverOptions['correction'];
  readonly alpha?: string;
  readonly threads?: string;
  readonly texts: boolean;
  readonly adopt?: boolean;
}

const many = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(','),
];

/** Flags of the comparison that mean the same here; the others are the gate's. */
const SHARED = [
  ...(['baseline', 'candidate', 'rerun', 'baselineRun', 'candidateRun', 'from', 'score', 'map'] as const),
  ...(['errors', 'seed'] as const),
];

export const discoverCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'Searches every conjunction of columns, and of what inputs tell (length, language, topic ...), for slices that are worst, ' +
    'regressed most or improved most. Slices found on one half of the cases are confirmed on the other half, and the answer says how ' +
    'many were looked at. It never gates.',
  examples: [
    { command: 'slicewise discover new.jsonl', shows: 'where this run is worst' },
    { command: 'slicewise discover old.jsonl new.jsonl', shows: 'worst now, most regressed, most improved' },
    {
      command: 'slicewise discover f.csv --map baseline.passed=a --map candidate.passed=b',
      shows: 'both runs in one file',
    },
    {
      command: 'slicewise discover old.jsonl new.jsonl --adopt',
      shows: 'keep what is confirmed in slicewise.yaml',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    command.argument('[files...]', 'OLD NEW: the results of both runs. One file alone is the new run.');
    addRunOptions(command);
    addSearchOptions(command);
    addAnswerOptions(command);
  },
  run: async (command: Command, shell: Shell) => {
    const flags = command.opts<DiscoverFlags>();
    keepYoungSpaceSmall();
    const { adoptingFile, DISCOVER_DEFAULTS, runDiscover } = await import('../../studies/index.ts');
    const options = optionsOf(flags, DISCOVER_DEFAULTS);
    const { adopt } = await import('../adopt.ts');
    const study = (config: Config, ports: Ports) => {
      if (flags.adopt) adoptingFile(config, '--adopt');
      return runDiscover({ config, ...options }, ports);
    };
    return runStudy(command, shell, study, {
      read: readRuns,
      after: async (result, config) => (flags.adopt ? adopt(result, config, shell) : undefined),
    });
  },
};

function addSearchOptions(command: Command): void {
  command
    .optionsGroup('The question:')
    .option('--metric <metric>', 'passRate, errorRate, mean:COLUMN, pass@3 ... (one)', (value: string) => [
      value,
    ])
    .option('--mode <modes>', 'worst, regressed, improved, or several with commas (default: all)')
    .option('--level <n>', 'most conditions of a slice (default: 3)')
    .option('--top <n>', 'slices tested for each mode (default: 10)')
    .option('--min-cases <n>', 'least cases of a slice, or a share such as 2% (default: 1%, at least 20)')
    .addOption(
      new Option('--order <order>', 'which slices come first').choices([
        'sliceline',
        'drop',
        'support',
        'drop-support',
      ]),
    )
    .option('--weight <w>', 'weight of the error against the size in sliceline (default: 0.95)')
    .option('--include <columns>', 'search only these, with commas (repeatable)', many)
    .option('--exclude <columns>', 'leave these out (repeatable)', many)
    .option('--no-derived', 'search no dimensions made from inputs')
    .option('--max-values <n>', 'values of a column that are told apart (default: 1000)')
    .option('--errors <rule>', 'an error counts as a failure: fail, or exclude (default: fail)')
    .optionsGroup('How sure:')
    .addOption(
      new Option(
        '--search <how>',
        'find on one half and confirm on the other (halves), both ways, or on all',
      ).choices(['halves', 'cross-fit', 'all']),
    )
    .addOption(
      new Option('--correct <method>', 'correction for many slices (default: holm)').choices([
        ...['holm', 'bh', 'by', 'tarone', 'level', 'joint', 'bonferroni'],
      ]),
    )
    .option('--alpha <share>', 'chance of confirming anything by mistake (default: 0.05)')
    .option('--seed <n>', 'seed of the halves and of all other randomness')
    .option('--threads <n>', 'threads of the search (default: 1)')
    .option('--adopt', 'write confirmed slices into slicewise.yaml; they gate from the next data on')
    .option('--no-texts', 'show no words of inputs, and clusters by number');
}

/** The configuration with the flags that mean the same here. */
async function readRuns(command: Command, shell: Shell) {
  const { prepareConfig } = await import('../../request/index.ts');
  const wanted = wantedBy(command, shell);
  const flags = Object.fromEntries(SHARED.map((name) => [name, wanted.flags[name]]));
  const read = await prepareConfig({ ...wanted, flags }, shell.cwd);
  const { metric } = command.opts<DiscoverFlags>();
  const config = metric === undefined ? read : { ...read, metrics: [await readMetric(metric)] };
  if (config.inputs.runs.candidate === null) {
    throw new UsageError({
      message: 'no run is named',
      hint: 'slicewise discover OLD NEW, or slicewise discover NEW',
    });
  }
  return { config };
}

/** A metric without margin or floor: nothing is gated. */
async function readMetric(text: string): Promise<MetricConfig> {
  const { metricId, parseMetric } = await import('../../config/index.ts');
  const measure = parseMetric(text);
  if ('problem' in measure) throw new UsageError({ message: `--metric ${measure.problem}` });
  return { id: metricId(measure), gate: false, margin: null, floor: null, measure };
}

function optionsOf(flags: DiscoverFlags, defaults: DiscoverOptions): DiscoverOptions {
  const number = (flag: string, text: string | undefined, unless: number) =>
    text === undefined ? unless : readNumber(flag, text);
  return {
    modes: readModes(flags.mode),
    level: number('--level', flags.level, defaults.level),
    top: number('--top', flags.top, defaults.top),
    minCases: readMinCases(flags.minCases),
    order: flags.order ?? defaults.order,
    weight: number('--weight', flags.weight, defaults.weight),
    include: flags.include ?? defaults.include,
    exclude: flags.exclude ?? defaults.exclude,
    derived: flags.derived,
    maxValues: number('--max-values', flags.maxValues, defaults.maxValues),
    search: flags.search ?? defaults.search,
    correction: flags.correct ?? defaults.correction,
    alpha: number('--alpha', flags.alpha, defaults.alpha),
    threads: number('--threads', flags.threads, defaults.threads),
    adopting: flags.adopt ?? false,
    texts: flags.texts,
  };
}

const MODE_NAMES = ['worst', 'regressed', 'improved'] as const;

function readModes(text: string | undefined): DiscoverOptions['modes'] {
  if (text === undefined) return [];
  return text.split(',').map((name) => {
    const mode = MODE_NAMES.find((known) => known === name.trim());
    if (mode !== undefined) return mode;
    throw new UsageError({
      message: `--mode names ${JSON.stringify(name)}, must be ${MODE_NAMES.join(', ')}, or several with commas`,
    });
  });
}

function readMinCases(text: string | undefined): MinCases {
  if (text === undefined) return null;
  return text.endsWith('%')
    ? { kind: 'share', share: readNumber('--min-cases', text.slice(0, -1)) / 100 }
    : { kind: 'cases', cases: readNumber('--min-cases', text) };
}
