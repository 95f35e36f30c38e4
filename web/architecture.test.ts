/** Holds the border of the front end: types of `src` are free, code of `src` must run in a browser. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(join(root, 'web/src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => join(root, 'web/src', name));

/** What a file loads when it runs: imports of types alone load nothing. */
function loads(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(\{[^}]*\}|[^'";]*?)?\s*(?:from\s+)?['"]([^'"]+)['"]/g,
  );
  const dynamic = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, target]) => target!);
  const named = [...found]
    .filter(([, names]) => !names?.startsWith('{') || !onlyTypes(names))
    .map(([, , target]) => target!);
  return [...named, ...dynamic];
}

function onlyTypes(names: string): boolean {
  const parts = names
    .slice(1, -1)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => part.startsWith('type '));
}

it('nothing that the front end loads is of Node', () => {
  const seen = new Set<string>();
  const wrong: string[] = [];
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const target of loads(file)) {
      if (target.startsWith('node:')) wrong.push(`${relative(root, file)} loads ${target}`);
      const path = resolve(dirname(file), target);
      if (target.startsWith('.') && /\.tsx?$/.test(path) && existsSync(path)) visit(path);
    }
  };
  for (const file of sources) visit(file);
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThan(sources.length);
});

it('foreign text never becomes markup', () => {
  const wrong = sources.filter((file) =>
    /dangerouslySetInnerHTML|\.innerHTML\b|insertAdjacentHTML|document\.write/.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});

it('pages ask by the hooks alone', () => {
  const wrong = sources.filter(
    (file) => /\bfetch\(/.test(readFileSync(file, 'utf8')) && !file.endsWith('data/served-source.ts'),
  );
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});

it('no file above 300 lines, each with a sentence on top, no default exports', () => {
  const wrong = sources.filter((file) => {
    const text = readFileSync(file, 'utf8');
    return text.split('\n').length > 301 || !text.startsWith('/**') || /^export default/m.test(text);
  });
  expect(wrong.map((file) => relative(root, file))).toEqual([]);
});
