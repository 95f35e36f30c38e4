/** `slicewise splits overlap`: which cases of an eval set stand in data that the system has seen. */

import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OverlapReport } from '../../datasets/index.ts';
import { UsageError } from '../../errors.ts';
import type { CommandModule } from '../command-module.ts';
import { addDisplayOptions, type DisplayOptions, displayOf } from '../display-options.ts';
import { checkOutputs, writeOutputs } from '../output-files.ts';
import { planOutputs } from '../output-plan.ts';
import { startProgress } from '../progress.ts';
import { pageFormat, readRoles } from '../record-options.ts';
import type { Shell } from '../shell.ts';
import { portsOf } from '../shell-ports.ts';

type OverlapOptions = DisplayOptions & {
  readonly eval?: readonly string[];
  readonly train?: readonly string[];
  readonly fewShot?: readonly string[];
  readonly corpus?: readonly string[];
  readonly run?: readonly string[];
  readonly baseline?: readonly string[];
  readonly threshold?: number;
  readonly notice?: number;
  readonly grams?: string;
  readonly minWords?: number;
  readonly boilerplate?: number | false;
  readonly words: number;
  readonly stopItems: number;
  readonly share: number;
  readonly neighbours?: boolean;
  readonly vectors?: string;
  readonly similarity: number;
  readonly draft?: readonly string[];
  readonly margin?: string;
  readonly evalMap?: readonly string[];
  readonly trainMap?: readonly string[];
  readonly fewShotMap?: readonly string[];
  readonly corpusMap?: readonly string[];
  readonly map?: readonly string[];
  readonly remove?: string;
  readonly writeHashes?: string;
  readonly salt?: string;
  readonly texts?: boolean;
  readonly format?: 'terminal' | 'markdown' | 'json' | 'csv';
  readonly out?: readonly string[];
};

const COLUMNS_OF_FILES = 100;

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const splitsOverlapCommand: CommandModule = {
  usage: '--eval FILE [--train FILE ...] [options]',
  description:
    'Finds every case of an eval set that stands in training data, in the examples of a prompt or in a corpus: word for word, ' +
    'nearly, or by long runs of words. The search is exact, and what it finds is verified on the texts. Shows the score with and ' +
    'without those cases, conflicting labels, and writes the rows to remove from the data (never from the eval set).',
  examples: [
    {
      command: 'slicewise splits overlap --train train.jsonl --eval results.jsonl',
      shows: 'copies, and the score with and without them',
    },
    {
      command: 'slicewise splits overlap --train t.csv --eval e.csv --remove rows.csv --texts',
      shows: 'side by side, with a list of rows to remove',
    },
    {
      command: 'slicewise splits overlap --corpus web.jsonl --words 13 --eval cases.jsonl',
      shows: 'runs of 13 words that a corpus shares with cases',
    },
    {
      command: 'slicewise splits overlap --train t.jsonl --write-hashes h.jsonl --salt TEXT',
      shows: 'private texts as hashes, for --train h.jsonl --salt TEXT elsewhere',
    },
  ],
  exitCodes: [
    [0, 'PASS: no case is a copy'],
    [2, 'it could not run: usage, unreadable files'],
    [3, 'REVIEW: some cases are copies'],
    [4, 'INVALID: so many that the score says little; or UNTESTED'],
  ],
  define,
  run: runCommand,
};

