/** Makes promptfoo results with its echo provider: two providers, three prompts' worth of rows, JSON, JSONL and YAML. */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [out, home] = process.argv.slice(2);
const tests = Array.from({ length: 8 }, (_, i) => ({
  description: `sum ${i}`,
  vars: { question: `${i} + ${i}`, answer: String(2 * i) },
  metadata: { topic: i % 2 ? 'odd' : 'even' },
  assert: [
    { type: 'contains', value: i % 3 ? 'How much' : 'nothing like it', metric: 'wording' },
    { type: 'javascript', value: 'output.length / 100' },
  ],
}));
const config = {
  description: 'interop',
  providers: [
    { id: 'echo', label: 'plain' },
    { id: 'echo', label: 'again' },
  ],
  prompts: ['How much is {{question}}?'],
  tests,
};
writeFileSync(join(out, 'config.json'), JSON.stringify(config));
const bin = join(home, 'node_modules', 'promptfoo', 'dist', 'src', 'entrypoint.js');
const version = createRequire(import.meta.url)(
  join(home, 'node_modules', 'promptfoo', 'package.json'),
).version;
const outputs = ['results.json', 'results.jsonl', 'results.yaml'].map((name) => join(out, name));
try {
  execFileSync(
    process.execPath,
    [
      bin,
      'eval',
      '-c',
      join(out, 'config.json'),
      '--no-cache',
      '--no-table',
      '--no-progress-bar',
      ...outputs.flatMap((o) => ['-o', o]),
    ],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        PROMPTFOO_CONFIG_DIR: join(out, '.promptfoo'),
        PROMPTFOO_DISABLE_TELEMETRY: '1',
        PROMPTFOO_DISABLE_UPDATE: '1',
        PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
      },
    },
  );
} catch (error) {
  // 100: some assertions failed, as they should.
  if (error.status !== 100) throw error;
}
const { results } = JSON.parse(readFileSync(outputs[0], 'utf8'));
const rows = results.results.length;
const own = Object.fromEntries(
  results.prompts.map((prompt) => [`${prompt.provider} score`, prompt.metrics.score]),
);
writeFileSync(
  join(out, 'facts.json'),
  JSON.stringify(
    {
      tool: 'promptfoo',
      version,
      files: ['results.json', 'results.jsonl', 'results.yaml'].map((file) => ({
        file,
        rows,
        runs: 2,
        cases: 8,
        errors: 0,
        // Rows alone have no header that states anything.
        own: file.endsWith('.jsonl') ? {} : own,
      })),
    },
    null,
    1,
  ),
);
