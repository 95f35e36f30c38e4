import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isGroup } from '../../src/cli/command-module.ts';
import { COMMANDS, GROUPS } from '../../src/cli/registry.ts';
import { VERSION } from '../../src/version.ts';
import { MAIN, slicewise, workFolder } from './cli.ts';

/** Any terminal escape. */
const ESCAPE = String.fromCharCode(27);

const PARTS = await Promise.all(
  COMMANDS.map(async ({ name, load }) => {
    const loaded = await load();
    return isGroup(loaded) ? loaded.parts.map((part) => [name, part.name, '--help']) : [];
  }),
);

const EVERY = [['--help'], ...COMMANDS.map(({ name }) => [name, '--help']), ...PARTS.flat()];

describe('help', () => {
  it.each(EVERY.map((args) => [args.join(' '), args] as const))(
    '%s is at most 80 columns wide and complete',
    async (_, args) => {
      const { code, stdout, stderr } = await slicewise(args, { cwd: workFolder() });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toContain('\nExamples:\n  # ');
      expect(stdout).toContain('\nExit codes:\n  0  ');
      expect(stdout).not.toContain(ESCAPE);
    },
  );

  it('groups the commands by question, each with one line', async () => {
    const { stdout } = await slicewise(['--help'], { cwd: workFolder() });
    for (const [group, heading] of Object.entries(GROUPS)) {
      const block = stdout
        .slice(stdout.indexOf(`\n${heading}\n`))
        .split('\n\n')[0]!
        .trim()
        .split('\n')
        .slice(1);
      const listed = COMMANDS.filter((command) => command.group === group);
      expect(block.map((line) => line.trim().split(/\s{2,}/))).toEqual(
        listed.map(({ name, summary }) => [name, summary]),
      );
    }
  });

  it('help NAME is NAME --help', async () => {
    const cwd = workFolder();
    const [one, other] = [
      await slicewise(['help', 'gate'], { cwd }),
      await slicewise(['gate', '--help'], { cwd }),
    ];
    expect(one).toEqual(other);
  });

  it('without arguments the help goes to standard error and the code is 2', async () => {
    const cwd = workFolder();
    const { stdout } = await slicewise(['--help'], { cwd });
    expect(await slicewise([], { cwd })).toEqual({ code: 2, stdout: '', stderr: stdout });
  });

  it.each([['--version'], ['-V']])('%s prints the version', async (flag) => {
    expect(await slicewise([flag], { cwd: workFolder() })).toEqual({
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: '',
    });
  });

  it('--help answers in under 100 ms, or four times a bare Node where the machine is busy', () => {
    const timed = (args: readonly string[]) => {
      const began = performance.now();
      spawnSync(process.execPath, args);
      return performance.now() - began;
    };
    // In turns, so that both meet the same machine.
    const times = Array.from({ length: 10 }, () => ({
      bare: timed(['--eval', '0']),
      help: timed([MAIN, '--help']),
    }));
    const bare = Math.min(...times.map((time) => time.bare));
    expect(Math.min(...times.map((time) => time.help))).toBeLessThan(Math.max(100, 4 * bare));
  });
});

describe('an old Node', () => {
  it.each(['18.20.0', '20.19.5', '22.17.9'])('%s gets a message and 2', async (version) => {
    const pretend = `data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;
    const { code, stdout, stderr } = await slicewise(['--help'], {
      cwd: workFolder(),
      nodeArgs: ['--import', pretend],
    });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `slicewise: this is Node ${version}, and slicewise needs Node 22.18 or newer\n  hint: see https://nodejs.org\n`,
    });
  });
});

it('compiled code is kept in the cache folder of the user, and an unwritable one is no loss', async () => {
  const cwd = workFolder({});
  const cache = join(cwd, 'cache');
  const env = { XDG_CACHE_HOME: cache };
  expect((await slicewise(['--version'], { cwd, env })).code).toBe(0);
  expect(readdirSync(join(cache, 'slicewise'))).toEqual(['compiled']);
  const nowhere = { XDG_CACHE_HOME: '/dev/null/none' };
  expect(await slicewise(['--version'], { cwd, env: nowhere })).toMatchObject({ code: 0, stderr: '' });
});