function define(command: Command): void {
  command
    .allowExcessArguments(false)
    .optionsGroup('What is compared:')
    .option('--eval <file>', 'the eval set: cases or results (repeatable)', many)
    .option('--train <file>', 'training data (repeatable)', many)
    .option('--few-shot <file>', 'examples of prompts, or the index of retrieval (repeatable)', many)
    .option('--corpus <file>', 'texts scanned for long runs of words; .txt or rows (repeatable)', many)
    .option('--run <file>', 'results of the cases (default: those in the eval set)', many)
    .option('--baseline <file>', 'results of an older run', many)
    .optionsGroup('How:')
    .option('--threshold <j>', 'Jaccard index that makes a near-copy (default: 0.995)', readJaccard)
    .option('--notice <j>', 'Jaccard index that is worth a notice (default: 0.8)', readJaccard)
    .option('--grams <kind>', 'word1, word3, char5 ... (default: word3)')
    .option('--min-words <n>', 'texts of fewer words stand apart (default: 5)', readWhole)
    .option('--boilerplate <share>', 'runs in more cases than this do not count (default: 0.1)', readShare)
    .option('--no-boilerplate', 'everything counts')
    .option('--words <n>', 'words of a run in a corpus', readWhole, 13)
    .option('--share <share>', 'share of its runs that makes a case contaminated', readShare, 0.8)
    .option('--stop-items <n>', 'runs in more cases than this do not count', readWhole, 10)
    .option('--neighbours', 'also the nearest row of each case by hashed TF-IDF (weak)')
    .option('--vectors <column|file>', 'the same by your vectors: a column of all files, or a file by id')
    .option('--similarity <s>', 'cosine from which on a neighbour is counted', readShare, 0.9)
    .option('--draft <column>', "column with a model's drafts of the labels (repeatable)", many)
    .option('--margin <m>', 'score difference that makes the eval INVALID (default: 0.05)')
    .optionsGroup('How files are read:')
    .option('--eval-map <role=column>', 'columns of the eval set, such as input=question', many)
    .option('--train-map <role=column>', 'columns of the training data', many)
    .option('--few-shot-map <role=column>', 'columns of the examples', many)
    .option('--corpus-map <role=column>', 'columns of the corpus', many)
    .option('--map <role=column>', 'columns of the results', many)
    .optionsGroup('Private data:')
    .option('--write-hashes <file>', 'write --train as salted hashes, and do nothing else')
    .option('--salt <text>', 'the salt of the hashes; keep it secret')
    .optionsGroup('The answer:')
    .option('--remove <file>', 'write the rows to remove from the data (CSV)')
    .option('--texts', 'show the texts of the pairs')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(['terminal', 'markdown', 'json', 'csv']),
    )
    .option('--out <file>', 'write a file: its ending names the format (repeatable)', many);
  addDisplayOptions(command, { all: true });
}

