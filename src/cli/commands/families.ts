/** `slicewise families suggest`: proposes families of segments that are too small to gate alone. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import type { FamiliesResult } from '../../studies/index.ts';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addRunOptions } from '../comparison-options.ts';
import { wantedBy } from '../comparison-request.ts';
import { writeOutputs } from '../output-files.ts';
import type { Shell } from '../shell.ts';
import { addAnswerOptions, readNumber, runStudy } from '../study-command.ts';

interface FamiliesFlags {
  readonly by?: string;
  readonly below?: string;
  readonly similarity?: string;
  readonly write?: boolean;
}

/** Fewer cases than this see a drop of ten points less than every other time. */
const BELOW = 100;
const SIMILARITY = 0.35;

export const familiesCommand: CommandModule = {
  usage: 'suggest [OLD NEW | NEW] --by COLUMN [options]',
  description:
    'Groups small segments, such as thousands of customers, into families whose inputs use the same words and share metadata. ' +
    'What passed or failed has no part in it, so gating on the families is honest. A person reads the proposal and confirms it.',
  examples: [
    { command: 'slicewise families suggest new.jsonl --by customer', shows: 'a proposal with its reasons' },
    {
      command: 'slicewise families suggest new.jsonl --by customer --write',
      shows: 'the same, written into slicewise.yaml',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    command
      .argument('<action>', 'suggest')
      .argument('[files...]', 'OLD NEW: the results of both runs. One file alone is the new run.');
    addRunOptions(command);
    command
      .optionsGroup('The question:')
      .option('--by <column>', 'the column of segments')
      .option('--below <n>', `segments with fewer cases are grouped (default: ${BELOW})`)
      .option('--similarity <s>', `least mean similarity of members, 0 to 1 (default: ${SIMILARITY})`)
      .option('--write', 'write the families into slicewise.yaml');
    addAnswerOptions(command);
  },
  run: async (command: Command, shell: Shell) => {
    const { by, below, similarity, write } = command.opts<FamiliesFlags>();
    if (command.args[0] !== 'suggest') {
      throw new UsageError({
        message: `${JSON.stringify(command.args[0])} is nothing that slicewise families does; it knows suggest`,
        hint: `slicewise families suggest ${command.args[0]} --by ${by ?? 'COLUMN'}`,
      });
    }
    if (by === undefined) {
      throw new UsageError({
        message: 'no column of segments is named',
        hint: 'add --by COLUMN, such as --by customer',
      });
    }
    const asked = {
      by,
      below: below === undefined ? BELOW : readNumber('--below', below),
      similarity: similarity === undefined ? SIMILARITY : readNumber('--similarity', similarity),
    };
    return runStudy(
      command,
      shell,
      async (config, ports) => {
        if (write) writtenFile(config);
        const { runFamilies } = await import('../../studies/index.ts');
        return runFamilies({ config, ...asked }, ports);
      },
      {
        read: readRuns,
        after: async (result, config) => (write ? writeFamilies(result, config, shell) : undefined),
      },
    );
  },
};

const SHARED = [
  'baseline',
  'candidate',
  'baselineRun',
  'candidateRun',
  'from',
  'score',
  'map',
  'passWords',
  'failWords',
] as const;

async function readRuns(command: Command, shell: Shell) {
  const { prepareConfig } = await import('../../request/index.ts');
  const wanted = wantedBy(command, shell, command.args.slice(1));
  const flags = Object.fromEntries(SHARED.map((name) => [name, wanted.flags[name]]));
  const config = await prepareConfig({ ...wanted, flags }, shell.cwd);
  if (config.inputs.runs.candidate === null) {
    throw new UsageError({ message: 'no run is named', hint: 'slicewise families suggest NEW --by COLUMN' });
  }
  return { config };
}

function writtenFile({ file }: Config): string {
  if (file !== null) return file;
  throw new UsageError({
    message: '--write writes into slicewise.yaml, and no configuration was read',
    hint: 'slicewise init writes one; --config names another',
  });
}

async function writeFamilies({ by, families }: FamiliesResult, config: Config, shell: Shell): Promise<void> {
  const file = writtenFile(config);
  if (families.length === 0) {
    await shell.stderr.write(`slicewise: there are no families; ${file} was not changed\n`);
    return;
  }
  const { setFamilies } = await import('../../config/index.ts');
  const text = await readFile(resolve(shell.cwd, file), 'utf8');
  const members = Object.fromEntries(families.map((family) => [family.name, family.members]));
  await writeOutputs([{ path: file, text: await setFamilies(file, text, by, members) }], shell.cwd);
  await shell.stderr.write(
    `slicewise: wrote ${families.length} families into ${file}; read them before the next gate\n`,
  );
}
