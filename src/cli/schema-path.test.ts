import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { schemaPath } from './schema-path.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slicewise-schema-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...path: readonly string[]): void {
  const file = join(root, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '{}');
}

test('the schema of an installed package is found from its folder and from below', () => {
  write('team', 'node_modules', 'slicewise', 'schema', 'config.json');
  mkdirSync(join(root, 'team', 'evals', 'deep'), { recursive: true });
  expect(schemaPath(join(root, 'team'), root)).toBe('./node_modules/slicewise/schema/config.json');
  expect(schemaPath(join(root, 'team', 'evals', 'deep'), root)).toBe(
    '../../node_modules/slicewise/schema/config.json',
  );
});

test('in a checkout the schema is that of the checkout, and outside there is none', () => {
  write('checkout', 'package.json');
  write('checkout', 'schema', 'config.json');
  mkdirSync(join(root, 'checkout', 'examples'), { recursive: true });
  const self = join(root, 'checkout', 'src', 'cli');
  expect(schemaPath(join(root, 'checkout', 'examples'), self)).toBe('../schema/config.json');
  expect(schemaPath(join(root, 'checkout'), self)).toBe('./schema/config.json');
  expect(schemaPath(root, self)).toBeNull();
});
