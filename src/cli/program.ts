/** The command line: finds the command, loads its file, runs it, and turns every end into an exit code. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { type CommandGroup, type CommandModule, isGroup } from './command-module.ts';
import { reportFailure } from './failure.ts';
import { describeCommand, describeProgram, helpWidth } from './help.ts';
import { COMMANDS, GROUPS } from './registry.ts';
import { type Route, routeOf } from './route.ts';
import type { Shell } from './shell.ts';

type Say = (to: 'stdout' | 'stderr', text: string) => void;

/**
 * Runs one command line.
 *
 * @param args without the program's own name
 * @returns the exit code; errors are printed, never thrown
 */
export async function runProgram(args: readonly string[], shell: Shell): Promise<number> {
  const said: { readonly to: 'stdout' | 'stderr'; readonly text: string }[] = [];
  const flush = async () => {
    for (const { to, text } of said.splice(0)) await shell[to].write(text);
  };
  try {
    const route = routeOf(
      args,
      COMMANDS.map(({ name }) => name),
    );
    if (route.kind === 'command' && route.isShorthand) await checkWord(args[0] ?? '', COMMANDS, shell);
    const program = newProgram(shell, (to, text) => said.push({ to, text }));
    let run: () => Promise<number> = async () => 0;
    await addCommands(program, route, shell, (chosen) => {
      run = chosen;
    });
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync([...route.args], { from: 'user' });
    await flush();
    return await run();
  } catch (error) {
    await flush();
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return reportFailure(error, shell);
  }
}

function newProgram(shell: Shell, say: Say): Command {
  const width = helpWidth(shell);
  const program = new Command('slicewise')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => say('stdout', text),
      writeErr: (text) => say('stderr', text),
      outputError: (text, write) => write(ourWords(text)),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false);
  describeProgram(program);
  return program;
}

/** The parser's messages in the form of all others. */
function ourWords(text: string): string {
  return text
    .replace(/^error: /, 'slicewise: ')
    .replace(/\n\(Did you mean (.*)\?\)/s, '\n  hint: did you mean $1?');
}

/** Adds every command by name; only the one that is asked for is loaded. */
async function addCommands(
  program: Command,
  route: Route,
  shell: Shell,
  choose: (run: () => Promise<number>) => void,
): Promise<void> {
  for (const entry of COMMANDS) {
    const command = program.command(entry.name).summary(entry.summary).helpGroup(GROUPS[entry.group]);
    if (route.kind !== 'command' || route.name !== entry.name) continue;
    const module = await entry.load();
    describeCommand(command, module);
    if (isGroup(module)) await addParts(command, module, route.args[1], shell, choose);
    else attach(command, module, entry.name, shell, choose);
  }
}

/** What is about a group as a whole. */
const OF_GROUP = ['--help', '-h'];

/** Adds the commands of a group, such as `splits overlap`; only the one that is asked for is loaded. */
async function addParts(
  group: Command,
  { parts }: CommandGroup,
  wanted: string | undefined,
  shell: Shell,
  choose: (run: () => Promise<number>) => void,
): Promise<void> {
  group.helpCommand(false).helpOption('-h, --help', 'print this help');
  const named = parts.find(({ name }) => name === wanted);
  const fallback =
    wanted === undefined || OF_GROUP.includes(wanted) ? undefined : parts.find(({ isDefault }) => isDefault);
  if (named === undefined && fallback !== undefined) await checkWord(wanted ?? '', parts, shell);
  for (const part of parts) {
    const command = group.command(part.name, { isDefault: part === fallback }).summary(part.summary);
    if (part !== (named ?? fallback)) continue;
    const module = await part.load();
    describeCommand(command, module);
    attach(command, module, `${group.name()} ${part.name}`, shell, choose);
  }
}

/** Lets a command be parsed and run. */
function attach(
  command: Command,
  module: CommandModule,
  name: string,
  shell: Shell,
  choose: (run: () => Promise<number>) => void,
): void {
  module.define(command);
  command.showHelpAfterError(`  hint: slicewise ${name} --help lists what there is`);
  command.action(() => choose(() => module.run(command, shell)));
}

/** A word that is neither a command nor a file is more likely a misspelled command. */
async function checkWord(
  word: string,
  commands: readonly { readonly name: string }[],
  { cwd }: Shell,
): Promise<void> {
  if (!/^[a-z][a-z-]*$/i.test(word) || existsSync(resolve(cwd, word))) return;
  const { nearestHint } = await import('../config/index.ts');
  throw new UsageError({
    message: `"${word}" is neither a command nor a file`,
    hint: nearestHint(
      word,
      commands.map(({ name }) => name),
    ),
  });
}
