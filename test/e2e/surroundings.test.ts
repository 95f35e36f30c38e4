/** What the built command does where its surroundings fail: full disks, folders that went away, caches and pipes. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparison, jsonLines, MAIN, slicewise, workFolder } from './cli.ts';

const { files } = comparison([{ slice: 'a', kept: 30, lost: 9, gained: 0, failed: 2 }]);
const GATE = ['old.jsonl', 'new.jsonl'];

/** A line of shell in which `$@` runs the command. */
function shell(cwd: string, line: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, MAIN], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd },
  });
  return { status, stdout, stderr };
}

describe.runIf(existsSync('/dev/full'))('a full disk', () => {
  it('under the report ends with 2 and says so: 1 is a verdict', () => {
    const { status, stderr } = shell(workFolder(files), '"$@" old.jsonl new.jsonl > /dev/full');
    expect(status).toBe(2);
    expect(stderr).toBe(
      'slicewise: standard output could not be written (ENOSPC)\n  hint: the report is not whole: free some space, or name a file with --out\n',
    );
  });

  it('under the messages changes no exit code', () => {
    const cwd = workFolder(files);
    expect(shell(cwd, '"$@" old.jsonl new.jsonl 2> /dev/full').status).toBe(1);
    expect(shell(cwd, '"$@" old.jsonl none.jsonl 2> /dev/full').status).toBe(2);
    expect(shell(cwd, '"$@" --help > /dev/full').status).toBe(2);
  });
});

describe('what is no file', () => {
  it('a working folder that is gone is told', () => {
    const { status, stderr } = shell(workFolder(), 'mkdir gone && cd gone && rmdir ../gone && "$@" a.jsonl');
    expect([status, stderr]).toEqual([
      2,
      'slicewise: the working folder does not exist any more\n  hint: change to a folder that exists\n',
    ]);
  });

  it('a pipe in place of a file is told, and is not called empty', () => {
    const { status, stderr } = shell(workFolder(files), '"$@" <(cat old.jsonl) new.jsonl');
    expect(status).toBe(2);
    expect(stderr).toContain('found a pipe or a device, expected a file');
    expect(stderr).toContain('hint: write it to a file, or send it to standard input and name it -');
  });
});

it('a place in which aa cannot keep its summary costs neither its page nor a later gate', async () => {
  const cwd = workFolder({ ...files, '.slicewise': 'a file where a folder should be' });
  const { code, stdout, stderr } = await slicewise(['aa', ...GATE, '--runs', '20'], { cwd });
  expect([code, stderr.replace(/^slicewise: .*\n/gm, '')]).toEqual([0, '']);
  expect(stdout.replace(/\s+/g, ' ')).toContain('the summary could not be kept in .slicewise/aa (ENOTDIR)');
  expect((await slicewise(GATE, { cwd })).code).toBe(1);
});

it('a candidate that crashed on every case is a loss for a person to see, not an input error', async () => {
  const crashed = jsonLines(
    files['old.jsonl']
      .trimEnd()
      .split('\n')
      .map((line) => ({ ...JSON.parse(line), passed: null, error: 'out of memory' })),
  );
  const cwd = workFolder({ ...files, 'new.jsonl': crashed });
  const { code, stdout } = await slicewise(GATE, { cwd });
  expect(code).toBe(3);
  expect(stdout).toContain('lost 39 of 41');
});

it('cases are not cut by their outcome', async () => {
  const { code, stdout, stderr } = await slicewise([...GATE, '--slice', 'passed'], {
    cwd: workFolder(files),
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain("slice 'passed' cuts by column 'passed', which says what a run did with a case");
});
