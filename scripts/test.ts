/** `npm test`: style, types, build and every test, one after the other; ends with the count of tests in one line. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => join(root, 'node_modules', name);
const folder = mkdtempSync(join(tmpdir(), 'slicewise-test-'));
const results = join(folder, 'results.json');

const STEPS: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
  ['style', bin('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('typescript/bin/tsc'), ['--noEmit']],
  ['types of the front end', bin('typescript/bin/tsc'), ['--noEmit', '-p', 'web']],
  ['types of the browser tests', bin('typescript/bin/tsc'), ['--noEmit', '-p', 'test/browser']],
  ['build', join(root, 'scripts/build.ts'), []],
  [
    'tests',
    bin('vitest/vitest.mjs'),
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
      ...process.argv.slice(2),
    ],
  ],
];

console.log(`node ${process.version}, ${process.platform} ${process.arch}`);
let failed = false;
for (const [name, program, args] of STEPS) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name} failed`);
    failed = true;
    break;
  }
}
printCount();
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;

function printCount(): void {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
    console.log(`\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
  } catch {
    console.log('\n0 passed, 1 failed');
    failed = true;
  }
}
