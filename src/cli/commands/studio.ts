/** `slicewise studio`: the comparison in a browser, served to this machine alone unless told otherwise. */

import type { Command } from 'commander';
import { UsageError } from '../../errors.ts';
import type { Access } from '../../studio/index.ts';
import type { CommandModule } from '../command-module.ts';
import { addComparisonOptions } from '../comparison-options.ts';
import { readComparison } from '../comparison-request.ts';
import { readNumberIn } from '../number-option.ts';
import { openBrowser } from '../open-browser.ts';
import { startProgress } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { portsOf } from '../shell-ports.ts';

interface StudioFlags {
  readonly port: string;
  readonly host: string;
  readonly at: string;
  /** Absent: only where a person sits at a terminal. */
  readonly open?: boolean;
  readonly passwordFile?: string;
  readonly trustProxyHeader?: string;
  readonly allowHost?: readonly string[];
  readonly quiet?: boolean;
}

/** Addresses that only this machine reaches. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** The password, where it is not in a file. */
const PASSWORD_VARIABLE = 'SLICEWISE_STUDIO_PASSWORD';
const SHORTEST_PASSWORD = 8;

export const studioCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'Opens the comparison that the gate makes in a browser: verdict, slices, cases, classes, recorded runs, data health, and the ' +
    'policy with its consequences. It reads what the gate reads, records no look, and writes only what a person decides there. ' +
    'The server runs on this machine, for this machine alone; the printed address holds a secret. Ctrl-C ends it.',
  examples: [
    { command: 'slicewise studio', shows: 'what slicewise.yaml names' },
    { command: 'slicewise studio old.jsonl new.jsonl --at /slices', shows: 'two files, from the slices on' },
    {
      command: 'slicewise studio --host 0.0.0.0 --password-file secret.txt',
      shows: 'for others in the network, who must know a password',
    },
  ],
  exitCodes: [
    [0, 'ended by Ctrl-C'],
    [2, 'it could not start: usage, input or infrastructure'],
  ],
  define: (command: Command) => {
    addComparisonOptions(command);
    command
      .optionsGroup('The studio:')
      .option('--at <path>', 'page to begin with, such as /slices', '/')
      .option('--open', 'open the browser (default: at a terminal, not in CI)')
      .option('--no-open', 'only print the address')
      .option('--port <n>', 'port to listen at; 0 takes a free one', '0')
      .option('--host <address>', 'address to listen at; others than loopback demand a password', '127.0.0.1')
      .option('--password-file <file>', `ask for the password in this file (or set ${PASSWORD_VARIABLE})`)
      .option(
        '--trust-proxy-header <name>',
        'a reverse proxy logs people in and names them in this header; nobody else may reach the server',
      )
      .option(
        '--allow-host <name>',
        'a name that a reverse proxy hands through (repeatable)',
        (value: string, before: readonly string[] = []) => [...before, value],
      )
      .option('--quiet', 'say nothing on standard error but what went wrong');
  },
  run: runStudio,
};

async function runStudio(command: Command, shell: Shell): Promise<number> {
  const flags = command.opts<StudioFlags>();
  const port = readNumberIn('--port', flags.port, { least: 0, most: 65_535, isWhole: true });
  const at = readPath(flags.at);
  const access = await readAccess(flags, shell);
  const request = await readComparison(command, shell);
  const { startStudio } = await import('../../studio/index.ts');
  const { withoutControls } = await import('../../reports/index.ts');
  const progress = startProgress(flags.quiet ?? false, shell);
  const ended = shell.interrupted?.();
  const studio = await startStudio(
    request,
    { ...portsOf(shell), progress: progress.say },
    {
      ...{ host: flags.host, port, access, allowedHosts: flags.allowHost ?? [] },
      complain: (text) => void shell.stderr.write(`${withoutControls(`slicewise: ${text}`)}\n`),
    },
  );
  const url = addressOf(studio.origin, at, access);
  await shell.stdout.write(`${url}\n`);
  const isWanted = flags.open ?? (shell.stdout.isTerminal && !shell.env.CI);
  if (isWanted && !(await openBrowser(url))) {
    await shell.stderr.write('slicewise: no browser could be started; open the address above\n');
  }
  void studio.settled().then(() => progress.end());
  await ended;
  progress.end();
  await studio.close();
  return 0;
}

/** The address to open; it holds the secret only where there is one. */
function addressOf(origin: string, at: string, access: Access): string {
  const url = new URL(at, origin);
  if (access.kind === 'token') url.searchParams.set('token', access.token);
  return url.href;
}

function readPath(text: string): string {
  if (/^\/(?![/\\])[^\s\\]*$/.test(text)) return text;
  throw new UsageError({
    message: `--at is ${JSON.stringify(text)}, must be a page of the studio`,
    hint: 'such as /slices, or what stands after the port in an address of the studio',
  });
}

/** Who may look; a server that others can reach is not left open. */
async function readAccess(
  { host, passwordFile, trustProxyHeader }: StudioFlags,
  { cwd, env }: Shell,
): Promise<Access> {
  const said = env[PASSWORD_VARIABLE];
  if (trustProxyHeader !== undefined) {
    if (passwordFile !== undefined) {
      throw new UsageError({
        message: '--trust-proxy-header and --password-file are two ways to log in; name one',
      });
    }
    if (!/^[A-Za-z0-9-]{1,64}$/.test(trustProxyHeader)) {
      throw new UsageError({
        message: `--trust-proxy-header is ${JSON.stringify(trustProxyHeader)}, must be the name of a header such as X-Forwarded-User`,
      });
    }
    return { kind: 'proxy', header: trustProxyHeader };
  }
  if (passwordFile !== undefined)
    return { kind: 'password', password: await readPassword(passwordFile, cwd) };
  if (said !== undefined && said !== '')
    return { kind: 'password', password: checkPassword(said, PASSWORD_VARIABLE) };
  if (!LOOPBACK.has(host.toLowerCase())) {
    throw new UsageError({
      message: `--host ${host} lets others than this machine in, and nothing says who they are`,
      hint: `add --password-file FILE (or set ${PASSWORD_VARIABLE}), or --trust-proxy-header NAME behind a reverse proxy`,
    });
  }
  const { randomBytes } = await import('node:crypto');
  return { kind: 'token', token: randomBytes(32).toString('base64url') };
}

async function readPassword(file: string, cwd: string): Promise<string> {
  const [{ readFile }, { resolve }] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UsageError({ message: `--password-file ${file} could not be read (${code})` }, { cause });
  }
  return checkPassword(text.replace(/\r?\n$/, ''), `--password-file ${file}`);
}

function checkPassword(password: string, where: string): string {
  if (password.length >= SHORTEST_PASSWORD && password.length <= 1024) return password;
  throw new UsageError({
    message: `the password of ${where} has ${password.length} characters, must have ${SHORTEST_PASSWORD} to 1024`,
  });
}
