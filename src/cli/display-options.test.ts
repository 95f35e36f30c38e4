import { describe, expect, it } from 'vitest';
import { displayOf } from './display-options.ts';
import type { Output, Shell } from './shell.ts';

function shellWith(isTerminal: boolean, env: Shell['env'], columns: number | null = null): Shell {
  const output: Output = { isTerminal, columns, write: async () => {}, replaceLine: () => {} };
  return { cwd: '/', env, now: () => new Date(0), stdin: process.stdin, stdout: output, stderr: output };
}

describe('colour', () => {
  it.each([
    [false, {}, true, false],
    [true, {}, true, true],
    [true, { TERM: 'dumb' }, true, false],
    [true, { NO_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '' }, true, true],
    [true, {}, false, false],
    [false, { FORCE_COLOR: '1' }, true, true],
    [true, { FORCE_COLOR: '0' }, true, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
    [false, { FORCE_COLOR: '1' }, false, false],
  ])('terminal %s, %j, --color %s: %s', (isTerminal, env, color, expected) => {
    expect(displayOf({ color }, shellWith(isTerminal, env)).color).toBe(expected);
  });
});

describe('width', () => {
  it.each([
    [undefined, null, 80],
    [undefined, 132, 132],
    ['100', 132, 100],
  ])('--columns %s on a terminal of %s: %i', (columns, terminal, expected) => {
    expect(displayOf({ color: true, columns }, shellWith(true, {}, terminal)).columns).toBe(expected);
  });

  it.each(['0', '-5', '1e3', 'wide', '', '19', '10001'])('--columns %j is refused', (columns) => {
    expect(() => displayOf({ color: true, columns }, shellWith(true, {}))).toThrow(
      `--columns is "${columns}", must be a whole number from 20 to 10000`,
    );
  });
});
