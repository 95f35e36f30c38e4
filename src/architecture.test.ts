/** Holds the arrows and promises of ARCHITECTURE.md: who may import whom, and where things may stand. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Stages in order; a stage imports only from stages above it and from its own folder. Stages of one row may not import each other. */
const ORDER: readonly (readonly string[])[] = [
  ['errors', 'version', 'steps'],
  ['stats', 'text', 'cases'],
  ['sources', 'slices'],
  ['counts', 'models'],
  ['config', 'derived'],
  ['engines'],
  ['discovery', 'sampling', 'classes'],
  ['scope'],
  ['evidence'],
  ['findings'],
  ['checks'],
  ['ledger'],
  ['gate'],
  ['reports'],
  ['stages'],
  ['studies', 'datasets'],
  ['pipeline'],
  ['request'],
  ['api'],
  ['studio'],
  ['index', 'cli'],
];

/** Stages whose rows must not reach into each other although they stand in one row. */
const stageOf = (file: string) => relative(root, file).split('/')[0].replace(/\.ts$/, '');
const rank = (stage: string) => ORDER.findIndex((row) => row.includes(stage));

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((name) => {
    const path = join(root, name);
    const text = readFileSync(path, 'utf8');
    return { path, text, imports: importsOf(text) };
  });

const isTest = ({ path }: Source) =>
  /\.(test|contract)\.ts$|\/(test-[^/]*|fixtures)\.ts$|\/(test-support|fixtures|testing)\//.test(path);
const product = files.filter((file) => !isTest(file));

function importsOf(text: string): string[] {
  const found = [...text.matchAll(/(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]/g)].map(
    (m) => m[1],
  );
  const bare = [...text.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)].map((m) => m[1]);
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map((m) => m[1]);
  return [...found, ...bare, ...dynamic];
}

const name = ({ path }: Source) => relative(root, path);

/** Every file that breaks a rule, with what it breaks. */
function breaches(sources: readonly Source[], rule: (source: Source) => readonly string[]): string[] {
  return sources.flatMap((source) => rule(source).map((what) => `${name(source)}: ${what}`));
}

