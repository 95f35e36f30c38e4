/** Connects the program to the process that it runs in. */

import { runProgram } from './program.ts';
import type { Output, Shell } from './shell.ts';

/** Runs the command line of this process; the result is its exit code. */
export function start(): Promise<number> {
  return runProgram(process.argv.slice(2), processShell());
}

function processShell(): Shell {
  return {
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    stdin: process.stdin,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
  };
}

/** A reader that went away (`slicewise ... | head`) is no failure: what is still to be said is dropped. */
function outputTo(stream: NodeJS.WriteStream): Output {
  let isGone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isGone = true;
  });
  return {
    isTerminal: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : null,
    write: (text) =>
      new Promise((resolve) => {
        if (isGone || text === '') resolve();
        else stream.write(text, () => resolve());
      }),
    replaceLine: (text) => {
      if (isGone || !stream.isTTY) return;
      stream.cursorTo(0);
      stream.clearLine(0);
      stream.write(text);
    },
  };
}