function readWhole(text: string): number {
  if (/^[1-9][0-9]{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number of at least 1.');
}

function readJaccard(text: string): number {
  const value = /^(?:0?\.[0-9]{1,9}|1|1\.0+)$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new InvalidArgumentError('expected a number above 0 and at most 1, such as 0.995.');
}

function readShare(text: string): number {
  const value = /^[0-9]*\.?[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value <= 1) return value;
  throw new InvalidArgumentError('expected a share above 0 and at most 1, such as 0.1.');
}

async function runCommand(command: Command, shell: Shell): Promise<number> {
  const options = command.opts<OverlapOptions>();
  if (options.writeHashes !== undefined) return writeHashFile(options, options.writeHashes, shell);
  const display = displayOf(options, shell);
  const plan = planOutputs(options.format, options.out ?? []);
  const files = plan.files.map(({ path, format }) => ({ path, format: pageFormat(format, path) }));
  const outputs = [
    ...files.map(({ path }) => path),
    ...(options.remove === undefined ? [] : [options.remove]),
  ];
  const evalFiles = options.eval ?? [];
  checkTogether(options);
  const named = [options.eval, options.train, options.fewShot, options.corpus, options.run, options.baseline];
  const inputs = named.flatMap((list) => list ?? []);
  await checkOutputs(outputs, inputs, shell.cwd);
  const { renderOverlap, runOverlap, OVERLAP_EXIT_CODES } = await import('../../datasets/index.ts');
  const { configFromFlags } = await import('../../config/index.ts');
  const side = async (list: readonly string[] | undefined, map: readonly string[] | undefined) =>
    list === undefined ? null : { files: list, mapping: (await readRoles(map ?? [], undefined)).mapping };
  const corpus = await side(options.corpus, options.corpusMap);
  const progress = startProgress(options.quiet ?? false, shell);
  const report: OverlapReport = await runOverlap({
    evalSet: { files: evalFiles, mapping: (await readRoles(options.evalMap ?? [], undefined)).mapping },
    train: await side(options.train, options.trainMap),
    fewShot: await side(options.fewShot, options.fewShotMap),
    corpus: corpus && { ...corpus, n: options.words, stopItems: options.stopItems, share: options.share },
    config: configFromFlags({
      candidate: options.run,
      baseline: options.baseline,
      map: options.map,
      ...(options.margin === undefined ? {} : { margin: [options.margin] }),
    }),
    settings: await settingsOf(options),
    neighbours:
      options.neighbours === undefined && options.vectors === undefined
        ? null
        : { vectors: options.vectors ?? null, similarity: options.similarity },
    drafts: options.draft ?? [],
    salt: options.salt ?? null,
    remove: options.remove ?? null,
    texts: options.texts ?? false,
    ports: { ...portsOf(shell), progress: progress.say },
    // Patterns and folders may hold what is to be written, which is only known now.
    onInputs: (read) => checkOutputs(outputs, [...inputs, ...read], shell.cwd),
  }).finally(progress.end);
  const inFiles = { columns: COLUMNS_OF_FILES, ascii: display.ascii, all: true };
  await writeOutputs(
    files.map(({ path, format }) => ({ path, text: renderOverlap(report, format, inFiles) })),
    shell.cwd,
  );
  if (plan.stdout !== null) {
    await shell.stdout.write(renderOverlap(report, pageFormat(plan.stdout, '-'), display));
  }
  return OVERLAP_EXIT_CODES[report.verdict];
}

function checkTogether(options: OverlapOptions): void {
  const { eval: evalSet, train, fewShot, corpus, run, baseline, neighbours, vectors } = options;
  const problems = [];
  if (evalSet === undefined) {
    problems.push({
      message: 'no eval set is named',
      hint: 'slicewise splits overlap --eval FILE --train FILE',
    });
  }
  if (train === undefined && fewShot === undefined && corpus === undefined) {
    problems.push({
      message: 'nothing is named that the eval set is compared with',
      hint: 'name --train, --few-shot or --corpus',
    });
  }
  if (baseline !== undefined && run === undefined) {
    problems.push({ message: '--baseline is an older run beside --run, and --run is missing' });
  }
  if ((neighbours !== undefined || vectors !== undefined) && train === undefined && fewShot === undefined) {
    problems.push({ message: 'neighbours are rows of --train or --few-shot, and neither is named' });
  }
  if (problems.length > 0) throw new UsageError(problems);
}

async function settingsOf(options: OverlapOptions) {
  const { OVERLAP_DEFAULTS } = await import('../../stages/index.ts');
  const threshold = options.threshold ?? OVERLAP_DEFAULTS.threshold;
  return {
    threshold,
    notice: Math.min(threshold, options.notice ?? OVERLAP_DEFAULTS.notice),
    grams: await gramsOf(options),
    minTokens: options.minWords ?? OVERLAP_DEFAULTS.minTokens,
    boilerplateShare:
      options.boilerplate === false ? 1 : (options.boilerplate ?? OVERLAP_DEFAULTS.boilerplateShare),
    boilerplateTexts: OVERLAP_DEFAULTS.boilerplateTexts,
  };
}

async function gramsOf({ grams }: OverlapOptions) {
  const { DEFAULT_GRAMS, readGramKind } = await import('../../text/index.ts');
  const kind = grams === undefined ? DEFAULT_GRAMS : readGramKind(grams);
  if (kind !== null) return kind;
  throw new UsageError({
    message: `--grams is ${JSON.stringify(grams)}, must be word or char with a length`,
    hint: 'word1, word3 and char5 are usual',
  });
}

async function writeHashFile(options: OverlapOptions, path: string, shell: Shell): Promise<number> {
  const { train, salt } = options;
  if (train === undefined || salt === undefined || salt === '') {
    throw new UsageError({
      message: '--write-hashes needs --train and --salt',
      hint: 'the same salt is needed to compare: a long random text that only both sides know',
    });
  }
  await checkOutputs([path], train, shell.cwd, '--write-hashes');
  const { writeHashes } = await import('../../datasets/index.ts');
  const progress = startProgress(options.quiet ?? false, shell);
  progress.say('hashing');
  const { rows, withoutText } = await writeHashes({
    side: { files: train, mapping: (await readRoles(options.trainMap ?? [], undefined)).mapping },
    grams: await gramsOf(options),
    salt,
    path: resolve(shell.cwd, path),
    ports: { ...portsOf(shell), progress: progress.say },
    onInputs: (read) => checkOutputs([path], [...train, ...read], shell.cwd, '--write-hashes'),
  }).finally(progress.end);
  await shell.stdout.write(`${path}: ${rows} rows, ${withoutText} of them without a text\n`);
  return 0;
}
