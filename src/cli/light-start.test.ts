import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from './registry.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** Everything that is loaded with a file: static imports that are not types only, followed to their ends. */
function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, clause = '', target = ''] of text.matchAll(
    /^(?:import|export) ([^;'"]*?) ?from '([^']+)'/gm,
  )) {
    if (clause.startsWith('type ')) continue;
    if (target.startsWith('.')) loadedWith(resolve(dirname(file), target), seen);
    else seen.add(target);
  }
  return seen;
}

function packagesOf(file: string): string[] {
  return [...loadedWith(join(SOURCE, file))].filter(
    (name) => !name.startsWith('/') && !name.startsWith('node:'),
  );
}

describe('a light start', () => {
  it('the program loads commander and nothing else of others', () => {
    expect(packagesOf('cli/start.ts')).toEqual(['commander']);
  });

  it('the program loads few files of its own', () => {
    const own = [...loadedWith(join(SOURCE, 'cli/start.ts'))].filter((name) => name.startsWith('/'));
    const stages = new Set(own.map((name) => relative(SOURCE, name).split('/')[0]));
    expect([...stages].sort()).toEqual(['cli', 'errors.ts', 'version.ts']);
  });

  it.each(COMMANDS.map(({ name }) => name))('the help of %s loads no stage', (name) => {
    const loaded = [...loadedWith(join(SOURCE, `cli/commands/${name}.ts`))];
    const packages = loaded.filter((one) => !one.startsWith('/') && !one.startsWith('node:'));
    const stages = new Set(
      loaded.filter((one) => one.startsWith('/')).map((one) => relative(SOURCE, one).split('/')[0]),
    );
    expect(packages.filter((one) => one !== 'commander')).toEqual([]);
    expect([...stages].filter((stage) => stage !== 'cli' && stage !== 'errors.ts')).toEqual([]);
  });
});
