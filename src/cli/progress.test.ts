import { describe, expect, it } from 'vitest';
import { startProgress } from './progress.ts';
import type { Output } from './shell.ts';

/** Keeps what is written, and a clock that is set by hand. */
function recorder(isTerminal: boolean) {
  const written: string[] = [];
  let elapsedMs = 0;
  const stderr: Output = {
    isTerminal,
    columns: isTerminal ? 30 : null,
    write: async (text) => {
      written.push(text);
    },
    replaceLine: (text) => {
      if (isTerminal) written.push(`<${text}>`);
    },
  };
  return {
    written,
    wait: (ms: number) => {
      elapsedMs += ms;
    },
    shell: { stderr, now: () => new Date(elapsedMs) },
  };
}

describe('progress', () => {
  it.each([true, false])('says nothing about what takes less than a second (terminal: %s)', (isTerminal) => {
    const { written, wait, shell } = recorder(isTerminal);
    const progress = startProgress(false, shell);
    progress.say('reading');
    wait(999);
    progress.say('counting');
    progress.end();
    expect(written).toEqual([]);
  });

  it('says one plain line per stage after a second', () => {
    const { written, wait, shell } = recorder(false);
    const progress = startProgress(false, shell);
    wait(1000);
    for (const text of [
      'counting',
      'joint sign flips',
      'joint sign flips 10 %',
      'joint sign flips 20 %',
      'recording',
    ]) {
      progress.say(text);
    }
    progress.end();
    expect(written).toEqual([
      'slicewise: counting\n',
      'slicewise: joint sign flips\n',
      'slicewise: recording\n',
    ]);
  });

  it('rewrites one line of a terminal, cut to its width, and takes it away', () => {
    const { written, wait, shell } = recorder(true);
    const progress = startProgress(false, shell);
    wait(1500);
    progress.say('joint sign flips 10 %');
    progress.say('joint sign flips 20 %');
    progress.end();
    expect(written).toEqual(['<slicewise: joint sign flips 1>', '<slicewise: joint sign flips 2>', '<>']);
  });

  it('says nothing where it is told to be quiet', () => {
    const { written, wait, shell } = recorder(false);
    const progress = startProgress(true, shell);
    wait(5000);
    progress.say('counting');
    progress.end();
    expect(written).toEqual([]);
  });
});
