/** Connects the program to the process that it runs in. */

import { EngineError, UsageError } from '../errors.ts';
import { reportFailure } from './failure.ts';
import { runProgram } from './program.ts';
import type { Output, Shell } from './shell.ts';

/** Runs the command line of this process; the result is its exit code. */
export async function start(): Promise<number> {
  const shell: Omit<Shell, 'cwd'> = {
    env: process.env,
    now: () => new Date(),
    stdin: process.stdin,
    stdout: outputTo(process.stdout, 'standard output'),
    stderr: outputTo(process.stderr, null),
    interrupted,
  };
  try {
    return await runProgram(process.argv.slice(2), { ...shell, cwd: workingFolder() });
  } catch (error) {
    return reportFailure(error, shell);
  }
}

/** Ctrl-C ends the process at once, unless a command waits for it; a second one always does. */
function interrupted(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  return new Promise((resolve) => {
    for (const signal of signals) {
      const others = process.listeners(signal);
      process.removeAllListeners(signal);
      process.once(signal, () => {
        for (const other of others) process.on(signal, other);
        resolve();
      });
    }
  });
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UsageError(
      { message: 'the working folder does not exist any more', hint: 'change to a folder that exists' },
      { cause },
    );
  }
}

/**
 * A reader that went away (`slicewise ... | head`) is no failure: what is still to be said is dropped. A report that could not
 * be written otherwise, such as to a full disk, is one; messages that nobody can read are not.
 *
 * @param required name of a stream that must take what is written, null where it need not
 */
function outputTo(stream: NodeJS.WriteStream, required: string | null): Output {
  let isGone = false;
  stream.on('error', () => {
    isGone = true;
  });
  const failed = (error: NodeJS.ErrnoException | null | undefined) =>
    required !== null && error && error.code !== 'EPIPE'
      ? new EngineError(
          {
            message: `${required} could not be written (${error.code})`,
            hint: 'the report is not whole: free some space, or name a file with --out',
          },
          { cause: error },
        )
      : null;
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : null,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (isGone || text === '') resolve();
        else
          stream.write(text, (error) => {
            const failure = failed(error);
            if (failure === null) resolve();
            else reject(failure);
          });
      }),
    replaceLine: (text) => {
      if (isGone || !stream.isTTY) return;
      stream.cursorTo(0);
      stream.clearLine(0);
      stream.write(text);
    },
  };
}