describe('the arrows', () => {
  it('know every stage', () => {
    expect([...new Set(product.map(({ path }) => stageOf(path)))].filter((stage) => rank(stage) < 0)).toEqual(
      [],
    );
  });

  it('point only upwards', () => {
    const wrong = breaches(product, ({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .map((target) => stageOf(resolve(dirname(path), target)))
        .filter((stage) => stage !== stageOf(path) && rank(stage) >= rank(stageOf(path)))
        .map((stage) => `imports ${stage}`),
    );
    expect(wrong).toEqual([]);
  });

  it('enter a stage by its index only', () => {
    const wrong = breaches(product, ({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .map((target) => resolve(dirname(path), target))
        .filter((target) => stageOf(target) !== stageOf(path))
        .filter((target) => relative(root, target).includes('/') && !target.endsWith('/index.ts'))
        .map((target) => `imports ${relative(root, target)}`),
    );
    expect(wrong).toEqual([]);
  });

  it('make no cycle', () => {
    const graph = new Map(
      product.map(({ path, imports }) => [
        path,
        imports.filter((target) => target.startsWith('.')).map((target) => resolve(dirname(path), target)),
      ]),
    );
    expect(findCycle(graph)).toEqual([]);
  });

  it('keep stats free of everything but itself', () => {
    const wrong = breaches(
      product.filter(({ path }) => stageOf(path) === 'stats'),
      ({ path, imports }) =>
        imports.filter(
          (target) => !target.startsWith('.') || stageOf(resolve(dirname(path), target)) !== 'stats',
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('keep engines away from checks, and checks away from engines that run', () => {
    const wrong = breaches(
      product.filter(({ path }) => ['checks', 'evidence', 'gate', 'reports'].includes(stageOf(path))),
      ({ text }) => (/\bopen(Memory|DuckDb)\b/.test(text) ? ['opens an engine'] : []),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the promises', () => {
  it('no file above 300 lines, tables of data aside', () => {
    const wrong = breaches(product, ({ text }) =>
      text.split('\n').length > 301 && !text.includes('A table of data')
        ? [`${text.split('\n').length} lines`]
        : [],
    );
    expect(wrong).toEqual([]);
  });

  it('no file name that says nothing', () => {
    expect(files.map(name).filter((file) => /(utils?|helpers?|common|manager|misc)\b/.test(file))).toEqual(
      [],
    );
  });

  it('no default exports and no any', () => {
    const wrong = breaches(product, ({ text }) => [
      ...(/^export default/m.test(text) ? ['default export'] : []),
      ...(/\bas any\b|: any\b/.test(text.replace(/`[^`]*`|'[^'\n]*'|\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
        ? ['any']
        : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it('every file opens with a sentence about itself', () => {
    const wrong = breaches(product, ({ text }) =>
      /^(#!.*\n)?\/\*\*/.test(text) || /\/index\.ts$/.test('') ? [] : ['no module comment'],
    ).filter((line) => !/\/index\.ts: /.test(line));
    expect(wrong).toEqual([]);
  });

  it('SQL stands in engines and ledger only', () => {
    const wrong = breaches(
      product.filter(({ path }) => !['engines', 'ledger'].includes(stageOf(path))),
      ({ text }) => (/['"`]\s*(SELECT|INSERT INTO|CREATE TABLE|GROUP BY)\b/.test(text) ? ['SQL text'] : []),
    );
    expect(wrong).toEqual([]);
  });

  it('process.exit stands in cli/main.ts only', () => {
    const wrong = breaches(
      product.filter((file) => name(file) !== 'cli/main.ts'),
      ({ text }) => (/process\.exit\(/.test(text) ? ['process.exit'] : []),
    );
    expect(wrong).toEqual([]);
  });

  it('terminal escapes stand in reports and the CLI only', () => {
    const wrong = breaches(
      product.filter((file) => !/^(reports\/(terminal|format)|cli)\//.test(name(file))),
      ({ text }) => (/\\x1b\[|\\u001b\[|\\x1B\[/.test(text) ? ['an escape sequence'] : []),
    );
    expect(wrong).toEqual([]);
  });

  it('clock and chance come in from the edge', () => {
    const wrong = breaches(
      product.filter(({ path }) => !['cli', 'api', 'index'].includes(stageOf(path))),
      ({ text }) =>
        /Math\.random\(|Date\.now\(|new Date\(\)/.test(text.replace(/\/\*[\s\S]*?\*\//g, ''))
          ? ['clock or chance']
          : [],
    );
    expect(wrong).toEqual([]);
  });

  it('no network but in the one file that talks to an MLflow server whose address a person named', () => {
    const wrong = breaches(product, (source) => [
      ...source.imports.filter((target) =>
        /^(node:)?(https?|http2|net|tls|dgram|dns|undici)(\/.*)?$/.test(target),
      ),
      ...(name(source) !== 'cli/mlflow-connection.ts' && callsNetwork(source.text)
        ? ['calls the network']
        : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it('a server listens in studio/server only', () => {
    const wrong = breaches(
      product.filter((file) => !name(file).startsWith('studio/server/')),
      ({ imports }) => imports.filter((target) => /^(?:@hono\/node-server|hono)(?:\/|$)/.test(target)),
    );
    expect(wrong).toEqual([]);
  });

  it('the connection is loaded by the commands that take an address, and by nothing else', () => {
    const users = product
      .filter(({ imports }) => imports.some((target) => target.endsWith('/mlflow-connection.ts')))
      .map(name);
    expect(users).toEqual(['cli/commands/experiments-log.ts', 'cli/experiments-options.ts']);
  });
});

/** Calls of the globals that open connections; comments and texts aside. */
function callsNetwork(text: string): boolean {
  const code = text.replace(/`[^`]*`|'[^'\n]*'|\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  return /\bfetch\(|\b(?:WebSocket|EventSource|XMLHttpRequest)\b/.test(code);
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (file: string): string[] => {
    if (state.get(file) === 'done' || !graph.has(file)) return [];
    if (state.get(file) === 'open')
      return [...trail.slice(trail.indexOf(file)), file].map((path) => relative(root, path));
    state.set(file, 'open');
    trail.push(file);
    for (const target of graph.get(file) ?? []) {
      const cycle = visit(target);
      if (cycle.length > 0) return cycle;
    }
    trail.pop();
    state.set(file, 'done');
    return [];
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
