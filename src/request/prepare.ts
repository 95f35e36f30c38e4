/** Turns flags and a configuration file into one request for the pipeline. */

import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { foundText } from '../cases/index.ts';
import {
  type Config,
  configFromFlags,
  type Flags,
  type Inputs,
  loadConfig,
  loadWaivers,
  mergeFlags,
  type RunInput,
  type Waivers,
} from '../config/index.ts';
import { ConfigError } from '../errors.ts';
import type { GateRequest } from '../pipeline.ts';
import { repeatArguments } from './repeat-arguments.ts';

/** What a comparison is made of, before anything is read. */
export interface Wanted {
  readonly flags: Flags;
  /** Path of a configuration, relative to `cwd`; null for none. */
  readonly configFile: string | null;
  /** Looks at accumulating fresh cases of one candidate. */
  readonly alwaysValid?: boolean;
  /** Name under which the ledger keeps the candidate; `main` unless told. */
  readonly recordAs?: string;
}

/** The name that a file is looked for under. */
export const CONFIG_FILE = 'slicewise.yaml';

/**
 * Reads the configuration and the waivers, puts the flags over them, and makes every path relative to the working folder.
 *
 * @throws ConfigError and UsageError with every problem
 */
export async function prepareRequest(wanted: Wanted, cwd: string): Promise<GateRequest> {
  const config = await prepareConfig(wanted, cwd);
  const waivers = await readWaivers(config.waivers, cwd);
  const flags = { ...wanted.flags, alwaysValid: wanted.alwaysValid };
  return {
    config: { ...config, notes: [...config.notes, ...waivers.notes] },
    waivers: waivers.entries,
    inputs: repeatArguments(flags, wanted.configFile),
    rules: repeatArguments({ ...flags, ...NO_RUNS }, wanted.configFile),
    recordAs: wanted.recordAs ?? 'main',
  };
}

/** The entries of the waiver file. One that does not exist yet has none: the first decision in the studio makes it. */
async function readWaivers(
  file: string | null,
  cwd: string,
): Promise<{ readonly entries: Waivers['entries']; readonly notes: readonly string[] }> {
  if (file === null) return { entries: [], notes: [] };
  if (await isMissing(file, cwd)) {
    const note = `the waiver file ${foundText(file)} does not exist yet and counts as empty; the first waiver makes it`;
    return { entries: [], notes: [note] };
  }
  const text = await readText(file, cwd, 'leave waivers out');
  return { entries: (await loadWaivers(file, text)).entries, notes: [] };
}

async function isMissing(file: string, cwd: string): Promise<boolean> {
  return stat(resolve(cwd, file)).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

/** Flags that name runs, taken away. */
const NO_RUNS = {
  baseline: undefined,
  candidate: undefined,
  baselineRun: undefined,
  candidateRun: undefined,
  rerun: undefined,
} as const;

/** The configuration of a request, without its waivers. */
export async function prepareConfig(
  { flags, configFile, alwaysValid }: Wanted,
  cwd: string,
): Promise<Config> {
  const merged =
    configFile === null
      ? configFromFlags(flags)
      : mergeFlags(
          await loadConfig(
            configFile,
            await readText(configFile, cwd, 'write a configuration with slicewise init'),
          ),
          flags,
        );
  const config = fromWorkingFolder(merged);
  return alwaysValid ? { ...config, policy: { ...config.policy, looks: 'always-valid' } } : config;
}

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  ENOTDIR: 'the file does not exist',
  EISDIR: 'found a directory, expected a file',
  EACCES: 'the file may not be read (permission denied)',
};

/** @param toWrite what a person without the file should do */
async function readText(file: string, cwd: string, toWrite: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(resolve(cwd, file)));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      {
        message: WHY_UNREADABLE[code ?? ''] ?? 'the file cannot be read as UTF-8 text',
        hint: code === 'ENOENT' ? `check the path, or ${toWrite}` : undefined,
        where: { file },
      },
      { cause: error },
    );
  }
}

/** The paths of a file are relative to its folder. */
function fromWorkingFolder(config: Config): Config {
  const folder = config.file === null ? '.' : dirname(config.file);
  if (folder === '.') return config;
  const path = (written: string) =>
    written === '-' || written.startsWith('ledger:') || isAbsolute(written)
      ? written
      : relative('.', resolve(folder, written));
  const run = (input: RunInput | null) => input && { ...input, files: input.files.map(path) };
  const { runs, ...lists } = config.inputs;
  const moved = Object.fromEntries(
    Object.entries(lists).map(([key, files]) => [key, files.map(path)]),
  ) as unknown as Omit<Inputs, 'runs'>;
  return {
    ...config,
    inputs: {
      ...moved,
      runs: { baseline: run(runs.baseline), candidate: run(runs.candidate), rerun: run(runs.rerun) },
    },
    ...(config.classes?.map && 'file' in config.classes.map
      ? { classes: { ...config.classes, map: { file: path(config.classes.map.file) } } }
      : {}),
    waivers: config.waivers && path(config.waivers),
    ledger: config.ledger && { ...config.ledger, path: path(config.ledger.path) },
  };
}
